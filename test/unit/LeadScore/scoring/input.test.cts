import fc from 'fast-check';

import { leadCreated } from '../../../../nodes/shared/contracts/leadCreated';
import { toScoringInput } from '../../../../nodes/LeadScore/scoring/input';
import { timeOf } from '../../../../nodes/LeadScore/scoring/timestamp';
import { GUIDE_LEAD } from './samples.cts';

const lead = (told: object = {}) => leadCreated.parse({ ...GUIDE_LEAD, ...told });

describe('what a score is made of', () => {
	it("is in the guide's payload: how to reach them, and where they came from", () => {
		expect(toScoringInput(lead())).toEqual({
			budget: {},
			wanted: { areas: [] },
			listing: {},
			contact: { email: 'john@example.com', phone: '+639171234567', hasConsent: true },
			engagement: { source: 'facebook', events: [], previousInquiries: 0 },
		});
	});

	it.each([[undefined], [null], [false]])('a consent of %s is none', (consent) => {
		expect(toScoringInput(lead({ consent })).contact.hasConsent).toBe(false);
	});

	it('takes an empty text, as databases write a missing one, for nothing said', () => {
		const told = lead({ preferences: { preferred_city: '' }, property: { city: '', state: '' } });
		const found = { preferences: { preferred_city: 'Taguig' }, property: { city: 'Pasig' } };
		const { wanted, listing } = toScoringInput(told, found);
		expect(wanted.city).toBe('Taguig');
		expect(listing).toMatchObject({ city: 'Pasig', state: undefined });
	});

	it("takes each field from the lead, else from what was found; the lead's own words win", () => {
		const told = lead({
			preferences: { budget_max: '5M', areas: [], beds: 2, preferred_city: null },
			property: { price_amount: 0, city: 'Makati', zip_code: '1227' },
		});
		const found = {
			preferences: {
				...{ budget_min: 1_000_000, budget_max: 9_000_000, currency: 'PHP', beds: 4 },
				...{ areas: ['BGC'], preferred_city: 'Taguig', property_type: 'condo' },
			},
			property: { price_amount: 4_500_000, currency: 'PHP', city: 'Pasig', state: 'Metro Manila' },
		};
		expect(toScoringInput(told, found)).toMatchObject({
			budget: { min: 1_000_000, max: '5M', currency: 'PHP' },
			wanted: { areas: ['BGC'], city: 'Taguig', beds: 2, propertyType: 'condo' },
			listing: {
				price: 0,
				currency: 'PHP',
				city: 'Makati',
				state: 'Metro Manila',
				zipCode: '1227',
			},
		});
	});

	it('takes an empty text for nothing, and coordinates only as a pair', () => {
		const told = lead({
			preferences: { budget_max: ' ', latitude: 14.5 },
			property: { latitude: 14.1, longitude: 121.1 },
		});
		const found = {
			preferences: { budget_max: 7e6, latitude: 10, longitude: 120 },
			property: { latitude: 1, longitude: 2 },
		};
		expect(toScoringInput(told, found)).toMatchObject({
			budget: { max: 7_000_000 },
			wanted: { latitude: 10, longitude: 120 },
			listing: { latitude: 14.1, longitude: 121.1 },
		});
	});

	it('reads the times of what they did', () => {
		const told = lead({
			created_at: '2026-11-20T09:00:00+08:00',
			events: [{ type: 'viewing_request', at: '2026-11-20T01:00:00Z', property_id: 'p-1' }],
		});
		expect(toScoringInput(told).engagement).toMatchObject({
			createdAtMs: Date.UTC(2026, 10, 20, 1),
			events: [{ type: 'viewing_request', atMs: Date.UTC(2026, 10, 20, 1) }],
		});
	});
});

describe('times', () => {
	it.each([
		...['2026-11-22T09:00:00Z', '2026-02-28T23:59:59.999Z', '2024-02-29T00:00:00Z'],
		...[
			'2026-02-30T00:00:00Z',
			'2026-13-01T00:00:00Z',
			'2026-11-22T24:00:00Z',
			'0000-01-01T00:00:00Z',
		],
		...[
			'2026-11-22T09:00:00+08:00',
			'2026-11-22',
			'2026-11-22T09:00:00.5Z',
			'2026-11-22T09:00:60Z',
		],
		...['2026-11-22 09:00:00Z', '2026/11/22T09:00:00Z', 'yesterday', '', '２026-11-22T09:00:00Z'],
	])('%s is read as Date.parse reads it', (text) => {
		expect(timeOf(text)).toBe(Date.parse(text));
	});

	it('are read as Date.parse reads them', () => {
		fc.assert(
			fc.property(fc.date({ noInvalidDate: true }), fc.nat(23), fc.string(), (date, at, other) => {
				const text = date.toISOString();
				const changed = text.slice(0, at) + other.slice(0, 1) + text.slice(at + 1);
				for (const iso of [text, text.replace(/\.\d+Z/, 'Z'), changed]) {
					expect(timeOf(iso)).toBe(Date.parse(iso));
				}
			}),
			{ numRuns: 2_000 },
		);
	});
});
