import { HUB_SPOT_FAILURES } from '../../../sandbox/vendors/hubSpot.cts';
import { PIPEDRIVE_FAILURES } from '../../../sandbox/vendors/pipedrive.cts';
import { SALESFORCE_FAILURES, SALESFORCE_REFUSALS } from '../../../sandbox/vendors/salesforce.cts';
import type { Failure } from '../../../sandbox/vendors/standIn.cts';
import {
	countsIn,
	CRM_KEYS,
	failMaking,
	inEachCrm,
	type Made,
	type PerCrm,
	sameInEachCrm,
} from '../crms.cts';
import { leadKey, leadRow, newLead, ONE_OF_EACH, sendLead, traceOf } from '../leads.cts';
import { answered, callbacksOf, claimState, deliveriesOf, firstDeliveries } from '../messages.cts';
import { heal, world } from '../world.cts';

const EVERYTHING: Made[] = ['contact', 'note', 'task'];

const SERVER_ERROR: PerCrm<Failure> = {
	hubspot: HUB_SPOT_FAILURES.serverError,
	salesforce: SALESFORCE_FAILURES.serverError,
	pipedrive: PIPEDRIVE_FAILURES.serverError,
};

/** Too much in a short time, which every vendor says in a manner of its own. */
const RATE_LIMITED: PerCrm<Failure> = {
	hubspot: HUB_SPOT_FAILURES.secondly,
	salesforce: SALESFORCE_FAILURES.concurrentLimit,
	pipedrive: PIPEDRIVE_FAILURES.burst,
};

const UNAVAILABLE: PerCrm<Failure> = {
	hubspot: HUB_SPOT_FAILURES.unavailable,
	salesforce: SALESFORCE_FAILURES.unavailable,
	pipedrive: PIPEDRIVE_FAILURES.unavailable,
};

interface Row {
	what: string;
	made: Made[];
	failure: PerCrm<Failure>;
	accepted?: boolean;
}

describe('a CRM fails and the lead still arrives, once', () => {
	beforeEach(heal);

	/** One lead for each CRM, all at the same time: what is slow is waited for once. */
	async function arriveDespite({ made, failure, accepted }: Omit<Row, 'what'>) {
		const haveFailed: Array<() => boolean> = [];
		const sent = await inEachCrm(async (crm) => {
			haveFailed.push(failMaking(crm, made, failure[crm], accepted));
			return await sendLead(await newLead(crm));
		});
		await inEachCrm(async (crm) => await answered(sent[crm], 50_000));
		expect(haveFailed.map((each) => each())).toEqual([true, true, true]);
		expect(await inEachCrm(async (crm) => await traceOf(crm, sent[crm]))).toEqual(
			sameInEachCrm(ONE_OF_EACH),
		);
		expect(world().crms.pipedrive.account.leads.size).toBe(1);
		return await inEachCrm(async (crm) => await deliveriesOf(sent[crm]));
	}

	it.each<Row>([
		{ what: '500 before the contact', made: ['contact'], failure: SERVER_ERROR },
		{ what: '500 after everything', made: EVERYTHING, failure: SERVER_ERROR, accepted: true },
		{ what: '503 before the note', made: ['note'], failure: UNAVAILABLE },
		{ what: 'a cut connection before the note', made: ['note'], failure: sameInEachCrm('reset') },
		{
			what: 'a cut connection after everything',
			made: EVERYTHING,
			failure: sameInEachCrm('reset'),
			accepted: true,
		},
		{ what: 'a web page instead of the task', made: ['task'], failure: sameInEachCrm('html') },
		{
			what: 'a web page after everything',
			made: EVERYTHING,
			failure: sameInEachCrm('html'),
			accepted: true,
		},
		{
			what: 'no answer before the contact',
			made: ['contact'],
			failure: sameInEachCrm('timeout'),
		},
		{
			what: 'no answer after the note',
			made: ['note'],
			failure: sameInEachCrm('timeout'),
			accepted: true,
		},
	])(
		'$what',
		async (row) => {
			const deliveries = await arriveDespite(row);
			for (const statuses of Object.values(deliveries)) expect(statuses.at(-1)).toBe(200);
		},
		70_000,
	);

	it('a limit of calls passes within the one delivery', async () => {
		const deliveries = await arriveDespite({ made: ['note'], failure: RATE_LIMITED });
		expect(deliveries).toEqual(sameInEachCrm([200]));
	});

	it('a record that Salesforce has locked', async () => {
		const { status, ...entry } = { status: 400, ...SALESFORCE_REFUSALS.rowLocked };
		world().crms.salesforce.org.refuseNext('Lead', status, { ...entry, fields: [] });
		const sent = await sendLead(await newLead('salesforce'));
		await answered(sent);
		expect(await traceOf('salesforce', sent)).toEqual(ONE_OF_EACH);
		expect(await deliveriesOf(sent)).toEqual([200]);
	});
});

