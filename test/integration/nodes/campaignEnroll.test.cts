/** Enroll Audience: who of a page gets the mail, who does not and why, and when it is safer to stop. */
import type { IDataObject } from 'n8n-workflow';

import type { Recipient } from '../../../nodes/CampaignDispatch/ledger/enroll';
import {
	campaignDispatch,
	type CampaignSurroundings,
	opened,
	personRow,
	personRows,
	recipientOf,
	startCampaignSurroundings,
	statementIn,
	TEMPLATE,
} from './campaignSurroundings.cts';

let around: CampaignSurroundings;
beforeAll(async () => {
	around = await startCampaignSurroundings();
});
afterAll(async () => await around.close());

const withCampaign = (campaign: object, parameters: object) =>
	({ campaign: JSON.stringify(campaign), ...parameters }) as never;

const enroll = async (rows: IDataObject[], parameters = {}, campaign: object = opened()) =>
	await around.runOne('enroll', withCampaign(campaign, parameters), rows);

const fail = async (rows: IDataObject[], parameters = {}, campaign: object = opened()) =>
	await around.failOne('enroll', withCampaign(campaign, parameters), rows);

/** What the statement of an enrolment carries. */
function pageOf(json: IDataObject) {
	const [campaignId, definitionHash, previousCursor, cursor, isLast, recipients, leftOut] =
		statementIn(json, 'enroll').values;
	return {
		campaignId,
		definitionHash,
		previousCursor,
		cursor,
		isLast,
		recipients: JSON.parse(String(recipients)) as Recipient[],
		leftOut: JSON.parse(String(leftOut)) as Array<{ personId: string; reason: string }>,
	};
}

/** A page of as many as match, of so many there are. */
const counted = (rows: IDataObject[], matching: unknown, everybody: unknown) =>
	rows.map((row) => ({ ...row, matching, everybody })) as IDataObject[];

describe('a page of the audience', () => {
	it('goes into the ledger with what its mails show, and no more of anybody', async () => {
		const json = await enroll([personRow(1, { phone: '+639171234567' }), personRow(2)]);
		expect(json).toMatchObject({
			campaignId: opened().campaignId,
			correlationId: 'corr-1',
			read: 2,
			leftOut: {},
		});
		expect(pageOf(json)).toEqual({
			campaignId: opened().campaignId,
			definitionHash: 'definition-hash',
			previousCursor: null,
			cursor: 'person-00002',
			isLast: false,
			recipients: [1, 2].map((number) => ({
				recipient: recipientOf(`reader.${number}@example.com`),
				email: `reader.${number}@example.com`,
				personId: `person-0000${number}`,
				data: { first_name: `Liwayway${number}`, city: 'Taguig' },
			})),
			leftOut: [],
		});
	});

	it('goes on where the ledger stands', async () => {
		const json = await enroll(personRows(1), {}, opened({}, { cursor: 'person-00000' }));
		expect(pageOf(json)).toMatchObject({ previousCursor: 'person-00000', cursor: 'person-00001' });
	});

	it('is the last where it has no rows, which n8n hands over as an empty item', async () => {
		const json = await enroll([{}], {}, opened({}, { cursor: 'person-00007' }));
		expect(json).toMatchObject({ read: 0 });
		expect(pageOf(json)).toMatchObject({
			previousCursor: 'person-00007',
			cursor: 'person-00007',
			isLast: true,
			recipients: [],
		});
	});

	it('is the only one where the items are everybody', async () => {
		const json = await enroll(personRows(2), { enrollOptions: { isComplete: true } });
		expect(pageOf(json)).toMatchObject({ isLast: true, cursor: 'person-00002' });
	});

	it('may have numbers for keys', async () => {
		expect(pageOf(await enroll([personRow(1, { id: 4711 })])).cursor).toBe('4711');
	});

	it.each([undefined, null, true])('needs its last key, and not %p', async (id) => {
		expect(await fail([personRow(1), personRow(2, { id } as IDataObject)])).toMatchObject({
			error: 'The items have no key in "id"',
			details: { advice: 'Name the key column of the audience in ID Field.' },
		});
	});

	it('of 5,000 people is one statement', async () => {
		const json = await enroll(personRows(5000));
		expect(json.read).toBe(5000);
		expect(pageOf(json).recipients).toHaveLength(5000);
	});
});

describe('people who are left out', () => {
	const REASONS: Array<[reason: string, changed: IDataObject]> = [
		['no_consent', { consent: false }],
		['no_consent', { consent: null }],
		['no_consent', { consent: 'maybe' }],
		['unsubscribed', { unsubscribed: true }],
		['unsubscribed', { unsubscribed: '2026-01-31T08:00:00Z' }],
		['broken_address', { email: 'reader.1(at)example.com' }],
		['broken_address', { email: null }],
		['broken_address', { email: 'reader.1@example.com\nBcc: all@example.com' }],
	];

	it.each(REASONS)('are counted and recorded: %s, for %p', async (reason, changed) => {
		const json = await enroll([personRow(1, changed), personRow(2)]);
		expect(json.leftOut).toEqual({ [reason]: 1 });
		expect(pageOf(json)).toMatchObject({
			recipients: [{ personId: 'person-00002' }],
			leftOut: [{ personId: 'person-00001', reason }],
		});
	});

	it('have an address that is in the page already, however it is written', async () => {
		const rows = [personRow(1), personRow(2, { email: ' Reader.1@EXAMPLE.com ' })];
		const json = await enroll(rows);
		expect(json.leftOut).toEqual({ duplicate: 1 });
		expect(pageOf(json).recipients).toHaveLength(1);
	});

	it('come without the column of consent, under whatever name it is asked for', async () => {
		const { consent: _, ...row } = personRow(1);
		expect((await enroll([row])).leftOut).toEqual({ no_consent: 1 });
		const named = { personFields: { consentField: 'may_mail' } };
		expect((await enroll([{ ...row, may_mail: 'yes' }], named)).leftOut).toEqual({});
	});

	it('come without the column of those who left, unless the audience has none', async () => {
		const { unsubscribed: _, ...row } = personRow(1);
		expect((await enroll([row])).leftOut).toEqual({ unsubscribed: 1 });
		const none = { personFields: { unsubscribedField: '' } };
		expect((await enroll([row], none)).leftOut).toEqual({});
	});

	it('may be everybody of a page', async () => {
		const json = await enroll([personRow(1, { consent: false })]);
		expect(pageOf(json)).toMatchObject({ recipients: [], cursor: 'person-00001', isLast: false });
	});
});

