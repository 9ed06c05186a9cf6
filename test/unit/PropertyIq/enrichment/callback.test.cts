import fc from 'fast-check';

import {
	enrichmentCompleteRequest,
	toCallback,
} from '../../../../nodes/PropertyIq/enrichment/callback';
import { checkContract } from '../../../../nodes/shared/contracts/check';
import { enrichmentComplete } from '../../../../nodes/shared/contracts/enrichmentComplete';
import { ESTIMATE, NEIGHBORHOOD } from './samples.cts';

const NOW = new Date('2024-01-15T10:30:00.123Z');

const CALLBACK = {
	property_id: 'p-1',
	estimate: 10_500_000,
	neighborhood_avg: 9_800_000,
	narrative: 'A text — “ñ”.',
	source: 'comparables',
	last_updated: '2024-01-15T10:30:00Z',
};

const GUIDE_ORDER = [
	'property_id',
	'estimate',
	'neighborhood_avg',
	'narrative',
	'source',
	'last_updated',
];

const request = (callback: object = {}, withExtraFields = false) =>
	enrichmentCompleteRequest({ ...CALLBACK, ...callback }, 'corr-1', withExtraFields);

describe('the callback of an enrichment', () => {
	it("has the guide's fields", () => {
		const callback = toCallback('p-1', ESTIMATE, NEIGHBORHOOD, 'A text — “ñ”.', NOW);
		expect(callback).toEqual(CALLBACK);
		expect(Object.keys(callback)).toEqual(GUIDE_ORDER);
	});

	it('says so when there is neither an estimate nor a neighbourhood', () => {
		const callback = toCallback('p-1', undefined, undefined, '', NOW);
		expect(callback).toMatchObject({
			estimate: null,
			neighborhood_avg: null,
			source: 'insufficient_data',
		});
		expect(checkContract(enrichmentComplete, callback).ok).toBe(true);
	});

	it('is posted with its correlation id and a key', () => {
		expect(request()).toEqual({
			method: 'POST',
			path: '/internal/n8n/enrichment-complete',
			headers: { 'X-Correlation-Id': 'corr-1' },
			body: CALLBACK,
			idempotencyKey: expect.stringMatching(/^enrichment-complete:p-1:[0-9a-f]{32}$/),
		});
	});

	it('goes out in the order of the guide, whatever order it was stored in', () => {
		const stored = Object.fromEntries(Object.entries(CALLBACK).reverse());
		const bytes = JSON.stringify(enrichmentCompleteRequest(stored as never, 'corr-1', false).body);
		expect(bytes).toBe(JSON.stringify(CALLBACK));
	});

	const EXTRA = { quality_score: 90, agent_email: 'a@example.com' };

	it('carries nothing beyond the guide unless that is asked for', () => {
		expect(Object.keys(request(EXTRA).body as object)).toEqual(GUIDE_ORDER);
		expect(Object.keys(request(EXTRA, true).body as object)).toEqual([
			...GUIDE_ORDER,
			'agent_email',
			'quality_score',
		]);
	});

	it('has the same key and bytes for the same callback, also with extra fields it does not send', () => {
		expect(request(EXTRA)).toEqual(request());
		expect(enrichmentCompleteRequest(CALLBACK, 'another', false).idempotencyKey).toBe(
			request().idempotencyKey,
		);
	});

	it.each([
		['property_id', 'p-2'],
		['estimate', 10_500_001],
		['estimate', null],
		['neighborhood_avg', null],
		['narrative', 'A text — “n”.'],
		['source', 'rentcast'],
		['last_updated', '2024-01-15T10:30:01Z'],
	])('has another key when %s is %p', (field, value) => {
		expect(request({ [field]: value }).idempotencyKey).not.toBe(request().idempotencyKey);
	});

	it('has a key that tells extra fields apart where they are sent', () => {
		expect(request(EXTRA, true).idempotencyKey).not.toBe(request({}, true).idempotencyKey);
	});

	it('has a key that any header can carry', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme' }), (narrative) => {
				expect(request({ narrative }).idempotencyKey).toMatch(/^[\x21-\x7e]{1,200}$/);
			}),
		);
	});
});
