/** The template as people change it: fields of their own, and tables to look into. */
import { SECRETS } from '../../../sandbox/sandbox.cts';
import { PIPEDRIVE_PERSON_FIELDS } from '../../../sandbox/vendors/pipedrive.cts';
import { countsIn, CRM_KEYS, inEachCrm, peopleIn, type PerCrm } from '../crms.cts';
import { template } from '../editor.cts';
import { leadRow, newBareLead, newLead } from '../leads.cts';
import { postSigned } from '../signed.cts';
import { heal, webhookAnswers, world } from '../world.cts';

/** Publishes the template under another path, with these parameters of its nodes changed. */
async function publishVariant(
	path: string,
	changes: Record<string, object>,
	isDeactivated: (type: string) => boolean = () => false,
): Promise<void> {
	const { nodes, ...workflow } = await template('lead-scoring.json');
	await world().editor.publish({
		...workflow,
		name: path,
		nodes: nodes.map((node) => ({
			...node,
			...(node.type.endsWith('.leadScoreTrigger') && { webhookId: path }),
			...(isDeactivated(node.type) && { disabled: true }),
			parameters: {
				...node.parameters,
				...(node.type.endsWith('.leadScoreTrigger') && { path }),
				...changes[node.name],
			},
		})),
	});
	await webhookAnswers(path);
}

const PUSHES: PerCrm<string> = {
	hubspot: 'Push to HubSpot',
	salesforce: 'Push to Salesforce',
	pipedrive: 'Push to Pipedrive',
};

/** Fields of the agencies' own, by what is written there. */
const FIELDS: PerCrm<{ leadId: string; score: string; grade: string }> = {
	hubspot: { leadId: 'property_platform_lead_id', score: 'lead_score', grade: 'lead_grade' },
	salesforce: {
		leadId: 'PropertyIQ_Lead_Id__c',
		score: 'Lead_Score__c',
		grade: 'Lead_Grade__c',
	},
	pipedrive: {
		leadId: PIPEDRIVE_PERSON_FIELDS.leadId,
		score: PIPEDRIVE_PERSON_FIELDS.leadScore,
		grade: PIPEDRIVE_PERSON_FIELDS.leadGrade,
	},
};

const inAllPushes = (parametersOf: (crm: (typeof CRM_KEYS)[number]) => object) =>
	Object.fromEntries(CRM_KEYS.map((crm) => [PUSHES[crm], parametersOf(crm)]));

const mapping = (...fields: Array<{ field: string; value: string }>) => ({
	fieldMapping: { fields },
});

describe('a template with a lead id field and a field mapping', () => {
	beforeAll(async () => {
		heal();
		await publishVariant(
			'e2e-lead-fields',
			inAllPushes((crm) => ({
				leadIdField: FIELDS[crm].leadId,
				...mapping(
					{ field: FIELDS[crm].score, value: 'score' },
					{ field: FIELDS[crm].grade, value: 'grade' },
				),
			})),
		);
	});

	beforeEach(heal);

	it.each(CRM_KEYS)('writes id, score and grade into %s', async (crm) => {
		const lead = await newLead(crm);
		const { status, body } = await postSigned('e2e-lead-fields', lead);
		expect(status).toBe(200);
		const { score, grade } = (body.result as { scoring: { score: number; grade: string } }).scoring;
		const { fields } = peopleIn(crm)[0]!;
		// HubSpot keeps every value as text.
		expect(String(fields[FIELDS[crm].score])).toBe(String(score));
		expect(fields[FIELDS[crm].grade]).toBe(grade);
		expect(fields[FIELDS[crm].leadId]).toBe(lead.lead_id);
	});

	it('costs a new lead one call of Salesforce, a composite', async () => {
		await postSigned('e2e-lead-fields', await newLead('salesforce'));
		const { requests } = world().crms.salesforce;
		const calls = requests.filter(({ path }) => !path.endsWith('/token'));
		expect(calls).toMatchObject([
			{ method: 'POST', path: expect.stringMatching(/\/composite$/) as string },
		]);
	});
});

