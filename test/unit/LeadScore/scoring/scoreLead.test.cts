import { leadCreated } from '../../../../nodes/shared/contracts/leadCreated';
import { toScoringInput } from '../../../../nodes/LeadScore/scoring/input';
import { createScorer } from '../../../../nodes/LeadScore/scoring/scoreLead';
import { DAY, GUIDE_LEAD, NOW } from './samples.cts';

function score(lead: object, settings = {}) {
	const told = leadCreated.parse({ lead_id: 'l-1', company_id: 'c-1', ...lead });
	return createScorer(settings)(toScoringInput(told), NOW);
}

const FULL_LEAD = {
	email: 'Ana@Gmail.com',
	phone: '0917 123 4567',
	consent: true,
	utm: { source: 'lamudi' },
	created_at: new Date(NOW - 2 * DAY).toISOString(),
	preferences: { budget_max: '₱18M', areas: ['BGC'] },
	property: { price_amount: 18_500_000, currency: 'PHP', neighborhood: 'BGC', city: 'Taguig' },
};

describe('the score of a lead', () => {
	it("of the guide's own payload rests on 30 %, and says so", () => {
		const scored = score(GUIDE_LEAD);
		// Contact 100 of 100, social media 35 of 100, the rest neutral: 20 + 15 + 20 + 3.5 = 58.5.
		expect(scored).toMatchObject({
			score: 59,
			grade: 'C',
			priority: 'low',
			coverage: 30,
			isProvisional: true,
			fit: null,
			reachability: 100,
			engagement: 35,
			nextBestQuestion: 'What is your budget?',
			contact: { email: 'john@example.com', phone: '+639171234567', phoneCountry: 'PH' },
			scoringVersion: '1',
		});
		expect(
			scored.factors.map(({ key, points, score: own, status }) => [key, points, own, status]),
		).toEqual([
			['budget', 20, null, 'missing'],
			['location', 15, null, 'missing'],
			['contact', 20, 100, 'known'],
			['engagement', 4, 35, 'known'],
		]);
		expect(scored.strengths).toEqual(['Valid mobile number; e-mail can be written to (+10)']);
		// 10 * (35 - 50) / 100 = -1.5, said as a whole number.
		expect(scored.weaknesses).toEqual([
			'Came from social media (-2)',
			'Provisional: only 30 % of the score is known',
		]);
	});

	it('of a lead that says all', () => {
		// Budget 0.5 ^ ((500 / 18000 / 0.1)²) = 94.79: 37.92. Location 30, contact 20, portal 7: 94.92.
		expect(score(FULL_LEAD)).toMatchObject({
			score: 95,
			grade: 'A',
			priority: 'high',
			coverage: 100,
			isProvisional: false,
			// (40 * 94.79 + 30 * 100) / 70 = 97.03
			fit: 97,
			nextBestQuestion: null,
			factors: [
				{ points: 38, score: 95, reason: 'Asks ₱18.5M, 3 % above the budget of ₱18M' },
				{ points: 30, score: 100, reason: 'Looks for BGC, where the listing is' },
				{ points: 20, score: 100, reason: 'Valid mobile number; e-mail can be written to' },
				{ points: 7, score: 70, reason: 'Came from a property portal 2 days ago' },
			],
			strengths: [
				'Asks ₱18.5M, 3 % above the budget of ₱18M (+18)',
				'Looks for BGC, where the listing is (+15)',
				'Valid mobile number; e-mail can be written to (+10)',
				'Came from a property portal 2 days ago (+2)',
			],
			weaknesses: [],
		});
	});

	it('of a lead that says nothing is neutral but for being out of reach', () => {
		const scored = score({});
		// 20 + 15 + 0 + 5, and only contact, 20 %, is known.
		expect(scored).toMatchObject({
			score: 40,
			grade: 'C',
			coverage: 20,
			isProvisional: true,
			weaknesses: [
				'No e-mail and no phone number (-10)',
				'Provisional: only 20 % of the score is known',
			],
		});
	});

	it('is no A while less than half is known, and says what it would be', () => {
		const settings = {
			neutralScore: 95,
			weights: { budget: 60, location: 0, contact: 30, engagement: 10 },
		};
		expect(score(GUIDE_LEAD, settings)).toMatchObject({
			// 60 * 0.95 + 30 + 3.5 = 90.5
			score: 91,
			grade: 'B',
			gradeCappedFrom: 'A',
			priority: 'medium',
			coverage: 40,
			isProvisional: false,
			weaknesses: ['Came from social media (-6)', 'Too little is known for an A'],
		});
		expect(score(FULL_LEAD)).not.toHaveProperty('gradeCappedFrom');
	});

	it('counts what is inferred half', () => {
		const asked = { ...GUIDE_LEAD, property: FULL_LEAD.property };
		expect(score(asked)).toMatchObject({ score: 59, coverage: 30 });
		// 40 * (0.5 * 75 + 0.5 * 50) / 100 = 25; 30 * 62.5 / 100 = 18.75; 20; 3.5: 67.25.
		expect(score(asked, { inferFromProperty: true })).toMatchObject({
			score: 67,
			coverage: 65,
			fit: 75,
			factors: [
				{ points: 25, score: 75, status: 'inferred' },
				{ points: 19, score: 75, status: 'inferred' },
				{ points: 20 },
				{ points: 3 },
			],
			nextBestQuestion: 'What is your budget?',
		});
	});

	it('asks next for what would settle most, and only what the lead can tell', () => {
		expect(score({ ...FULL_LEAD, utm: null }).nextBestQuestion).toBe('How did you find us?');
		expect(score({ ...FULL_LEAD, preferences: { areas: ['BGC'] } }).nextBestQuestion).toBe(
			'What is your budget?',
		);
		expect(score({ ...FULL_LEAD, preferences: { budget_max: 1e7 } }).nextBestQuestion).toBe(
			'Which areas are you looking in?',
		);
		expect(score({ ...FULL_LEAD, property: null }).nextBestQuestion).toBeNull();
	});

	it('follows the settings', () => {
		const weights = { budget: 10, location: 20, contact: 30, engagement: 40 };
		expect(score(FULL_LEAD, { weights }).factors.map(({ weight }) => weight)).toEqual([
			10, 20, 30, 40,
		]);
		expect(score(FULL_LEAD, { defaultCountry: 'US' }).contact).toMatchObject({
			phone: '0917 123 4567',
		});
		expect(score(FULL_LEAD, { defaultCountry: 'Philippines' }).contact).toMatchObject({
			phone: '+639171234567',
		});
		expect(score(FULL_LEAD, { defaultCountry: '', neutralScore: undefined }).score).toBeGreaterThan(
			50,
		);
		const places = { 'The Fort Strip': 'BGC' };
		const lead = { ...FULL_LEAD, preferences: { areas: ['the fort strip'] } };
		expect(score(lead, { places }).factors[1]).toMatchObject({ score: 100 });
		expect(score(lead).factors[1]).toMatchObject({ score: 0, status: 'inferred' });
	});
});
