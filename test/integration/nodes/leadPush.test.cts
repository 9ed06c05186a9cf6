/** Push to CRM on n8n's engine: the same three steps into each of the three CRMs. */
import type { IDataObject } from 'n8n-workflow';

import type { CrmKey } from '../../../nodes/shared/vendors/crm/port';
import {
	claimedLead,
	CRM_KEYS,
	JOHN,
	leadScore,
	type LeadSurroundings,
	mapping,
	MARIA,
	OWN_FIELDS,
	startLeadSurroundings,
} from './leadSurroundings.cts';
import type { Step } from './runNode.cts';

let around: LeadSurroundings;
beforeAll(async () => {
	around = await startLeadSurroundings();
});
beforeEach(() => around.forget());
afterAll(async () => await around.close());

const steps = (parameters: Step['parameters']) => [
	leadScore('score'),
	leadScore('schedule'),
	leadScore('push', parameters),
];

async function push(item: IDataObject, parameters: Step['parameters']): Promise<IDataObject> {
	const { outputs, error } = await around.run(steps(parameters), [item]);
	if (error) throw error;
	return outputs[0]![0]!.json;
}

/** Everything that stands beside a person's name, whatever the CRM's API nests it in. */
function held(crm: CrmKey) {
	return around.crms[crm].holds().map((person) => ({
		...person,
		own: { ...person.fields, ...(person.fields.custom_fields as object) } as IDataObject,
	}));
}

