/** Leads as they really come: half filled in, mistyped, and a few of many broken. */
import type { IDataObject } from 'n8n-workflow';

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
	withErrorOutput,
} from './leadSurroundings.cts';

let around: LeadSurroundings;
beforeAll(async () => {
	around = await startLeadSurroundings();
});
beforeEach(() => around.forget());
afterAll(async () => await around.close());

describe.each(CRM_KEYS)('into %s', (crm) => {
	const processed = async (event: object) =>
		await around.runOne('process', { crm }, claimedLead(event));

	it('a lead without e-mail is called', async () => {
		const json = await processed({ ...MARIA, email: null });
		expect(json).toMatchObject({ followUp: { kind: 'call' }, callback: { status: 'synced' } });
		expect(around.crms[crm].holds()).toMatchObject([{ email: null, phone: MARIA.phone }]);
	});

	it('a lead without phone is written to', async () => {
		const json = await processed({ ...MARIA, phone: undefined });
		expect(json).toMatchObject({ followUp: { kind: 'email' }, callback: { status: 'synced' } });
		expect(around.crms[crm].holds()).toMatchObject([{ email: MARIA.email, phone: null }]);
	});

	it('a lead without either is scored and skipped, and the platform hears why', async () => {
		const json = await processed({ ...MARIA, email: '', phone: '' });
		expect(json).toMatchObject({
			scoring: { factors: expect.arrayContaining([expect.objectContaining({ points: 40 })]) },
			callback: {
				crm,
				status: 'skipped',
				external_id: null,
				message: 'Lead skipped: the lead has neither an e-mail address nor a phone number',
			},
			reported: { status: 200 },
		});
		expect(around.crms[crm].requests).toEqual([]);
	});

	it('an e-mail in capitals with spaces is the same person', async () => {
		await processed(MARIA);
		const again = { ...MARIA, lead_id: 'lead-2', email: '  MARIA.SANTOS@Example.COM ' };
		expect((await processed(again)).crm).toMatchObject({ contact: { outcome: 'updated' } });
		expect(around.crms[crm].holds()).toMatchObject([{ email: MARIA.email }]);
	});

	it('a phone with letters goes into the note and not into the phone field', async () => {
		await processed({ ...MARIA, phone: '0917-CALL-MARIA' });
		const [person] = around.crms[crm].holds();
		expect(person).toMatchObject({ email: MARIA.email, phone: null });
		expect(person?.notes[0]?.text).toContain('0917-CALL-MARIA');
	});

	it('a CRM that answers with a web page makes no lead and no report', async () => {
		around.crms[crm].failNext('html', 9, { matching: ({ path }) => !path.endsWith('/token') });
		const json = await around.failOne('process', { crm }, claimedLead(JOHN));
		expect(json).toMatchObject({
			error: expect.stringMatching(/gave an answer that cannot be read$/),
			details: { kind: 'unreadable', advice: expect.stringContaining('not at a web page') },
		});
		expect(around.platform.deliveries).toEqual([]);
	});
});

it('a company that nobody knows has no CRM: the lead is skipped and says so', async () => {
	const crm = "={{ { 'c-1': 'hubspot' }[$json.event.company_id] ?? 'none' }}";
	const step = leadScore('process', { crm });
	const items = [MARIA, { ...JOHN, company_id: 'c-unknown' }].map((lead) => claimedLead(lead));
	const outputs = await around.runStep(step, items);
	expect(outputs.map(({ callback }) => (callback as IDataObject).status)).toEqual([
		'synced',
		'skipped',
	]);
	expect(around.platform.deliveries.map(({ body }) => body)).toContainEqual({
		lead_id: JOHN.lead_id,
		crm: 'none',
		status: 'skipped',
		external_id: null,
		message: 'Lead skipped: No CRM is set up for this company',
	});
});

describe('a budget', () => {
	const budgetOf = async (preferences: object, property: object = {}) => {
		const event = { ...MARIA, preferences, property: { ...MARIA.property, ...property } };
		const { factors } = (await around.runOne('score', {}, { event })).scoring as unknown as {
			factors: Array<{ key: string; score: number | null; status: string; reason: string }>;
		};
		return factors.find(({ key }) => key === 'budget')!;
	};

	it.each(['20M', '₱20,000,000', '20 million', 'PHP 20000000', 20_000_000])(
		'of %p is read as twenty million',
		async (budget_max) => {
			expect(await budgetOf({ budget_max })).toMatchObject({ score: 100, status: 'known' });
		},
	);

	it.each(['5M', '₱5,000,000'])('of %p is far too small for 18.9 million', async (budget_max) => {
		expect(await budgetOf({ budget_max })).toMatchObject({ score: 0, status: 'known' });
	});

	it('in another currency is not converted in silence', async () => {
		const budget = await budgetOf({ budget_max: 400_000, currency: 'USD' });
		expect(budget).toMatchObject({ score: null, status: 'missing' });
		expect(budget.reason).toMatch(/USD.*PHP|PHP.*USD/);
	});

	it('that is no amount is not known', async () => {
		expect(await budgetOf({ budget_max: 'ask my wife' })).toMatchObject({
			score: null,
			status: 'missing',
		});
	});
});

describe('fifty leads at once of which three are broken', () => {
	const own = OWN_FIELDS.salesforce;
	const items = Array.from({ length: 50 }, (_, index) =>
		claimedLead({
			...MARIA,
			lead_id: `lead-${index}`,
			email: `lead-${index}@example.com`,
			phone: `+6391700010${String(index).padStart(2, '0')}`,
			rating: index === 37 ? 'no number' : index,
		}),
	);
	delete (items[4]!.event as IDataObject).lead_id;
	(items[21]!.event as IDataObject).email = { address: 'lead-21@example.com' };
	const step = withErrorOutput(
		leadScore('process', {
			crm: 'salesforce',
			leadIdField: own.leadId,
			...mapping({ field: own.score, value: 'other', other: '={{ $json.event.rating }}' }),
		}),
	);

	it('47 go through, and 3 come out of the error output with their index', async () => {
		const { outputs, error } = await around.run([step], items);
		expect(error).toBeUndefined();
		const whole = [...items.keys()].filter((index) => ![4, 21, 37].includes(index));
		expect(outputs[0]!.map(({ pairedItem }) => pairedItem)).toEqual(
			whole.map((item) => ({ item })),
		);
		expect(outputs[1]!.map(({ json, pairedItem }) => ({ ...json, pairedItem }))).toMatchObject([
			{
				pairedItem: { item: 4 },
				error: 'The lead does not keep to its contract',
				details: { itemIndex: 4, advice: 'lead_id: is required' },
			},
			{
				pairedItem: { item: 21 },
				event: { lead_id: 'lead-21' },
				details: { itemIndex: 21, advice: expect.stringContaining('email') },
			},
			{
				pairedItem: { item: 37 },
				error: 'Salesforce did not accept the request (JSON_PARSER_ERROR)',
				details: { itemIndex: 37, vendor: 'Salesforce', kind: 'rejected', passing: false },
			},
		]);

		const held = around.salesforce.holds();
		expect(held.map(({ email }) => email).sort()).toEqual(
			whole.map((index) => `lead-${index}@example.com`).sort(),
		);
		for (const { notes, tasks } of held) expect([notes.length, tasks.length]).toEqual([1, 1]);
		expect(around.platform.deliveries.map(({ body }) => body.lead_id).sort()).toEqual(
			whole.map((index) => `lead-${index}`).sort(),
		);
		expect(around.platform.deliveries.every(({ isValid }) => isValid)).toBe(true);
	}, 30_000);
});
