/** Score Lead on n8n's engine: what goes in, what the parameters change, what comes out. */
import type { IDataObject } from 'n8n-workflow';

import {
	JOHN,
	leadScore,
	type LeadSurroundings,
	MARIA,
	startLeadSurroundings,
	withErrorOutput,
} from './leadSurroundings.cts';

let around: LeadSurroundings;
beforeAll(async () => {
	around = await startLeadSurroundings();
});
afterAll(async () => await around.close());

interface Scoring extends IDataObject {
	score: number;
	factors: Array<{ key: string; weight: number; points: number; status: string; reason: string }>;
}

async function scoreOf(item: object, parameters = {}): Promise<Scoring> {
	return (await around.runOne('score', parameters, item)).scoring as Scoring;
}

describe('Score Lead', () => {
	it("gives the guide's own payload a score that adds up, and says what is missing", async () => {
		const scoring = await scoreOf({ event: JOHN });
		// Half of 40 and of 30 for what is not known, all of 20, and 35 % of 10 rounded up.
		expect(scoring.factors.map(({ points }) => points)).toEqual([20, 15, 20, 4]);
		expect(scoring).toMatchObject({
			score: 59,
			grade: 'C',
			coverage: 30,
			isProvisional: true,
			nextBestQuestion: 'What is your budget?',
			contact: { email: JOHN.email, phone: JOHN.phone, phoneCountry: 'PH' },
		});
	});

	it('gives a lead of whom everything is known its points with a reason for each', async () => {
		const scoring = await scoreOf({ event: MARIA });
		expect(scoring).toMatchObject({ score: 94, grade: 'A', priority: 'high', coverage: 100 });
		expect(scoring.factors.map(({ points, reason }) => [points, reason])).toEqual([
			[40, 'Asks ₱18.9M, within the budget of ₱20M'],
			[30, 'Looks for BGC, and the listing is in Bonifacio Global City'],
			[20, 'Valid mobile number; e-mail can be written to'],
			[4, 'Came from social media'],
		]);
	});

	it('takes property and preferences from the item where the lead has none', async () => {
		const { property, preferences, ...lead } = MARIA;
		expect(await scoreOf({ event: lead, property, preferences })).toEqual(
			await scoreOf({ event: MARIA }),
		);
	});

	it('takes each field from the lead first', async () => {
		const found = { preferences: { budget_max: 1_000_000, currency: 'PHP', areas: ['Cebu'] } };
		expect(await scoreOf({ event: MARIA, ...found })).toEqual(await scoreOf({ event: MARIA }));
	});

	it('reads a row of a database, empty fields and all', async () => {
		const { preferences, property, ...lead } = MARIA;
		const row = { id: MARIA.lead_id, email: 'x', budget_max: 20_000_000, preferred_city: '' };
		const scoring = await scoreOf({
			event: lead,
			property,
			preferences: { ...row, areas: preferences.areas, latitude: null },
		});
		expect(scoring).toMatchObject({ score: 94, contact: { email: MARIA.email } });
	});

	it('takes the item itself as the lead where it has no such field', async () => {
		expect(await scoreOf(JOHN)).toEqual(await scoreOf({ event: JOHN }));
		expect(await scoreOf({ lead: JOHN }, { leadField: 'lead' })).toEqual(await scoreOf(JOHN));
	});

	it("passes the item's other fields through", async () => {
		const item = { event: JOHN, correlationId: 'corr-7', kept: { along: ['x'] } };
		expect(await around.runOne('score', {}, item)).toMatchObject(item);
	});
});

describe('the weights', () => {
	it('changed on the node change the points', async () => {
		const weights = {
			budgetWeight: 10,
			locationWeight: 20,
			contactWeight: 70,
			engagementWeight: 0,
		};
		const scoring = await scoreOf({ event: MARIA }, weights);
		expect(scoring.factors.map(({ weight }) => weight)).toEqual([10, 20, 70, 0]);
		expect(scoring.factors.map(({ points }) => points)).toEqual([10, 20, 70, 0]);
		expect(scoring.score).toBe(100);
	});

	it('that do not add up to 100 end in an error that names the parameters', async () => {
		const step = leadScore('score', { budgetWeight: 50 });
		const { error } = await around.run([step], [{ event: JOHN }]);
		expect(error).toMatchObject({
			message: 'The weights must add up to 100, and they add up to 110',
			description:
				'Correct Budget Weight (50), Location Weight (30), Contact Weight (20) or Engagement Weight (10).',
			context: { itemIndex: 0 },
		});
	});

	it('may be an expression, evaluated for each item', async () => {
		const step = withErrorOutput(
			leadScore('score', {
				budgetWeight: '={{ $json.company.weight }}',
				locationWeight: '={{ 70 - $json.company.weight }}',
			}),
		);
		const weights = [0, 70, 80, 40];
		const items = weights.map((weight) => ({ event: JOHN, company: { weight } }));
		const { outputs } = await around.run([step], items);
		const found = outputs[0]!.map(({ json }) => (json.scoring as Scoring).factors[0]?.weight);
		expect(found).toEqual([0, 70, 40]);
		expect(outputs[1]!.map(({ json }) => json)).toMatchObject([
			{
				error: 'The weight of location must be a number from 0 to 100',
				details: { itemIndex: 2, advice: expect.stringContaining('Location Weight (-10)') },
			},
		]);
	});
});

describe('the options', () => {
	it('say how places are also called', async () => {
		const event = { ...MARIA, preferences: { ...MARIA.preferences, areas: ['The Fort District'] } };
		const scoringOptions = { places: 'The Fort District = Bonifacio Global City\n\nno alias' };
		expect((await scoreOf({ event })).score).toBeLessThan(94);
		expect((await scoreOf({ event }, { scoringOptions })).score).toBe(94);
	});

	it('say from which country numbers without a code are', async () => {
		const event = { ...JOHN, phone: '(210) 555-0142' };
		const contactOf = async (parameters: object) => (await scoreOf({ event }, parameters)).contact;
		expect(await contactOf({})).not.toHaveProperty('phoneCountry');
		expect(await contactOf({ scoringOptions: { defaultCountry: 'US' } })).toMatchObject({
			phone: '+12105550142',
			phoneCountry: 'US',
		});
	});
});

describe('who somebody is', () => {
	it.each<[string, object]>([
		['first name', { first_name: 'Fatima' }],
		['last name', { last_name: 'van der Berg' }],
		['message', { message: 'We are a young family with three children and a guide dog.' }],
		['age', { age: 71 }],
		['sex', { sex: 'female', gender: 'female' }],
		['religion', { religion: 'Iglesia ni Cristo' }],
		['nationality', { nationality: 'Filipino', citizenship: 'PH' }],
		['family', { familial_status: 'single mother', children: 3 }],
		['disability', { disability: 'uses a wheelchair' }],
		['home address', { address: '9 Elsewhere St', city: 'Cebu', zip_code: '6000' }],
	])('never enters the score: another %s', async (_what, change) => {
		const known = await scoreOf({ event: MARIA });
		expect(await scoreOf({ event: { ...MARIA, ...change } })).toEqual(known);
	});
});