describe.each(CRM_KEYS)('Push to CRM, into %s', (crm) => {
	const own = OWN_FIELDS[crm];

	it('makes a contact with note and task, and the callback that says so', async () => {
		const json = await push(claimedLead(MARIA), { crm });
		const [person, ...others] = held(crm);
		expect(others).toEqual([]);
		expect(person).toMatchObject({
			name: 'Maria Santos',
			email: MARIA.email,
			phone: MARIA.phone,
			notes: [{ text: expect.stringContaining('Location 30 of 30: Looks for BGC') }],
			tasks: [{ subject: 'Call new A lead within 5 minutes' }],
		});
		expect(json).toMatchObject({
			event: MARIA,
			scoring: { score: 94 },
			followUp: { kind: 'call' },
			crm: {
				externalId: expect.stringMatching(new RegExp(`^${crm}_[a-z]+_${person!.id}$`)),
				contact: { id: person!.id, outcome: 'created' },
				note: { outcome: 'created' },
				task: { outcome: 'created' },
			},
			callback: {
				lead_id: MARIA.lead_id,
				crm,
				status: 'synced',
				external_id: (json.crm as IDataObject).externalId,
				message: 'Lead synced successfully with score: 94/100',
			},
			correlationId: 'corr-1',
			eventKey: 'lead-score:key',
		});
	});

	it('updates the contact of a known address and adds what is new', async () => {
		await push(claimedLead(JOHN), { crm });
		const second = { ...JOHN, lead_id: 'lead-2', first_name: 'John', email: 'JOHN@example.com' };
		const json = await push(claimedLead(second), { crm });
		expect(json.crm).toMatchObject({
			contact: { outcome: 'updated' },
			note: { outcome: 'created' },
			task: { outcome: 'created' },
		});
		const [person, ...others] = held(crm);
		expect(others).toEqual([]);
		expect(person).toMatchObject({ email: JOHN.email });
		expect([person?.notes.length, person?.tasks.length]).toEqual([2, 2]);
	});

	it('doubles nothing when the same lead comes again', async () => {
		await push(claimedLead(MARIA), { crm });
		for (const item of [claimedLead(MARIA, { isNew: false }), { event: MARIA }]) {
			const json = await push(item as IDataObject, { crm });
			expect(json.crm).toMatchObject({
				contact: { outcome: 'updated' },
				note: { outcome: 'found' },
				task: { outcome: 'found' },
			});
		}
		expect(held(crm)).toMatchObject([{ notes: [{}], tasks: [{}] }]);
		expect(held(crm).map(({ notes, tasks }) => [notes.length, tasks.length])).toEqual([[1, 1]]);
	});

	it("writes into the fields of a person's own, and the lead's id into its field", async () => {
		const json = await push(claimedLead(MARIA), {
			crm,
			leadIdField: ` ${own.leadId} `,
			...mapping(
				{ field: own.score, value: 'score' },
				{ field: own.grade, value: 'grade' },
				{ field: own.consent, value: 'consent' },
			),
		});
		expect(json.crm).toMatchObject({ contact: { outcome: 'created' } });
		const [person] = held(crm);
		expect(String(person?.own[own.leadId])).toBe(MARIA.lead_id);
		expect(String(person?.own[own.score])).toBe('94');
		expect(String(person?.own[own.grade])).toBe('A');
		// Pipedrive has no field for yes and no, so that it is a text there.
		expect(String(person?.own[own.consent])).toBe(crm === 'pipedrive' ? 'Yes' : 'true');
	});

	it('knows a lead by its id when even the address has changed', async () => {
		const parameters = { crm, leadIdField: own.leadId };
		await push(claimedLead(JOHN), parameters);
		const moved = { ...JOHN, email: 'john.new@example.com', phone: '+639179999999' };
		const json = await push(claimedLead(moved, { isNew: false }), parameters);
		expect(json.crm).toMatchObject({ contact: { outcome: 'updated' }, note: { outcome: 'found' } });
		expect(held(crm)).toMatchObject([{ email: JOHN.email }]);
	});

	it('writes other values, also by an expression', async () => {
		const fields = [{ field: own.grade, value: 'other', other: '={{ $json.event.tier }}' }];
		await push(claimedLead({ ...MARIA, tier: 'gold' }), { crm, ...mapping(...fields) });
		expect(held(crm)[0]?.own[own.grade]).toBe('gold');
		await push(claimedLead({ ...MARIA, tier: '' }, { isNew: false }), {
			crm,
			...mapping(...fields),
		});
		expect(held(crm)[0]?.own[own.grade]).toBe('gold');
	});

	it('makes no task without consent, and the note says why', async () => {
		const json = await push(claimedLead({ ...MARIA, consent: false }), { crm });
		expect(json).toMatchObject({
			followUp: { skipped: 'The lead gave no consent to be contacted' },
			callback: { status: 'synced' },
		});
		expect(json.crm).not.toHaveProperty('task');
		const [person] = held(crm);
		expect(person?.tasks).toEqual([]);
		expect(person?.notes[0]?.text).toContain('No consent to be contacted: do not call');
	});

	it('needs a credential of its own', async () => {
		const step = { ...leadScore('push', { crm }), credentials: ['signedWebhookApi'] };
		const { error } = await around.run([leadScore('score'), step], [claimedLead(MARIA)]);
		expect(error?.message).toContain('does not have any credentials set');
		expect(error?.context.itemIndex).toBe(0);
		expect(held(crm)).toEqual([]);
	});
});

it('Salesforce is told not to write and not to call where there is no consent', async () => {
	await push(claimedLead({ ...MARIA, consent: false }), { crm: 'salesforce' });
	expect(held('salesforce')[0]?.fields).toMatchObject({
		HasOptedOutOfEmail: true,
		DoNotCall: true,
	});
});

it('Pipedrive shows what the lead is worth', async () => {
	await push(claimedLead(MARIA), { crm: 'pipedrive' });
	expect(held('pipedrive')[0]?.fields).toMatchObject({
		leads: [{ value: { amount: 18_900_000, currency: 'PHP' } }],
	});
});

it('an owner and a company name go where the CRM has them', async () => {
	const crmOptions = { companyPlaceholder: 'Private buyer', ownerId: '', apiVersion: 'v66.0' };
	await push(claimedLead(MARIA), { crm: 'salesforce', crmOptions });
	expect(held('salesforce')[0]?.fields).toMatchObject({ Company: 'Private buyer' });
	expect(around.salesforce.requests.at(-1)?.path).toBe('/services/data/v66.0/composite');
});