describe('a template that maps a field which the CRM does not have', () => {
	beforeAll(async () => {
		heal();
		await publishVariant(
			'e2e-lead-unknown-field',
			inAllPushes(() => mapping({ field: 'no_such_field', value: 'score' })),
		);
	});

	beforeEach(heal);

	it('answers 500, and the platform hears of the field, the vendor and the cure', async () => {
		const leads = await inEachCrm(async (crm) => await newLead(crm));
		const answers = await inEachCrm(
			async (crm) => await postSigned('e2e-lead-unknown-field', leads[crm]),
		);
		const cures = {
			hubspot: /HubSpot did not accept the property no_such_field .*Create it in HubSpot/,
			salesforce: /Salesforce knows no such field.*: no_such_field\. Check the API names/,
			pipedrive: /Pipedrive did not accept no_such_field \(400\)\. Check these fields/,
		};
		for (const crm of CRM_KEYS) {
			expect(answers[crm].status).toBe(500);
			const { status, message, isSent } = await leadRow(leads[crm].lead_id);
			expect({ status, isSent }).toEqual({ status: 'failed', isSent: false });
			expect(message).toMatch(cures[crm]);
			expect(countsIn(crm)).toEqual({ contacts: 0, notes: 0, tasks: 0 });
		}
	});

	it('takes the lead once somebody has made the field', async () => {
		const lead = await newLead('hubspot');
		expect((await postSigned('e2e-lead-unknown-field', lead)).status).toBe(500);
		await fetch(`${world().crms.hubspot.url}/crm/v3/properties/contacts`, {
			method: 'POST',
			headers: {
				Authorization: `Bearer ${SECRETS.hubSpot}`,
				'Content-Type': 'application/json',
			},
			body: JSON.stringify({
				name: 'no_such_field',
				label: 'It is there now',
				type: 'number',
				fieldType: 'number',
				groupName: 'contactinformation',
			}),
		});
		expect((await postSigned('e2e-lead-unknown-field', lead)).status).toBe(200);
		expect(await leadRow(lead.lead_id)).toMatchObject({ status: 'synced', isSent: true });
		expect(countsIn('hubspot')).toEqual({ contacts: 1, notes: 1, tasks: 1 });
	});
});

describe("a template whose claim looks into the platform's tables", () => {
	beforeAll(async () => {
		heal();
		await publishVariant('e2e-lead-looked-up', {
			'Prepare Claim': { claimOptions: { preferencesTable: 'lead', propertyTable: 'property' } },
		});
	});

	beforeEach(heal);

	it("judges more of the guide's own payload than is in it", async () => {
		const judge = async (path: string) => {
			const { status, body } = await postSigned(path, await newBareLead('hubspot'));
			expect(status).toBe(200);
			return (body.result as { scoring: { coverage: number; score: number } }).scoring;
		};
		const bare = await judge('lead-created');
		const known = await judge('e2e-lead-looked-up');
		// Contact 20 and engagement 10 of 100; then budget 40 and location 30 as well.
		expect(bare.coverage).toBeLessThanOrEqual(30);
		expect(known.coverage).toBeGreaterThan(bare.coverage + 30);
		expect(peopleIn('hubspot').at(-1)!.notes[0]!.text).toContain('9th Avenue corner 38th Street');
	});
});

describe('a template without a database, its Postgres nodes deactivated', () => {
	beforeAll(async () => {
		heal();
		await publishVariant('e2e-lead-no-database', {}, (type) => type.endsWith('.postgres'));
	});

	beforeEach(heal);

	it.each(CRM_KEYS)('puts a lead that is posted twice into %s once', async (crm) => {
		const lead = await newLead(crm);
		for (const _time of ['first', 'second']) {
			expect((await postSigned('e2e-lead-no-database', lead)).status).toBe(200);
			expect(countsIn(crm)).toEqual({ contacts: 1, notes: 1, tasks: 1 });
		}
		expect(await leadRow(lead.lead_id)).toMatchObject({ status: 'synced', isSent: true });
	});
});