describe('a CRM refuses until somebody does something', () => {
	beforeEach(heal);

	it.each<{ what: string; failure: PerCrm<Failure>; says: PerCrm<RegExp> }>([
		{
			what: 'the credential is refused',
			failure: {
				hubspot: HUB_SPOT_FAILURES.unauthorized,
				salesforce: SALESFORCE_FAILURES.sessionExpired,
				pipedrive: PIPEDRIVE_FAILURES.unauthorized,
			},
			says: {
				hubspot: /HubSpot refused the credential \(401\)\. Open the credential, check its key/,
				salesforce: /Salesforce refused the credential \(401\)\. Open the credential, check its/,
				pipedrive: /Pipedrive refused the credential \(401\)\. Open the credential, check its API/,
			},
		},
		{
			what: 'the calls of the day are used up',
			failure: {
				hubspot: HUB_SPOT_FAILURES.daily,
				salesforce: SALESFORCE_FAILURES.dailyLimit,
				pipedrive: PIPEDRIVE_FAILURES.dailyBudget,
			},
			says: {
				hubspot: /The HubSpot quota is used up\. Wait until the quota starts anew/,
				salesforce: /The API calls that Salesforce allows in 24 hours are used up\. Wait, or raise/,
				pipedrive: /tokens of the Pipedrive account are used up for today\. They come back/,
			},
		},
	])('$what: the platform hears it, and the lead arrives afterwards', async (row) => {
		const { crms, platform } = world();
		const sent = await inEachCrm(async (crm) => {
			// n8n fetches a new token after Salesforce's 401 and asks once more.
			const times = crm === 'salesforce' ? 2 : 1;
			crms[crm].failNext(row.failure[crm], times, {
				matching: ({ path }) => !path.endsWith('/token'),
			});
			return await sendLead(await newLead(crm));
		});
		expect(await firstDeliveries(Object.values(sent))).toEqual([500, 500, 500]);
		for (const crm of CRM_KEYS) {
			const { id, lead } = sent[crm];
			expect(await leadRow(lead.lead_id)).toEqual({
				crm,
				externalId: null,
				status: 'failed',
				message: expect.stringMatching(row.says[crm]) as string,
				isSent: false,
			});
			const { rows } = await platform.pool.query(
				'SELECT status, callback_at FROM outbox_message WHERE id = $1',
				[id],
			);
			expect(rows).toEqual([{ status: 'retry', callback_at: null }]);
			expect(await claimState(leadKey(lead.lead_id))).toBe('released');
			expect(countsIn(crm)).toEqual({ contacts: 0, notes: 0, tasks: 0 });
			crms[crm].heal();
		}

		platform.resume();
		await inEachCrm(async (crm) => await answered(sent[crm]));
		expect(await inEachCrm(async (crm) => await traceOf(crm, sent[crm]))).toEqual(
			sameInEachCrm({ ...ONE_OF_EACH, applied: 2 }),
		);
		expect(await inEachCrm(async (crm) => await callbacksOf(sent[crm]))).toEqual(
			sameInEachCrm(['applied', 'applied']),
		);
	});
});
