/** Of all campaign topics the last, for it looks at what the others have left behind too. */
import { readFile } from 'node:fs/promises';

import { SECRETS } from '../../../sandbox/sandbox.cts';
import { RESEND_FAILURES } from '../../../sandbox/vendors/resend.cts';
import {
	failSending,
	heardOf,
	mailsOf,
	newCampaign,
	newCrowd,
	sendCampaign,
} from '../campaigns.cts';
import { errorsIn, executionsAfter, keptOf } from '../executions.cts';
import { answered } from '../messages.cts';
import { eventSecret } from '../resendEvents.cts';
import { heal, world } from '../world.cts';

describe('what is left of secrets and of readers', () => {
	let secrets: string[];
	let tokens: string[];

	beforeAll(async () => {
		heal();
		const { platform } = world();
		const people = await newCrowd(2);
		const campaign = await newCampaign(people);
		// Resend quotes what it was sent.
		const quoting = { ...RESEND_FAILURES.unverifiedDomain.body };
		quoting.message = `Invalid \`to\` field: ${people.map(({ email }) => email).join(', ')}`;
		failSending(campaign, { status: 422, body: quoting });
		const sent = await sendCampaign(campaign);
		await heardOf(campaign, 'paused');
		await platform.redeliver(sent.id);
		await answered(sent);
		await world().resend.settled();
		secrets = [...Object.values(SECRETS), await eventSecret()];
		tokens = mailsOf(campaign).map(
			({ headers }) => /token=([^>]+)/.exec(headers['List-Unsubscribe']!)![1]!,
		);
	});

	/** Every secret, address and unsubscribe token that went through n8n, where a text has it. */
	function hiddenIn(text: string): string[] {
		const addresses = world().resend.mails.flatMap(({ to }) => to);
		const hidden = new Set([...secrets, ...tokens, ...addresses]);
		return [...hidden].filter((word) => text.includes(word));
	}

	it('is nothing in the executions of a campaign', async () => {
		const kept = (await keptOf('campaign-dispatch')).join();
		expect(kept).toContain('Resend did not accept the request (422)');
		expect(hiddenIn(kept)).toEqual([]);
	});

	it.each(['campaign-portion', 'campaign-events'])(
		'is nothing in the executions of %s, for none is kept',
		async (workflowId) => expect(await keptOf(workflowId)).toEqual([]),
	);

	it('is nothing in the errors of executions', async () => {
		const all = (await executionsAfter(0)).filter(({ kept }) => kept !== '');
		expect(hiddenIn(JSON.stringify(all.map(({ kept }) => errorsIn(kept))))).toEqual([]);
	});

	it("is nothing in n8n's log", async () => {
		const log = await readFile(world().n8n.logFile, 'utf8');
		expect(log).toContain('did not accept');
		expect(hiddenIn(log)).toEqual([]);
	});

	it.each([
		['event log', 'SELECT * FROM property_platform.event_log', /resend/],
		['outbox', 'SELECT last_error FROM outbox_message', /null/],
		["platform's log", 'SELECT * FROM event_log', /campaign-status/],
		['callbacks', 'SELECT * FROM callback_received', /delivery_rate/],
		['delivery events', 'SELECT * FROM property_platform.delivery_events', /delivered/],
		['suppression list', 'SELECT * FROM property_platform.suppressions', /bounced/],
		['campaigns of the ledger', 'SELECT * FROM property_platform.campaigns', /completed/],
		[
			'ledger of whoever was left out',
			`SELECT * FROM property_platform.campaign_recipients WHERE state = 'left_out'`,
			/no_consent/,
		],
	])('is nothing in the %s', async (_, query, holds) => {
		const text = JSON.stringify((await world().platform.pool.query(query)).rows);
		expect(text).toMatch(holds);
		expect(hiddenIn(text)).toEqual([]);
	});

	it('is no more than the address in the ledger of those who have their mail', async () => {
		const { rows } = await world().platform.pool.query<{ email: string; data: unknown }>(
			`SELECT email, data FROM property_platform.campaign_recipients WHERE state = 'sent'`,
		);
		expect(rows.length).toBeGreaterThan(0);
		expect(rows.filter(({ data }) => data !== null)).toEqual([]);
	});
});
