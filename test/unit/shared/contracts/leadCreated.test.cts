import { zodToJsonSchema } from 'zod-to-json-schema';

import { checkContract, describeProblems } from '../../../../nodes/shared/contracts/check';
import { CONTRACTS } from '../../../../nodes/shared/contracts';
import { leadCreated } from '../../../../nodes/shared/contracts/leadCreated';

/** The payload of the platform's integration guide, word for word. */
const GUIDE = JSON.parse(`{
  "lead_id": "uuid",
  "company_id": "uuid",
  "email": "john@example.com",
  "phone": "+639171234567",
  "property_id": "uuid",
  "utm": {
    "source": "facebook",
    "campaign": "summer2024"
  },
  "consent": true
}`) as Record<string, unknown>;

const REQUIRED = ['lead_id', 'company_id'];

function fieldsAtFault(value: unknown): string[] {
	const checked = checkContract(leadCreated, value);
	return checked.ok ? [] : checked.problems.map(({ field }) => field);
}

describe('a lead', () => {
	it("is valid as the guide's example has it", () => {
		expect(checkContract(leadCreated, GUIDE)).toEqual({ ok: true, value: GUIDE });
		expect(CONTRACTS['lead-created']).toBe(leadCreated);
	});

	it.each(REQUIRED)('is refused without %s, by its name', (field) => {
		const { [field]: _dropped, ...rest } = GUIDE;
		expect(fieldsAtFault(rest)).toEqual([field]);
		expect(fieldsAtFault({ ...GUIDE, [field]: null })).toEqual([field]);
	});

	it.each(Object.keys(GUIDE).filter((field) => !REQUIRED.includes(field)))(
		'may lack %s, for people do not say everything',
		(field) => {
			const { [field]: _dropped, ...rest } = GUIDE;
			expect(fieldsAtFault(rest)).toEqual([]);
			expect(fieldsAtFault({ ...GUIDE, [field]: null })).toEqual([]);
		},
	);

	// What people type is taken as it is; the score says what it is worth.
	it.each<[string, unknown]>([
		['email', ''],
		['email', '  JOHN@Example.COM '],
		['email', 'not an address'],
		['phone', 'call me'],
		['phone', ''],
		['utm', {}],
		['utm', { source: null, gclid: 'abc' }],
		['consent', false],
		['first_name', ''],
		['message', ''],
		['message', '<script>alert(1)</script>'],
		['created_at', '2026-11-20T17:00:00+08:00'],
		['preferences', { budget_max: '5M' }],
		['preferences', { budget_min: '₱3,000,000', budget_max: 5_000_000 }],
		['preferences', { areas: [], beds: '2', latitude: '14.55', longitude: 121.05 }],
		['property', { price_amount: '5000000.00', currency: 'PHP' }],
		['property', { beds: 0 }],
		['engagement_score', '80.5'],
		['events', []],
		['events', [{ type: 'viewing_request', at: '2026-11-20T09:00:00Z', channel: 'web' }]],
		['previous_inquiries', 0],
	])('may have %s as %p', (field, value) => {
		expect(fieldsAtFault({ ...GUIDE, [field]: value })).toEqual([]);
	});

	it.each<[string, unknown, string?]>([
		['lead_id', 7],
		['lead_id', ''],
		['lead_id', 'two words'],
		['lead_id', "x'; DROP TABLE lead\n--"],
		['lead_id', 'ñ'],
		['lead_id', 'x'.repeat(129)],
		['company_id', { id: 'c-1' }],
		['email', 7],
		['email', ['john@example.com']],
		['email', 'x'.repeat(321)],
		['phone', 639171234567],
		['phone', '0'.repeat(65)],
		['property_id', ''],
		['utm', 'facebook'],
		['utm', { source: 7 }, 'utm.source'],
		['utm', { campaign: 'x'.repeat(201) }, 'utm.campaign'],
		['consent', 'yes'],
		['consent', 1],
		['first_name', 'x'.repeat(121)],
		['message', 'x'.repeat(10_001)],
		['created_at', 'yesterday'],
		['created_at', '2026-11-20 17:00:00'],
		['preferences', []],
		['preferences', { budget_max: 'x'.repeat(61) }, 'preferences.budget_max'],
		['preferences', { budget_max: Number.NaN }, 'preferences.budget_max'],
		['preferences', { budget_max: { amount: 5 } }, 'preferences.budget_max'],
		['preferences', { currency: 'pesos' }, 'preferences.currency'],
		['preferences', { areas: 'BGC' }, 'preferences.areas'],
		['preferences', { areas: ['BGC', ''] }, 'preferences.areas.1'],
		['preferences', { areas: Array(51).fill('BGC') }, 'preferences.areas'],
		['preferences', { latitude: 91 }, 'preferences.latitude'],
		['preferences', { longitude: 'east' }, 'preferences.longitude'],
		['preferences', { beds: -1 }, 'preferences.beds'],
		['property', { url: 7 }, 'property.url'],
		['property', { title: 'x'.repeat(301) }, 'property.title'],
		['property', { price_amount: true }, 'property.price_amount'],
		['engagement_score', 101],
		['engagement_score', -1],
		['events', {}],
		['events', [{ type: 'viewing_request' }], 'events.0.at'],
		['events', [{ type: 'x', at: 'yesterday' }], 'events.0.at'],
		['events', Array(501).fill({ type: 'x', at: '2026-11-20T09:00:00Z' })],
		['previous_inquiries', -1],
		['previous_inquiries', 1.5],
	])('is refused when %s is %p, by its name', (field, value, ...[name = field]) => {
		expect(fieldsAtFault({ ...GUIDE, [field]: value })).toEqual([name]);
	});

	it('may have empty texts, as databases write missing ones', () => {
		const lead = {
			...GUIDE,
			property: { title: '', city: '   ', price_amount: '' },
			preferences: { preferred_city: '' },
		};
		expect(fieldsAtFault(lead)).toEqual([]);
	});

	it('has every field at fault named', () => {
		expect(
			fieldsAtFault({ lead_id: 'l-1', consent: 'yes', utm: { source: 1 }, property: { beds: -1 } }),
		).toEqual(['company_id', 'utm.source', 'consent', 'property.beds']);
	});

	it.each([null, [], 'lead', 7])('is refused as a whole when it is %p', (value) => {
		expect(fieldsAtFault(value)).toEqual(['(body)']);
	});

	it('keeps fields that nobody here knows, also within others', () => {
		const lead = {
			...GUIDE,
			agent: { team: 'BGC' },
			utm: { source: 'facebook', gclid: 'abc' },
			preferences: { pets: true },
			property: { floor: 5 },
		};
		expect(checkContract(leadCreated, lead)).toEqual({ ok: true, value: lead });
	});

	it('is described without what its fields held', () => {
		const checked = checkContract(leadCreated, {
			...GUIDE,
			email: 'secret@example.com'.repeat(30),
			consent: 'secret-word',
		});
		const text = checked.ok ? '' : describeProblems(checked.problems);
		expect(text).toMatch(/^email: .*; consent: Expected boolean, received string$/);
		expect(text).not.toContain('secret');
	});

	it('is published as a JSON Schema with the same required fields', () => {
		const schema = zodToJsonSchema(leadCreated, { target: 'jsonSchema7' });
		expect(schema).toMatchObject({ required: REQUIRED, additionalProperties: true });
	});
});
