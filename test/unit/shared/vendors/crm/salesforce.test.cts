import fc from 'fast-check';

import type { HttpResponse } from '../../../../../nodes/shared/http/send';
import { VendorError } from '../../../../../nodes/shared/http/vendorError';
import type { CrmLead } from '../../../../../nodes/shared/vendors/crm/port';
import { salesforce } from '../../../../../nodes/shared/vendors/crm/salesforce';
import { failureOf } from '../../../../../nodes/shared/vendors/crm/salesforce/failure';
import { quoted } from '../../../../../nodes/shared/vendors/crm/salesforce/soql';
import { readWriting } from '../../../../../nodes/shared/vendors/crm/salesforce/writing';
import { parseSoql } from '../../../../../sandbox/vendors/salesforceSoql.cts';
import { fakeClock } from '../../http/fakeClock.cts';

const LEAD: CrmLead = {
	leadId: 'a',
	email: 'jane.private@example.com',
	placeholderName: 'jane.private',
	consent: false,
	note: { title: 'Score', sections: [] },
	fields: {},
};

const answered = (body: unknown, status = 200): HttpResponse => ({ status, headers: {}, body });

/** What a push comes to when every request gets the same answer, and how many requests it made. */
async function pushAnswered(response: HttpResponse, isRepeat = false) {
	let requests = 0;
	const send = async () => {
		requests++;
		return response;
	};
	const session = { send: () => send, clock: fakeClock(), isRepeat };
	const outcome = await salesforce
		.push(LEAD, { leadIdField: 'Our_Id__c' }, session)
		.catch((error: unknown) => error);
	return { outcome, requests };
}

describe("Salesforce's failures", () => {
	it.each([
		['a list', [{ errorCode: 'NOT_FOUND', message: 'No.' }], 'NOT_FOUND', []],
		['a bare object', { errorCode: 'NOT_FOUND', message: 'No.', fields: null }, 'NOT_FOUND', []],
		[
			'fields',
			[{ errorCode: 'REQUIRED_FIELD_MISSING', message: 'x', fields: ['LastName', 'Company'] }],
			'REQUIRED_FIELD_MISSING',
			['LastName', 'Company'],
		],
		[
			'a column that the text alone names',
			[{ errorCode: 'INVALID_FIELD', message: "No such column 'X__c' on sobject of type Lead" }],
			'INVALID_FIELD',
			['X__c'],
		],
		['fields of another shape', [{ errorCode: 'X', message: 1, fields: 'Email' }], 'X', []],
	])('are read from %s', (_name, body, code, fields) => {
		expect(failureOf(body)).toMatchObject({ code, fields });
	});

	it.each([undefined, null, 'text', [], {}, [null], { error: 'invalid_grant' }])(
		'are not read into %j',
		(body) => {
			expect(failureOf(body)).toBeUndefined();
		},
	);

	it('name the lead before the contact that a duplicate rule matched', () => {
		const matched = (type: string, Id: string) => ({
			matchRecords: [{ record: { Id, attributes: { type } } }],
		});
		const body = (...matchResults: object[]) => [
			{ errorCode: 'DUPLICATES_DETECTED', message: '', duplicateResult: { matchResults } },
		];
		const contact = matched('Contact', '003');
		expect(failureOf(body(contact, matched('Lead', '00Q')))?.match).toEqual({
			type: 'Lead',
			id: '00Q',
		});
		expect(failureOf(body(contact))?.match).toEqual({ type: 'Contact', id: '003' });
		expect(failureOf(body(matched('Account', '001')))).not.toHaveProperty('match');
	});
});

describe('a text in a query', () => {
	it('is read as the text that it was, whatever is in it', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), (text) => {
				const { where } = parseSoql(`SELECT Id FROM Lead WHERE Email = ${quoted(text)}`);
				expect(where).toMatchObject({ kind: 'compare', value: text });
			}),
		);
	});
});

describe('a push to Salesforce', () => {
	it('looks for the lead where the question for the only one is refused', () => {
		const undone = [{ errorCode: 'PROCESSING_HALTED', message: 'Rolled back.' }];
		const refused = [{ errorCode: 'MALFORMED_QUERY', message: 'No.' }];
		const compositeResponse = ['lead', 'only', 'note', 'link'].map((referenceId) => ({
			referenceId,
			httpStatusCode: 400,
			body: referenceId === 'only' ? refused : undone,
		}));
		expect(readWriting(answered({ compositeResponse }), [], {}, 0)).toMatchObject({
			cause: 'stands-already',
		});
	});

	const step = (referenceId: string) => ({ referenceId, httpStatusCode: 201, body: { id: 'x' } });

	it.each<[string, unknown]>([
		['without the id of the lead', [{ ...step('lead'), body: null }, step('note'), step('link')]],
		['with a part missing', [step('lead'), step('note')]],
		['without any part', []],
	])('does not take an answer %s for done', async (_name, compositeResponse) => {
		const { outcome } = await pushAnswered(answered({ compositeResponse }));
		expect(outcome).toMatchObject({ details: { kind: 'unreadable' } });
	});

	it('ends, and fails but with a VendorError without personal data, whatever is answered', async () => {
		const part = fc.record({
			referenceId: fc.constantFrom('lead', 'only', 'note', 'link', 'own', 'person', 'contacts'),
			httpStatusCode: fc.constantFrom(200, 201, 204, 300, 400, 404, 500),
			body: fc.oneof(
				fc.anything(),
				fc.record({ records: fc.array(fc.record({ Id: fc.string(), IsConverted: fc.boolean() })) }),
				fc.array(
					fc.record({
						errorCode: fc.constantFrom(
							'DUPLICATE_VALUE',
							'UNABLE_TO_LOCK_ROW',
							'PROCESSING_HALTED',
							'INVALID_FIELD',
							'NOT_FOUND',
						),
						message: fc.constant(`jane.private@example.com`),
					}),
				),
			),
		});
		const body = fc.oneof(
			fc.anything(),
			fc.record({ compositeResponse: fc.array(part, { maxLength: 5 }) }),
		);
		await fc.assert(
			fc.asyncProperty(
				body,
				fc.constantFrom(0, 200, 300, 403, 500),
				fc.boolean(),
				async (...given) => {
					const [answer, status, isRepeat] = given;
					const { outcome, requests } = await pushAnswered(answered(answer, status), isRepeat);
					expect(requests).toBeLessThan(20);
					if (!(outcome instanceof Error)) return;
					expect(outcome).toBeInstanceOf(VendorError);
					expect(JSON.stringify((outcome as VendorError).details)).not.toContain('private');
				},
			),
		);
	});
});
