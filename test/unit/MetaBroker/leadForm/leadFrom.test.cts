import fc from 'fast-check';

import { type LeadField, questionKey } from '../../../../nodes/MetaBroker/leadForm/leadFields';
import { leadFrom } from '../../../../nodes/MetaBroker/leadForm/leadFrom';
import { checkContract } from '../../../../nodes/shared/contracts/check';
import { leadCreated } from '../../../../nodes/shared/contracts/leadCreated';
import type { LeadForm } from '../../../../nodes/shared/vendors/meta/leadForm';

/** The lead of a form with these answers. */
function lead(
	answers: Record<string, string | string[]>,
	{
		fields = {},
		form = {},
		consent = true,
	}: {
		fields?: Record<string, LeadField>;
		form?: Partial<LeadForm>;
		consent?: boolean;
	} = {},
) {
	return leadFrom(
		{
			id: '1',
			answers: Object.entries(answers).map(([name, given]) => ({ name, values: [given].flat() })),
			...form,
		},
		{ companyId: 'company', consent, fields: new Map(Object.entries(fields)) },
	);
}

describe("an answer to one of Meta's own questions", () => {
	it.each<[string, string, object]>([
		['email', 'a@example.com', { email: 'a@example.com' }],
		['work_email', 'a@example.com', { email: 'a@example.com' }],
		['phone_number', '+639175550123', { phone: '+639175550123' }],
		['work_phone_number', '0917', { phone: '0917' }],
		['full_name', 'Ana', { first_name: 'Ana' }],
		['full_name', ' Ana  Maria de la Cruz ', { first_name: 'Ana', last_name: 'Maria de la Cruz' }],
		['first_name', 'Ana', { first_name: 'Ana' }],
		['last_name', 'Reyes', { last_name: 'Reyes' }],
		['city', 'Makati', { preferences: { preferred_city: 'Makati' } }],
		['budget', '₱5M', { preferences: { budget_max: '₱5M' } }],
		['bedrooms', '3 bedrooms', { preferences: { beds: 3 } }],
		['bedrooms', '2', { preferences: { beds: 2 } }],
		['property_type', 'Condo', { preferences: { property_type: 'Condo' } }],
		['property_id', 'p-1', { property_id: 'p-1' }],
		['Email', 'a@example.com', { email: 'a@example.com' }],
	])('%s: "%s" has its field', (question, value, expected) => {
		const found = lead({ [question]: value });
		expect(found).toMatchObject(expected);
		expect(found).not.toHaveProperty('message');
	});

	it.each(['gender', 'marital_status', 'date_of_birth'])('%s is told to nobody', (question) => {
		expect(JSON.stringify(lead({ [question]: 'secret' }))).not.toContain('secret');
	});

	it.each([
		['property_id', 'the blue house', 'property id: the blue house'],
		['bedrooms', 'Studio', 'bedrooms: Studio'],
	])(
		'%s that cannot stand in its field goes into the message: "%s"',
		(question, value, message) => {
			expect(lead({ [question]: value })).toMatchObject({ message, property_id: null });
		},
	);
});

describe('an answer to a question of ones own', () => {
	it('goes where it is told to, in front of what Meta would say', () => {
		const fields = { city: 'message', what_is_your_budget: 'budget_min' } as const;
		expect(lead({ city: 'Makati', 'what_is_your_budget?': '5M' }, { fields })).toMatchObject({
			message: 'Makati',
			preferences: { budget_min: '5M' },
		});
	});

	it('goes into the message otherwise, with its question; a second one for a field too', () => {
		const answers = {
			'when_do_you_move?': 'June',
			email: 'a@example.com',
			work_email: 'b@example.com',
		};
		expect(lead(answers)).toMatchObject({
			email: 'a@example.com',
			message: 'when do you move?: June\nwork email: b@example.com',
		});
	});

	it('is nothing where nothing was answered', () => {
		const found = lead({ email: ' ', note: [] });
		expect(found).toMatchObject({ email: null });
		expect(found).not.toHaveProperty('message');
	});

	it('may be several areas', () => {
		const fields = { areas: 'areas' } as const;
		expect(lead({ areas: ['BGC', 'Makati, Ortigas', ' '] }, { fields }).preferences).toEqual({
			areas: ['BGC', 'Makati', 'Ortigas'],
		});
	});
});

describe('what Meta says of the form', () => {
	it.each<[Partial<LeadForm>, object]>([
		[{}, { source: 'facebook', medium: 'paid_social' }],
		[{ platform: 'fb' }, { source: 'facebook', medium: 'paid_social' }],
		[{ platform: 'ig' }, { source: 'instagram', medium: 'paid_social' }],
		[{ isOrganic: true }, { source: 'facebook', medium: 'organic_social' }],
		[
			{ adName: 'Carousel', campaignName: 'bgc' },
			{ source: 'facebook', medium: 'paid_social', campaign: 'bgc', content: 'Carousel' },
		],
	])('%j stands in utm as %j', (form, utm) => {
		expect(lead({}, { form }).utm).toEqual(utm);
	});

	it('keeps when it was sent in, and whether that is consent', () => {
		const form = { createdAt: '2026-11-20T09:30:00.000Z' };
		expect(lead({}, { form, consent: false })).toEqual({
			lead_id: '8c1f86c4-53d5-5982-8d2e-fc12a8234493',
			company_id: 'company',
			email: null,
			phone: null,
			property_id: null,
			utm: { source: 'facebook', medium: 'paid_social' },
			consent: false,
			created_at: '2026-11-20T09:30:00.000Z',
		});
	});
});

it.each([
	['What is your budget?', 'what_is_your_budget'],
	['what_is_your_budget?', 'what_is_your_budget'],
	['  Magkano ang  BADYET mo?! ', 'magkano_ang_badyet_mo'],
	['¿Cuántos años?', 'cuántos_años'],
	['123', '123'],
	['?!', ''],
])('the question "%s" is compared as "%s"', (question, key) => {
	expect(questionKey(question)).toBe(key);
});

it("whatever people answer, the lead keeps to the platform's contract", () => {
	const fields = fc.constantFrom<LeadField>(
		...(['email', 'phone', 'full_name', 'first_name', 'last_name', 'property_id'] as const),
		...(['budget_min', 'budget_max', 'areas', 'preferred_city', 'beds'] as const),
		...(['property_type', 'message', 'ignore'] as const),
	);
	const longText = fc.string({ unit: 'binary', maxLength: 12 }).map((text) => text.repeat(1000));
	const answer = fc.tuple(fields, fc.oneof(fc.string({ unit: 'binary' }), longText));
	fc.assert(
		fc.property(fc.array(answer, { maxLength: 20 }), (given) => {
			const answers = Object.fromEntries(given.map(([, value], index) => [`q${index}`, value]));
			const mapping = Object.fromEntries(given.map(([field], index) => [`q${index}`, field]));
			expect(checkContract(leadCreated, lead(answers, { fields: mapping }))).toMatchObject({
				ok: true,
			});
		}),
	);
});
