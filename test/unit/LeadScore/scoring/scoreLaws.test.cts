import fc from 'fast-check';

import { toScoringInput } from '../../../../nodes/LeadScore/scoring/input';
import { createScorer } from '../../../../nodes/LeadScore/scoring/scoreLead';
import { FACTORS, type Weights } from '../../../../nodes/LeadScore/scoring/weights';
import { cpuMs, MOMENT_MS, NOW, scoringInput } from './samples.cts';

const scoreInput = createScorer();

const amount = fc.oneof(
	fc.integer({ min: 1, max: 100_000_000 }),
	fc.constantFrom(0, -1, NaN, Infinity, '5M', '₱5,000,000', '3M-5M', 'none', '', '$100k'),
);
const place = fc.constantFrom('BGC', 'Makati', 'Taguig', 'NCR', 'Cebu City', 'Poblacion', '1634');
const coordinate = fc.double({ min: -80, max: 80, noNaN: true });
const partly = <T,>(record: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
	fc.record(record, { requiredKeys: [] });

const preferences = partly({
	budget_min: amount,
	budget_max: amount,
	areas: fc.array(place, { maxLength: 4 }),
	preferred_city: place,
	latitude: coordinate,
	longitude: coordinate,
	beds: fc.nat(6),
	property_type: fc.constantFrom('condo', 'house', 'lot'),
});
const property = partly({
	price_amount: amount,
	neighborhood: place,
	city: place,
	zip_code: fc.constant('1634'),
	latitude: coordinate,
	longitude: coordinate,
	country: fc.constantFrom('PH', 'Singapore', 'nowhere'),
	beds: fc.nat(6),
	property_type: fc.constantFrom('Condominium', 'house'),
});
const told = partly({
	email: fc.oneof(fc.emailAddress(), fc.constantFrom('a@gmial.com', 'info@yopmail.com', 'x', '')),
	phone: fc.constantFrom('+639171234567', '0917 123 4567', '+12105550100', 'CALL ME', ''),
	consent: fc.boolean(),
	utm: partly({
		source: fc.constantFrom('facebook', 'lamudi', 'google', 'nobody'),
		medium: fc.constantFrom('cpc', 'organic', ''),
	}),
	created_at: fc.constant('2026-11-20T09:00:00Z'),
	engagement_score: fc.nat(100),
	previous_inquiries: fc.nat(5),
	events: fc.array(
		fc.record({
			type: fc.constantFrom('viewing_request', 'view', 'bounce'),
			at: fc.constantFrom('2026-11-21T09:00:00Z', '2026-01-01T00:00:00Z', '2030-01-01T00:00:00Z'),
		}),
		{ maxLength: 5 },
	),
	preferences,
	property,
});
const weights = fc
	.tuple(fc.nat(100), fc.nat(100), fc.nat(100))
	.map((cuts) => [0, ...cuts.sort((a, b) => a - b), 100])
	.map((cuts) => FACTORS.map((key, index) => [key, cuts[index + 1]! - cuts[index]!] as const))
	.map((pairs) => Object.fromEntries(pairs) as unknown as Weights);
const settings = fc.record({ weights, neutralScore: fc.nat(100), inferFromProperty: fc.boolean() });

type Lead = Parameters<typeof toScoringInput>[0];
const asLead = (lead: object) => ({ lead_id: 'l-1', company_id: 'c-1', ...lead }) as Lead;

describe('laws of the score', () => {
	it('points are whole, add up to the score, and none is above its weight', () => {
		fc.assert(
			fc.property(told, settings, (lead, given) => {
				const {
					score: total,
					factors,
					coverage,
				} = createScorer(given)(toScoringInput(asLead(lead)), NOW);
				expect(factors.map(({ key }) => key)).toEqual(FACTORS);
				let sum = 0;
				for (const { points, weight, score: own, status } of factors) {
					expect(Number.isInteger(points)).toBe(true);
					expect(points).toBeGreaterThanOrEqual(0);
					expect(points).toBeLessThanOrEqual(weight);
					expect(own === null).toBe(status === 'missing');
					if (own !== null) expect(own >= 0 && own <= 100 && Number.isInteger(own)).toBe(true);
					sum += points;
				}
				expect(sum).toBe(total);
				expect(total >= 0 && total <= 100).toBe(true);
				expect(coverage >= 0 && coverage <= 100 && Number.isInteger(coverage)).toBe(true);
			}),
			{ numRuns: 1_000 },
		);
	});

	it('the same lead at the same time has the same score, whoever came before it', () => {
		fc.assert(
			fc.property(told, told, (lead, other) => {
				const input = toScoringInput(asLead(lead));
				const first = createScorer()(input, NOW);
				const scorer = createScorer();
				scorer(toScoringInput(asLead(other)), NOW);
				expect(scorer(input, NOW)).toEqual(first);
			}),
		);
	});

	it('knowing more never lowers what is known', () => {
		fc.assert(
			fc.property(
				told,
				fc.constantFrom('preferences', 'property', 'utm', 'engagement_score'),
				(lead, key) => {
					const readable = {
						...lead,
						preferences: { ...lead.preferences, budget_min: undefined, budget_max: 5e6 },
						property: { ...lead.property, price_amount: 5e6 },
					};
					const less = { ...readable, [key]: undefined };
					const coverage = (of: object) => scoreInput(toScoringInput(asLead(of)), NOW).coverage;
					expect(coverage(readable)).toBeGreaterThanOrEqual(coverage(less));
				},
			),
		);
	});

	it('nothing else about the person changes anything', () => {
		const personal = partly({
			first_name: fc.string({ unit: 'grapheme' }),
			last_name: fc.string({ unit: 'grapheme' }),
			message: fc.oneof(
				fc.string({ unit: 'grapheme' }),
				fc.constantFrom('my budget is 99M', 'we are a family with children', 'call me on 0917'),
			),
			gender: fc.constantFrom('f', 'm'),
			age: fc.nat(120),
			religion: fc.string(),
			nationality: fc.string(),
			marital_status: fc.string(),
			language: fc.constantFrom('tl', 'en', 'zh'),
			residence: fc.record({ city: place, country: fc.string() }),
			address: fc.string(),
			city: place,
			latitude: coordinate,
			lead_id: fc.uuid(),
			company_id: fc.uuid(),
			property_id: fc.uuid(),
		});
		fc.assert(
			fc.property(told, personal, personal, (lead, one, other) => {
				const of = (person: object) => {
					const { latitude, longitude } = lead.preferences ?? {};
					const told = {
						...person,
						...lead,
						utm: { ...person, ...lead.utm },
						// Coordinates say within preferences where they look: there they are the lead's own.
						preferences: { ...person, latitude, longitude, ...lead.preferences },
					};
					return scoreInput(toScoringInput(asLead(told)), NOW);
				};
				expect(of(one)).toEqual(of(other));
			}),
		);
	});

	it('is not moved by what only the country of a phone number tells once the lead can be reached', () => {
		const reach = { email: 'ana@gmail.com', hasConsent: true };
		const [home, abroad] = ['+639171234567', '+6591234567'].map((phone) =>
			scoreInput(scoringInput({ contact: { ...reach, phone } }), NOW),
		);
		expect(abroad!.score).toBe(home!.score);
	});

	it('takes any text anywhere, in time, and repeats none of it but the names of the listing', () => {
		const naughty = fc.oneof(
			fc.string({ unit: 'binary', maxLength: 60 }),
			fc.constantFrom('<script>alert(1)</script>', '${7*7}', '=cmd()', '__proto__', 'constructor'),
			fc.constantFrom("'; DROP TABLE leads;--", '\u202e5M', '💰'.repeat(10), 'A'.repeat(60)),
		);
		const started = cpuMs();
		fc.assert(
			fc.property(fc.array(naughty, { minLength: 12, maxLength: 12 }), (texts) => {
				const [email, phone, source, medium, min, max, area, city, type, event, price, currency] =
					texts;
				const scored = scoreInput(
					scoringInput({
						contact: { email, phone },
						budget: { min, max },
						wanted: { areas: [area!], city, propertyType: type },
						listing: { price, currency, city: 'Makati', propertyType: 'condo' },
						engagement: { source, medium, events: [{ type: event!, atMs: NOW }] },
					}),
					NOW,
				);
				expect(Number.isInteger(scored.score)).toBe(true);
				const said = scored.factors.flatMap(({ reason, details = [] }) => [reason, ...details]);
				expect(said.join('\n')).not.toMatch(/[<>{}=;]{2}|script|DROP|AAAA|💰|\u202e/);
			}),
			{ numRuns: 2_000 },
		);
		expect(cpuMs() - started).toBeLessThan(MOMENT_MS);
	});
});