describe('a query that selects nobody', () => {
	it('stops until somebody says that it may', async () => {
		expect(await fail([{}])).toMatchObject({
			error: 'The query matches nobody',
			details: { advice: expect.stringContaining('Allow Nobody') },
		});
		const json = await enroll([{}], { enrollOptions: { allowNobody: true } });
		expect(pageOf(json)).toMatchObject({ isLast: true, cursor: null, recipients: [] });
	});
});

describe('a query that selects everybody', () => {
	it.each([
		['numbers', 2, 2],
		['text, as some databases count', '2', '2'],
	])('stops until somebody says that it may: %s', async (_how, matching, everybody) => {
		const rows = counted(personRows(2), matching, everybody);
		expect(await fail(rows)).toMatchObject({
			error: 'The query matches everybody: 2 of 2 people',
			details: { advice: expect.stringContaining('allow_everybody') },
		});
		const json = await enroll(rows, {}, opened({ allowEverybody: true }));
		expect(pageOf(json).recipients).toHaveLength(2);
	});

	it('does so although its first page is a part of them', async () => {
		expect((await fail(counted(personRows(2), 9000, 9000))).error).toContain('9000 of 9000');
	});

	it.each([
		['one person less', 2, 3],
		['nobody counted', undefined, undefined],
	])('is not one that selects %s', async (_what, matching, everybody) => {
		const json = await enroll(counted(personRows(2), matching, everybody));
		expect(pageOf(json).recipients).toHaveLength(2);
	});

	it('is asked about on the first page only', async () => {
		const campaign = opened({}, { cursor: 'person-00000' });
		const json = await enroll(counted(personRows(2), 2, 2), {}, campaign);
		expect(pageOf(json).recipients).toHaveLength(2);
	});
});

describe('a variable that somebody lacks', () => {
	const template = { ...TEMPLATE, subject: '{{ city }}: {{ property.title }}' };
	const campaign = opened({ template });
	const rows = [
		personRow(1, { property: { title: 'Condo' } }),
		personRow(2, { property: { title: ' ' } }),
		personRow(3, { city: null }),
		personRow(4, { consent: false }),
	];

	it('stops the campaign, with its name and how many lack it, before anything is sent', async () => {
		const { error, details } = await fail(rows, {}, campaign);
		expect(error).toBe(
			'The template shows what 2 of 4 people do not have: property.title (2), city (1)',
		);
		expect(details.advice).toMatch(/^Nothing was sent\. /);
		expect(around.resend.requests).toEqual([]);
	});

	it('leaves them out where that was chosen', async () => {
		const json = await enroll(rows, { ifMissing: 'leaveOut' }, campaign);
		expect(json.leftOut).toEqual({ missing_variables: 2, no_consent: 1 });
		expect(pageOf(json).recipients).toMatchObject([{ personId: 'person-00001' }]);
	});

	it('is none where the campaign brings it for all, or the template has a default', async () => {
		const inData = opened({ template, data: { property: { title: 'Condo' }, city: 'Makati' } });
		expect((await enroll([personRow(1)], {}, inData)).leftOut).toEqual({});
		const withDefault = { ...TEMPLATE, subject: 'In {{ area | default: "the city" }}' };
		expect((await enroll([personRow(1)], {}, opened({ template: withDefault }))).leftOut).toEqual(
			{},
		);
	});

	it('is never the link to leave, which every mail gets', async () => {
		expect((await enroll([personRow(1)])).leftOut).toEqual({});
	});
});

describe('a campaign that is none', () => {
	it.each<[string, string, string, RegExp]>([
		['text', 'the campaign', 'Campaign is not valid JSON', /Open in Ledger/],
		[
			'a campaign that was not opened',
			'{"campaignId":"c-1"}',
			'The campaign does not keep to its contract',
			/definition: is required/,
		],
	])('is said to be one: %s', async (_what, campaign, error, advice) => {
		const json = await around.failOne('enroll', { campaign }, personRows(1));
		expect(json).toMatchObject({ error, details: { advice: expect.stringMatching(advice) } });
	});

	it('stops the workflow where there is no error output, with the same words', async () => {
		const step = campaignDispatch('enroll', withCampaign(opened(), {}));
		const { error } = await around.run([step], [{}]);
		expect(error).toMatchObject({
			message: 'The query matches nobody',
			description: expect.stringContaining('Allow Nobody'),
		});
	});
});
