import { type INode, NodeApiError, NodeOperationError } from 'n8n-workflow';

import { VendorError, type VendorErrorKind } from '../../../../nodes/shared/http/vendorError';
import { toNodeError } from '../../../../nodes/shared/n8n/toNodeError';

const NODE: INode = {
	id: 'n',
	name: 'Enrich Property',
	type: 'propertyIq',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

const vendorError = (kind: VendorErrorKind, more: object = {}) =>
	new VendorError({
		vendor: 'Acme',
		kind,
		status: 418,
		message: 'Acme did something',
		advice: 'Do something else.',
		...more,
	});

describe("an error as n8n's", () => {
	it.each<[VendorErrorKind, string | undefined]>([
		['unreachable', 'temporarily-unavailable'],
		['timed-out', 'temporarily-unavailable'],
		['unavailable', 'temporarily-unavailable'],
		['rate-limited', 'rate-limited'],
		['quota-exhausted', 'quota-exhausted'],
		['credential-refused', 'credential-invalid'],
		['not-found', undefined],
		['rejected', undefined],
		['redirected', undefined],
		['unreadable', undefined],
	])('says what happened, what to do and which item when a vendor is %s', (kind, cause) => {
		const error = toNodeError(NODE, vendorError(kind), 3);
		expect(error).toBeInstanceOf(NodeApiError);
		expect(error).toMatchObject({
			message: 'Acme did something',
			description: 'Do something else.',
			httpCode: '418',
			context: { itemIndex: 3 },
		});
		expect((error as { failure?: { cause: string } }).failure?.cause).toBe(cause);
	});

	it("adds the vendor's code to the advice", () => {
		const error = toNodeError(NODE, vendorError('credential-refused', { code: 'auth/no' }), 0);
		expect(error.description).toBe('Do something else. (Acme: auth/no)');
	});

	it('says how long a vendor wants to be left alone', () => {
		const error = toNodeError(NODE, vendorError('rate-limited', { retryAfterMs: 7000 }), 0);
		expect(error).toMatchObject({ failure: { cause: 'rate-limited', retryAfterMs: 7000 } });
	});

	it("leaves n8n's own errors as they are, but for the item", () => {
		const known = new NodeOperationError(NODE, 'Known', { itemIndex: 1 });
		expect(toNodeError(NODE, known, 5)).toBe(known);
		expect(known.context.itemIndex).toBe(1);
		const unplaced = new NodeOperationError(NODE, 'Unplaced');
		expect(toNodeError(NODE, unplaced, 5)).toBe(unplaced);
		expect(unplaced.context.itemIndex).toBe(5);
	});

	it.each<[string, unknown]>([
		['an error', new TypeError('x is not a function')],
		['a text', 'x is not a function'],
	])('wraps %s of any other kind', (_name, thrown) => {
		const error = toNodeError(NODE, thrown, 2);
		expect(error).toBeInstanceOf(NodeOperationError);
		expect(error.message).toBe('x is not a function');
		expect(error.context.itemIndex).toBe(2);
	});
});
