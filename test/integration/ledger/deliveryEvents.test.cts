import type { ReceivedEvent } from '../../../nodes/CampaignDispatch/ledger/deliveryEvent';
import { type Database, openDatabase, PROTOCOLS } from '../stateStore/database.cts';
import { key, ledgerOn, person, sent } from './campaign.cts';

let database: Database;

beforeAll(async () => {
	database = await openDatabase();
}, 60_000);
afterAll(() => database.close());
beforeEach(() => ledgerOn(database).clear());

const NINE = '2026-11-20T09:00:00.000Z';
const TEN = '2026-11-20T10:00:00.000Z';
const ELEVEN = '2026-11-20T11:00:00.000Z';

async function suppressions() {
	const { rows } = await database.pool.query(
		`SELECT recipient, company_id, reason, campaign_id
		FROM property_platform.suppressions ORDER BY recipient, company_id`,
	);
	return rows as unknown[];
}

describe.each(PROTOCOLS)('an event, values %s', (protocol) => {
	const ledger = () => ledgerOn(database, protocol);
	const mail = async (columns: string) => (await ledger().standing(columns))[0];

	const KINDS: Array<[ReceivedEvent['kind'], string]> = [
		['delivered', 'delivered_at'],
		['opened', 'opened_at'],
		['clicked', 'clicked_at'],
		['bounced', 'bounced_at'],
		['complained', 'complained_at'],
		['failed', 'failed_at'],
		['suppressed', 'suppressed_at'],
		['unsubscribed', 'unsubscribed_at'],
	];

	it.each(KINDS)('%s counts once, with its earliest moment, in any order', async (kind, column) => {
		await ledger().send([person('ana')]);
		const isFirst = async (at: string) => (await ledger().event(kind, { at })).isFirst;
		expect([await isFirst(TEN), await isFirst(NINE), await isFirst(ELEVEN)]).toEqual([
			true,
			false,
			false,
		]);
		expect(await mail(column)).toEqual({ [column]: new Date(NINE) });
	});

	it('says which mail it was about', async () => {
		await ledger().send([person('ana')]);
		expect(await ledger().event('opened')).toEqual({
			outcome: 'counted',
			campaignId: 'c-1',
			companyId: 'company-1',
			recipient: key('ana'),
			kind: 'opened',
			isFirst: true,
		});
	});

	it.each(['delayed', 'other'] as const)('%s is remembered and changes no count', async (kind) => {
		await ledger().send([person('ana')]);
		const before = await mail('*');
		expect(await ledger().event(kind)).toMatchObject({ outcome: 'counted', isFirst: false });
		expect(await mail('*')).toEqual(before);
	});

	it('that is delivered again does nothing again', async () => {
		await ledger().send([person('ana')]);
		const complaint = { eventId: 'e-1', suppress: { reason: 'complained' as const } };
		await ledger().event('complained', complaint);
		const before = await mail('*');
		await database.pool.query('TRUNCATE property_platform.suppressions');
		expect(await ledger().event('complained', { ...complaint, at: NINE })).toEqual({
			outcome: 'repeat',
			campaignId: 'c-1',
			companyId: 'company-1',
			recipient: key('ana'),
			kind: 'complained',
			isFirst: false,
		});
		expect(await mail('*')).toEqual(before);
		expect(await suppressions()).toEqual([]);
	});

	it('finds its mail by the id of the mail where it has no tags', async () => {
		await ledger().send([person('ana')]);
		const tagless = { campaignId: undefined, recipient: undefined };
		expect(
			await ledger().event('opened', { ...tagless, emailId: `mail-${key('ana')}` }),
		).toMatchObject({ outcome: 'counted', campaignId: 'c-1', recipient: key('ana') });
		expect(await ledger().event('opened', { ...tagless, emailId: 'no such' })).toEqual({
			outcome: 'unknown',
			campaignId: null,
			companyId: null,
			recipient: null,
			kind: 'opened',
			isFirst: false,
		});
	});

	it.each([
		['ana', 'bob'],
		['bob', 'ana'],
	])('believes the tags before the id: those of %s before that of %s', async (tagged, other) => {
		await ledger().send([person('ana'), person('bob')]);
		await ledger().event('opened', { recipient: key(tagged), emailId: `mail-${key(other)}` });
		const { rows } = await database.pool.query(
			'SELECT recipient FROM property_platform.campaign_recipients WHERE opened_at IS NOT NULL',
		);
		expect(rows).toEqual([{ recipient: key(tagged) }]);
	});

	it('proves that a mail was sent, whatever the ledger thought', async () => {
		await ledger().start([person('ana')]);
		await ledger().take();
		await ledger().event('delivered', { at: NINE });
		expect(await mail('state, email_id, sent_at, data')).toEqual({
			state: 'sent',
			email_id: 'mail-ana',
			sent_at: new Date(NINE),
			// The batch is not done, so that it may have to be rendered again.
			data: { first_name: 'ana' },
		});
	});

	it('proves it too where a refusal was recorded', async () => {
		await ledger().start([person('ana')]);
		await ledger().take();
		const results = [{ recipient: key('ana'), state: 'refused' as const, reason: 'invalid' }];
		await ledger().record({ batches: [{ batch: 1, outcome: 'sent', results }] });
		await ledger().event('delivered');
		expect(await mail('state, reason')).toEqual({ state: 'sent', reason: null });
	});

	it('keeps the worst of several bounces, and what the vendor said', async () => {
		await ledger().send([person('ana')]);
		await ledger().event('bounced', { bounce: 'transient', reason: 'MailboxFull' });
		expect(await mail('bounce, reason')).toEqual({ bounce: 'transient', reason: 'MailboxFull' });
		await ledger().event('bounced', { bounce: 'permanent', reason: 'NoEmail' });
		await ledger().event('bounced', { bounce: 'transient' });
		expect(await mail('bounce, reason')).toEqual({ bounce: 'permanent', reason: 'NoEmail' });
	});

	it.each([
		['bounced', ''],
		['complained', ''],
		['suppressed', ''],
		['unsubscribed', 'company-1'],
	] as const)('that says %s suppresses for company "%s"', async (reason, company) => {
		await ledger().send([person('ana')]);
		await ledger().event(reason, { suppress: { reason } });
		const campaign = { company_id: company, reason, campaign_id: 'c-1' };
		expect(await suppressions()).toEqual([{ recipient: key('ana'), ...campaign }]);
		await ledger().start([person('ana')], { campaignId: 'c-2', companyId: 'company-1' });
		await ledger().start([person('ana')], { campaignId: 'c-3', companyId: 'company-2' });
		expect(await ledger().standing('state', 'c-2')).toEqual([{ state: 'left_out' }]);
		expect(await ledger().standing('state', 'c-3')).toEqual([
			{ state: company === '' ? 'left_out' : 'pending' },
		]);
	});

	it.each([
		['for the company that the event names', 'company-9', 'company-9'],
		['for every company where nobody knows which', undefined, ''],
	])('of an unknown campaign unsubscribes %s', async (_name, companyId, suppressed) => {
		const suppress = { reason: 'unsubscribed' as const };
		expect(
			await ledger().event('unsubscribed', { campaignId: 'gone', companyId, suppress }),
		).toMatchObject({ outcome: 'unknown', companyId: companyId ?? null, isFirst: false });
		expect(await suppressions()).toEqual([
			{
				recipient: key('ana'),
				company_id: suppressed,
				reason: 'unsubscribed',
				campaign_id: 'gone',
			},
		]);
	});

	it('about nobody suppresses nobody', async () => {
		const nobody = { campaignId: undefined, recipient: undefined, emailId: undefined };
		const suppress = { reason: 'bounced' as const };
		expect(await ledger().event('bounced', { ...nobody, suppress })).toMatchObject({
			outcome: 'unknown',
		});
		expect(await suppressions()).toEqual([]);
	});
});

