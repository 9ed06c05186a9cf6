import fc from 'fast-check';
import { z } from 'zod';

import { CONTRACTS } from '../../../../nodes/shared/contracts';
import { checkContract } from '../../../../nodes/shared/contracts/check';
import { takesAsIs } from '../../../../nodes/shared/contracts/takesAsIs';
import { DEMO_LEADS } from '../../../../sandbox/platform/demoLeads.cts';
import { DEMO_LISTINGS } from '../../../../sandbox/platform/seed.cts';

/** What the shortcut promises, said by zod. */
function isTakenAsItIs(schema: z.ZodTypeAny, value: unknown): boolean {
	const parsed = schema.safeParse(value);
	return parsed.success && JSON.stringify(sorted(parsed.data)) === JSON.stringify(sorted(value));
}

/** Zod puts the fields it knows first. */
function sorted(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(sorted);
	if (typeof value !== 'object' || value === null) return value;
	const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
	return entries.map(([key, member]) => [key, sorted(member)]);
}

/** JSON as senders make it: near a valid event, and with anything in any place. */
const odd = fc.oneof(
	fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<unknown>,
	fc.constantFrom(
		'',
		' ',
		' x ',
		'5',
		'5M',
		'PHP',
		'php',
		'2026-11-22T10:00:00Z',
		0,
		-1,
		91,
		1e308,
	),
	fc.string({ minLength: 100, maxLength: 400 }),
	fc.array(fc.constantFrom('BGC', ' BGC', '', 5), { maxLength: 60 }),
);

const SAMPLES = [
	...DEMO_LEADS.map(({ payload }) => ['lead-created', payload] as const),
	...DEMO_LISTINGS.map(({ payload }) => ['enrich-property', payload] as const),
];

describe('a value that is taken as it is', () => {
	it.each(DEMO_LEADS)('is, for example: $label', ({ payload }) => {
		expect(takesAsIs(CONTRACTS['lead-created'], payload)).toBe(true);
		expect(checkContract(CONTRACTS['lead-created'], payload)).toEqual({ ok: true, value: payload });
	});

	it.each(SAMPLES)(
		'is one that zod accepts and does not change: %s with odd fields',
		(name, payload) => {
			const contract = CONTRACTS[name] as z.AnyZodObject;
			const nested = Object.entries(contract.shape)
				.filter(([key]) => typeof (payload as Record<string, unknown>)[key] === 'object')
				.map(([key]) => key);
			fc.assert(
				fc.property(
					fc.dictionary(fc.constantFrom(...Object.keys(contract.shape), 'other'), odd, {
						maxKeys: 3,
					}),
					fc.option(fc.constantFrom(...(nested.length > 0 ? nested : ['other']))),
					fc.dictionary(
						fc.constantFrom(
							'city',
							'areas',
							'latitude',
							'beds',
							'source',
							'price_amount',
							'currency',
						),
						odd,
						{ maxKeys: 3 },
					),
					(changed, inside, deeper) => {
						const value: Record<string, unknown> = { ...payload, ...changed };
						if (inside) value[inside] = { ...(value[inside] as object), ...deeper };
						if (takesAsIs(contract, value)) expect(isTakenAsItIs(contract, value)).toBe(true);
					},
				),
				{ numRuns: 400 },
			);
		},
	);

	it('is never one with a key that zod would drop', () => {
		const value: unknown = JSON.parse(
			'{"lead_id":"1","company_id":"2","__proto__":{"email":"a@b.co"}}',
		);
		expect(takesAsIs(CONTRACTS['lead-created'], value)).toBe(false);
	});
});

describe('each kind of schema says what zod says', () => {
	it.each<[string, z.ZodTypeAny]>([
		['text', z.string()],
		['trimmed text', z.string().trim().min(1).max(5)],
		['text of a form', z.string().regex(/^[A-Z]{3}$/)],
		['text by an expression with a memory', z.string().regex(/a/g)],
		['a web address', z.string().url()],
		['a number', z.number()],
		['a bounded number', z.number().min(0).max(90)],
		['a number above', z.number().gt(0)],
		['a whole number', z.number().int()],
		['yes or no', z.boolean()],
		['one of two', z.enum(['a', '5M'])],
		['a list', z.array(z.string().max(3)).max(2)],
		['a list of some', z.array(z.number()).min(1)],
		['an object', z.object({ city: z.string().nullish() }).passthrough()],
		['a strict object', z.object({ city: z.string().optional() }).strict()],
		['a stripped object', z.object({ city: z.string().optional() })],
		['a number or text', z.union([z.number(), z.string().trim().max(3)])],
		['text before a number', z.union([z.string().transform(Number), z.number(), z.string()])],
		['a default', z.number().default(5)],
		['a catch', z.number().catch(5)],
		['nothing', z.null().optional()],
	])('%s', (_kind, schema) => {
		fc.assert(
			fc.property(fc.oneof(odd, fc.constant(undefined), fc.record({ city: odd })), (value) => {
				if (takesAsIs(schema, value)) expect(isTakenAsItIs(schema, value)).toBe(true);
			}),
			{ numRuns: 300 },
		);
	});

	it.each<[z.ZodTypeAny, unknown]>([
		[z.string().trim(), ' x'],
		[z.string().min(1), ''],
		[z.string().max(1), 'xx'],
		[z.string().regex(/^a$/), 'b'],
		[z.number().min(0), -1],
		[z.number().max(0), 1],
		[z.number(), Number.NaN],
		[z.number(), '5'],
		[z.array(z.string()).max(1), ['a', 'b']],
		[z.array(z.string()), ['a', 5]],
		[z.object({ city: z.string() }).passthrough(), {}],
		[z.object({ city: z.string() }).passthrough(), [] as unknown],
		[z.object({}), { other: 1 }],
		[z.string().optional(), null],
		[z.string().nullable(), undefined],
		[z.union([z.string().transform(Number), z.string()]), '5'],
	])('case %#: what zod would refuse or change is not taken', (schema, value) => {
		expect(takesAsIs(schema, value)).toBe(false);
	});
});
