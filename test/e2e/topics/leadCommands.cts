import { templateSamples } from '../../../sandbox/platform/templateSamples.cts';
import { CRM_KEYS, inEachCrm, peopleIn } from '../crms.cts';
import { execute } from '../execute.cts';
import { leadRow } from '../leads.cts';
import { heal } from '../world.cts';

/** Who stands in the CRMs, with the ids of everything. */
const everybody = async () => await inEachCrm(async (crm) => peopleIn(crm));

describe('n8n execute of the lead templates, beside the running n8n', () => {
	beforeAll(heal);

	it('the compact one puts its sample into HubSpot', async () => {
		const { code } = await execute('lead-scoring-compact');
		expect(code).toBe(0);
		const { hubspot, salesforce, pipedrive } = await everybody();
		expect([...salesforce, ...pipedrive]).toEqual([]);
		expect(hubspot).toMatchObject([{ name: 'Maria Santos', notes: [{}], tasks: [{}] }]);
	});

	it('the drawn-out one puts the others into the other CRMs, and the same lead nowhere again', async () => {
		const before = await everybody();
		const { code, items } = await execute('lead-scoring');
		expect(code).toBe(0);
		expect(items).toHaveLength(CRM_KEYS.length);

		const after = await everybody();
		expect(after.hubspot).toEqual(before.hubspot);
		expect(after.salesforce).toMatchObject([{ name: 'Jose Reyes', notes: [{}] }]);
		// He did not agree to be contacted.
		expect(after.salesforce[0]!.tasks).toEqual([]);
		expect(after.pipedrive).toMatchObject([{ name: 'Emma Clark', notes: [{}], tasks: [{}] }]);
		const { leads } = await templateSamples();
		for (const { lead_id } of leads) {
			expect(await leadRow(lead_id)).toMatchObject({ status: 'synced', isSent: true });
		}
	});

	it('run once more, it makes nothing new', async () => {
		const before = await everybody();
		const { code, items } = await execute('lead-scoring');
		expect(code).toBe(0);
		expect(items).toHaveLength(CRM_KEYS.length);
		expect(await everybody()).toEqual(before);
	});
});