describe('an address whose mails bounce softly', () => {
	const ledger = () => ledgerOn(database);

	/** Sends mails one after another, a campaign each: `~` bounces softly, `!` for good, `.` arrives. */
	async function history(mails: string): Promise<void> {
		for (const [index, mail] of [...mails].entries()) {
			const campaignId = `c-${index}`;
			await ledger().open({ campaignId });
			await ledger().enroll({ campaignId, recipients: [person('ana')] });
			const { batches } = await ledger().take({ campaignId });
			await ledger().record({ campaignId, batches: batches.map(sent) });
			const about = { campaignId, at: `2026-11-2${index}T09:00:00Z` };
			if (mail === '~') await ledger().event('bounced', { ...about, bounce: 'transient' });
			if (mail === '?') await ledger().event('bounced', { ...about, bounce: 'undetermined' });
			if (mail === '!') await ledger().event('bounced', { ...about, bounce: 'permanent' });
		}
	}

	it.each([
		['~~', false],
		['~~~', true],
		['~?~', true],
		['~.~.~', true],
		['~~...~', false],
		['~~..~', true],
		['~.~..', false],
		['!.~~', false],
	])('%s: unreachable %s', async (mails, isUnreachable) => {
		await history(mails);
		expect(await suppressions()).toEqual(
			isUnreachable
				? [
						{
							recipient: key('ana'),
							company_id: '',
							reason: 'unreachable',
							campaign_id: `c-${mails.length - 1}`,
						},
					]
				: [],
		);
	});

	it('is not given up because one mail bounces again and again', async () => {
		await history('~');
		for (const at of [NINE, TEN, ELEVEN]) {
			await ledger().event('bounced', { campaignId: 'c-0', bounce: 'transient', at });
		}
		expect(await suppressions()).toEqual([]);
	});
});
