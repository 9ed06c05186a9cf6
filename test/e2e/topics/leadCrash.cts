import { until } from '../../integration/platform/until.cts';
import { countsIn, CRM_KEYS, failMaking, inEachCrm, sameInEachCrm } from '../crms.cts';
import { latestExecutionId, statusesAfter } from '../executions.cts';
import { leadKey, newLead, ONE_OF_EACH, sendLead, traceOf } from '../leads.cts';
import { answered, claimState, deliveriesOf, endLease } from '../messages.cts';
import { heal, webhookAnswers, world } from '../world.cts';

describe('n8n is killed in the middle of a push', () => {
	beforeAll(heal);

	it('loses no lead and doubles nothing, in any CRM', async () => {
		const { n8n, platform } = world();
		const before = latestExecutionId();
		const sent = await inEachCrm(async (crm) => {
			failMaking(crm, ['note'], 'timeout', true);
			return await sendLead(await newLead(crm));
		});
		// The note stands, and n8n waits to hear of it. What hangs on one request stands with it.
		await until(() => CRM_KEYS.every((crm) => countsIn(crm).notes === 1), 20_000);
		await n8n.stop('SIGKILL');
		platform.pause();
		for (const crm of CRM_KEYS) {
			const { lead } = sent[crm];
			expect(await claimState(leadKey(lead.lead_id))).toBe('claimed');
			await endLease(leadKey(lead.lead_id));
		}
		await n8n.start();
		await webhookAnswers('lead-created');

		platform.resume();
		await inEachCrm(async (crm) => await answered(sent[crm], 30_000));
		expect(await inEachCrm(async (crm) => await traceOf(crm, sent[crm]))).toEqual(
			sameInEachCrm(ONE_OF_EACH),
		);
		expect(await inEachCrm(async (crm) => await deliveriesOf(sent[crm]))).toEqual(
			sameInEachCrm([0, 200]),
		);
		expect((await statusesAfter(before, 'lead-scoring')).sort()).toEqual([
			...Array<string>(CRM_KEYS.length).fill('crashed'),
			...Array<string>(CRM_KEYS.length).fill('success'),
		]);
	}, 120_000);
});