it('the CRM may be an expression, another for each item', async () => {
	const items = CRM_KEYS.map((key) => ({
		event: { ...JOHN, lead_id: `lead-${key}`, company_crm: key } as IDataObject,
	}));
	const { outputs, error } = await around.run(
		steps({ crm: '={{ $json.event.company_crm }}' }),
		items,
	);
	expect(error).toBeUndefined();
	expect(outputs[0]!.map(({ json }) => (json.callback as IDataObject).crm)).toEqual(CRM_KEYS);
	expect(CRM_KEYS.map((key) => held(key).length)).toEqual([1, 1, 1]);
});

describe('None (Skip)', () => {
	it('pushes nothing and says why', async () => {
		const parameters = { crm: 'none', skipReason: 'Only a test; tell a@b.example' };
		const json = await push(claimedLead(MARIA), parameters);
		expect(json.callback).toEqual({
			lead_id: MARIA.lead_id,
			crm: 'none',
			status: 'skipped',
			external_id: null,
			message: 'Lead skipped: Only a test; tell (e-mail)',
		});
		expect(json).not.toHaveProperty('crm');
		expect(json).toHaveProperty('stateStore.record');
		expect(CRM_KEYS.flatMap((key) => around.crms[key].requests)).toEqual([]);
	});

	it('needs no credential', async () => {
		const step = { ...leadScore('push', { crm: 'none' }), credentials: [] };
		const { error } = await around.run([leadScore('score'), step], [{ event: MARIA }]);
		expect(error).toBeUndefined();
	});
});

describe('a push that cannot be', () => {
	it.each<[string, object[], string]>([
		['two rows of one field', [row('a'), row('A')], '"A" is mapped twice'],
		['a row without a field', [row('a'), row(' ')], 'Row 2 names no CRM field'],
		['a name with a space', [row('lead score')], '"lead score" is no name of a CRM field'],
		['a field that is the node’s own', [row('Email')], '"Email" is written by the node itself'],
		['the Lead ID Field', [row('Lead_Id__c')], '"Lead_Id__c" is the Lead ID Field'],
	])(
		'because of %s in the mapping is refused before anything is sent',
		async (_what, rows, says) => {
			const { error } = await around.run(
				steps({ crm: 'hubspot', leadIdField: 'lead_id__c', ...mapping(...(rows as [])) }),
				[claimedLead(MARIA)],
			);
			expect(error).toMatchObject({
				message: 'The Field Mapping makes no sense',
				description: expect.stringContaining(says),
				context: { itemIndex: 0 },
			});
			expect(around.hubspot.requests).toEqual([]);
		},
	);

	it.each<[string, object, string]>([
		['no score', {}, 'The score in "scoring" does not keep to its contract'],
		['no sound score', { scoring: { score: 'A' } }, 'The score in "scoring" does not keep'],
		['no sound plan', { followUp: { dueAt: 'soon' } }, 'The plan in "followUp" does not keep'],
	])('because the item has %s is refused by name', async (_what, more, message) => {
		const { outputs } = await around.run([leadScore('score')], [claimedLead(MARIA)]);
		const scored = 'followUp' in more ? outputs[0]![0]!.json : claimedLead(MARIA);
		const item = { ...scored, ...more } as IDataObject;
		const { error } = await around.run([leadScore('push')], [item]);
		expect(error?.message).toContain(message);
		expect(around.hubspot.requests).toEqual([]);
	});

	it('because of a CRM that there is not names those that there are', async () => {
		const { error } = await around.run(steps({ crm: '={{ "zoho" }}' }), [claimedLead(MARIA)]);
		expect(error).toMatchObject({
			message: 'There is no CRM "zoho"',
			description: expect.stringContaining('hubspot, pipedrive, salesforce or none'),
		});
	});
});

function row(field: string) {
	return { field, value: 'score' };
}
