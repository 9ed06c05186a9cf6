/** Process Delivery Event: what Resend reports of a mail becomes one statement that counts it once. */
import type { IDataObject } from 'n8n-workflow';

import {
	campaignDispatch,
	type CampaignSurroundings,
	recipientOf,
	startCampaignSurroundings,
	statementIn,
} from './campaignSurroundings.cts';

let around: CampaignSurroundings;
beforeAll(async () => {
	around = await startCampaignSurroundings();
});
afterAll(async () => await around.close());

const RECIPIENT = recipientOf('ana@example.com');
const AT = '2026-11-23T02:00:05.123Z';

/** An event as Resend posts it: its moment is PostgreSQL's, and its tags are an object. */
const eventOf = (type: string, data: object = {}) => ({
	type,
	created_at: '2026-11-23 02:00:05.123456+00',
	data: {
		email_id: '56761188-7520-42d8-8898-ff6fc54ce618',
		from: 'Sales <sales@company.com>',
		to: ['ana@example.com'],
		subject: 'New in Taguig',
		tags: { campaign: 'c-1', recipient: RECIPIENT },
		...data,
	},
});

const process = async (event: object, more: IDataObject = {}, parameters = {}) =>
	await around.runOne('process', parameters, [
		{ event: event as IDataObject, eventId: 'msg_1', correlationId: 'corr-1', ...more },
	]);

describe('an event', () => {
	it.each<[type: string, data: object, kind: string, more: object]>([
		['email.sent', {}, 'sent', {}],
		['email.delivered', {}, 'delivered', {}],
		['email.delivery_delayed', {}, 'delayed', {}],
		['email.opened', { open: { ipAddress: '203.0.113.7' } }, 'opened', {}],
		[
			'email.clicked',
			{ click: { link: 'https://homes.example.com/bgc?reader=ana@example.com' } },
			'clicked',
			{ link: 'https://homes.example.com/bgc' },
		],
		[
			'email.bounced',
			{ bounce: { type: 'Permanent', subType: 'General', message: 'No ana@example.com here' } },
			'bounced',
			{
				bounce: 'permanent',
				suppress: { reason: 'bounced' },
				reason: expect.stringMatching(/^Permanent\/General: /),
			},
		],
		[
			'email.bounced',
			{ bounce: { type: 'Transient', subType: 'MailboxFull' } },
			'bounced',
			{ bounce: 'transient', reason: 'Transient/MailboxFull' },
		],
		['email.bounced', {}, 'bounced', { bounce: 'undetermined' }],
		['email.complained', {}, 'complained', { suppress: { reason: 'complained' } }],
		[
			'email.failed',
			{ failed: { reason: 'reached_daily_quota' } },
			'failed',
			{ reason: 'reached_daily_quota' },
		],
		[
			'email.suppressed',
			{ suppressed: { reason: 'bounced' } },
			'suppressed',
			{ suppress: { reason: 'suppressed' }, reason: 'bounced' },
		],
		['unsubscribed', {}, 'unsubscribed', { suppress: { reason: 'unsubscribed' } }],
		['email.scheduled', {}, 'other', {}],
	])('%s %p is understood as "%s"', async (type, data, kind, more) => {
		const json = await process(eventOf(type, data));
		const delivery = {
			kind,
			at: AT,
			emailId: '56761188-7520-42d8-8898-ff6fc54ce618',
			campaignId: 'c-1',
			recipient: RECIPIENT,
			...more,
		};
		expect(json).toMatchObject({ eventId: 'msg_1', correlationId: 'corr-1', delivery });
		const known = ['bounce', 'emailId', 'link', 'reason', 'suppress'];
		for (const field of known) {
			if (!(field in delivery)) expect(json.delivery).not.toHaveProperty(field);
		}
		expect(statementIn(json, 'count').values.slice(0, 6)).toEqual([
			'msg_1',
			kind,
			AT,
			'c-1',
			RECIPIENT,
			delivery.emailId,
		]);
	});

	it('of a mail of no campaign is known by its address, which is not handed on', async () => {
		const json = await process(eventOf('email.complained', { tags: undefined }));
		expect(json.delivery).toMatchObject({ recipient: RECIPIENT });
		expect(json.delivery).not.toHaveProperty('campaignId');
	});

	it('may be the item itself, or stand in another field', async () => {
		const item = { ...eventOf('email.opened'), eventId: 'msg_2' } as unknown as IDataObject;
		expect((await around.runOne('process', {}, [item])).delivery).toMatchObject({ kind: 'opened' });
		const other = { body: eventOf('email.opened') as unknown as IDataObject, eventId: 'msg_3' };
		const json = await around.runOne('process', { eventField: 'body' }, [other]);
		expect(json).toMatchObject({ eventId: 'msg_3', delivery: { kind: 'opened' } });
	});
});

describe('an event that cannot be counted', () => {
	const fail = async (event: unknown, more: IDataObject = {}) =>
		await around.failOne('process', {}, [
			{ event: event as IDataObject, eventId: 'msg_1', ...more },
		]);

	it.each([undefined, null, '', ' '])(
		'has the id %p: otherwise all such events would be one',
		async (eventId) => {
			expect(await fail(eventOf('email.opened'), { eventId } as IDataObject)).toMatchObject({
				error: 'Event ID is empty',
				details: { advice: expect.stringContaining('svix-id') },
			});
		},
	);

	it.each<[string, unknown, string]>([
		['no type', { ...eventOf(''), type: undefined }, 'type: is required'],
		['no moment', { ...eventOf('email.opened'), created_at: 'yesterday' }, 'created_at'],
		['no data', { ...eventOf('email.opened'), data: null }, 'data'],
		['nothing of an event', {}, 'type: is required'],
	])('has %s: the field is named, and no address', async (_what, event, advice) => {
		expect(await fail(event)).toMatchObject({
			error: 'The event does not keep to its contract',
			details: { itemIndex: 0, advice: expect.stringContaining(advice) },
		});
	});

	it('takes no other event with it', async () => {
		const items = [eventOf('email.opened'), {}, eventOf('email.clicked')].map((event, index) => ({
			event: event as IDataObject,
			eventId: `msg_${index}`,
		}));
		const step = { ...campaignDispatch('process'), onError: 'continueErrorOutput' as const };
		const { outputs } = await around.run([step], items);
		expect(outputs.map((output) => output.map(({ json }) => json.eventId))).toEqual([
			['msg_0', 'msg_2'],
			['msg_1'],
		]);
	});
});

describe('Take Mails', () => {
	const take = async (parameters = {}, item: IDataObject = { campaignId: 'c-1' }) =>
		statementIn(await around.runOne('take', parameters, [item]), 'take').values;

	it('asks for a hundred batches of a hundred, for two minutes, and 23 hours for their keys', async () => {
		const [campaignId, leaseToken, ...rest] = await take();
		expect(campaignId).toBe('c-1');
		expect(leaseToken).toMatch(/^[0-9a-f-]{36}$/);
		expect(rest).toEqual([120, 100, 100, 82_800]);
	});

	it('asks for more or fewer, and never under the same lease', async () => {
		const [, first, ...rest] = await take({ batches: 3, leaseSeconds: 30 });
		expect(rest).toEqual([30, 100, 3, 82_800]);
		expect((await take())[1]).not.toBe(first);
	});

	it('needs a campaign', async () => {
		expect(await around.failOne('take', {}, [{}])).toMatchObject({ error: 'Campaign ID is empty' });
	});
});
