import { DEMO_COMPANIES } from '../../../sandbox/platform/demoCompanies.cts';
import { CRM_KEYS, peopleIn } from '../crms.cts';
import { countExecutionsAfter, latestExecutionId } from '../executions.cts';
import { leadRow, newLead } from '../leads.cts';
import { postSigned, type SignedOptions } from '../signed.cts';
import { heal, world } from '../world.cts';

const LEAD = { lead_id: 'refused-lead', company_id: DEMO_COMPANIES[0].id, consent: true };

/** More than the trigger reads. */
const TOO_LONG = { ...LEAD, message: 'a'.repeat(256 * 1024) };

describe('what the Lead Score Trigger refuses', () => {
	beforeAll(heal);

	it.each<{ what: string; status: number; body: object | string; options?: SignedOptions }>([
		{
			what: 'an unsigned lead',
			status: 401,
			body: LEAD,
			options: { headers: { 'X-Signature': '', 'X-Timestamp': '' } },
		},
		{
			what: 'a lead signed with another secret',
			status: 401,
			body: LEAD,
			options: { secret: 'another-secret' },
		},
		{ what: 'a lead signed 302 s ago', status: 401, body: LEAD, options: { clockAhead: -302 } },
		{ what: 'a lead without its id', status: 400, body: { company_id: LEAD.company_id } },
		{ what: 'a consent in words', status: 400, body: { ...LEAD, consent: 'yes' } },
		{ what: 'a list of leads', status: 400, body: '[]' },
		{ what: 'a body of more than 256 kB', status: 413, body: TOO_LONG },
	])('refuses $what with $status, and starts no execution', async ({ status, body, options }) => {
		const before = latestExecutionId();
		const answer = await postSigned('lead-created', body, options);
		expect(answer.status).toBe(status);
		expect(answer.body).toMatchObject({ accepted: false });
		expect(countExecutionsAfter(before)).toBe(0);
		for (const crm of CRM_KEYS) expect(world().crms[crm].requests).toEqual([]);
	});

	it('names the wrong fields and repeats none of their values', async () => {
		const { body } = await postSigned('lead-created', {
			...LEAD,
			email: 12_345,
			preferences: { currency: 'pesos' },
		});
		const fields = (body.fields as Array<{ field: string }>).map(({ field }) => field);
		expect(fields.sort()).toEqual(['email', 'preferences.currency']);
		expect(JSON.stringify(body)).not.toMatch(/12345|pesos/);
	});

	it('takes the lead in the same form, signed well', async () => {
		const lead = await newLead('hubspot');
		const { status } = await postSigned('lead-created', lead);
		expect(status).toBe(200);
		expect(await leadRow(lead.lead_id)).toMatchObject({ status: 'synced' });
		expect(peopleIn('hubspot')).toHaveLength(1);
	});
});
