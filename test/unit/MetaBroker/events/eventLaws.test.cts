import fc from 'fast-check';

import { isoMoment } from '../../../../nodes/MetaBroker/events/isoMoment';
import { parseLosslessJson } from '../../../../nodes/shared/intake/losslessJson';
import { parse } from './payloads.cts';

/** Small ones: a thousand payloads are to be made of them. */
const anything = fc.oneof(
	fc.constantFrom(null, true, -1, 2 ** 60, '', 'a b', {}, [], [{ type: 'image' }, null]),
	fc.string({ maxLength: 4, unit: 'binary' }),
	fc.jsonValue({ maxDepth: 1 }),
);
const anId = fc.oneof(fc.constantFrom('1', '2', 'm_a', 'm_b', 7), anything);
const aMoment = fc.oneof(fc.nat(3), fc.constantFrom(1_458_692_752_478, '1458692752'), anything);

/** Events that are nearly Meta's: any value in any of the places that are read. */
const anyOf = (names: string[]) =>
	fc.dictionary(fc.constantFrom(...names), fc.oneof(anId, anything), { maxKeys: 5 });

const content = anyOf([
	'mid',
	'text',
	'is_echo',
	'is_deleted',
	'is_unsupported',
	'attachments',
	'quick_reply',
	'reply_to',
	'referral',
	'payload',
	'title',
	'ref',
	'num_edit',
	'action',
	'watermark',
	'leadgen_id',
	'form_id',
	'__proto__',
]);
const orAny = (arbitrary: fc.Arbitrary<unknown>) =>
	fc.oneof({ weight: 5, arbitrary }, { weight: 1, arbitrary: anything });
/** Mostly with one kind, as Meta's are; seldom with two or none. */
const aKind = fc.dictionary(
	fc.constantFrom(
		'message',
		'postback',
		'message_edit',
		'reaction',
		'read',
		'delivery',
		'referral',
		'optin',
		'pass_thread_control',
		'take_thread_control',
	),
	orAny(content),
	{ maxKeys: 2 },
);
const event = orAny(
	fc
		.tuple(orAny(fc.record({ id: anId })), orAny(fc.record({ id: anId })), aMoment, aKind)
		.map(([sender, recipient, timestamp, kind]) => ({ sender, recipient, timestamp, ...kind })),
);
const change = orAny(
	fc.record({
		field: fc.constantFrom('leadgen', 'messages', 'standby', 'feed'),
		value: fc.oneof(event, content),
	}),
);
const list = (one: fc.Arbitrary<unknown>) =>
	fc.option(fc.array(one, { maxLength: 3 }), { nil: undefined });
const entry = fc.record({
	id: fc.constantFrom('1', '2', 3),
	time: aMoment,
	messaging: list(event),
	standby: list(event),
	changes: list(change),
});
const payload = fc.record({
	object: fc.constantFrom('page', 'instagram', 'user'),
	entry: fc.array(entry, { minLength: 1, maxLength: 3 }),
});
type Payload = typeof payload extends fc.Arbitrary<infer P> ? P : never;

const lists = ({ messaging, standby, changes }: Payload['entry'][number]) => [
	messaging,
	standby,
	changes,
];

describe('whatever a payload holds', () => {
	it('never throws, and loses no event and invents none', () => {
		fc.assert(
			fc.property(payload, (given) => {
				const count = given.entry
					.map((one) => lists(one).filter((events) => events !== undefined))
					.reduce((sum, given) => sum + (given.length === 0 ? 1 : given.flat().length), 0);
				expect(parse(given)).toHaveLength(count);
			}),
			{ numRuns: 1000 },
		);
	});

	it('is as good as its JSON, read from bytes', () => {
		fc.assert(
			fc.property(payload, (given) => {
				const json = JSON.stringify(given);
				// A number beyond 2^53 is the same amount as text, but no longer the same value.
				fc.pre(!/\d{16}/.test(json.replace(/"(?:\\.|[^"\\])*"/g, '')));
				const fromBytes = parse(parseLosslessJson(Buffer.from(json)));
				expect(fromBytes).toEqual(parse(JSON.parse(json)));
			}),
		);
	});

	it('is in order of time, then of ids, and each event names its account and conversation', () => {
		fc.assert(
			fc.property(payload, (given) => {
				const events = parse(given);
				const places = events.map(({ at, id }) => `${at} ${id}`);
				expect(places).toEqual([...places].sort());
				for (const { id, kind, channel, accountId, userId, conversation, at } of events) {
					expect(id.startsWith(`${channel}:${accountId}:${kind}:`)).toBe(true);
					expect(conversation.startsWith(`${channel}:${accountId}`)).toBe(true);
					if (userId) expect(conversation).toBe(`${channel}:${accountId}:${userId}`);
					expect(new Date(at).toISOString()).toBe(at);
				}
			}),
		);
	});

	it('has the same events when it is sent again, cut into one payload an event and turned round', () => {
		fc.assert(
			fc.property(payload, (given) => {
				const alone = given.entry.flatMap(({ id, time, ...one }): object[] => {
					const split = Object.entries(one).flatMap(([name, events]) =>
						(events ?? []).map((event) => ({ id, time, [name]: [event] })),
					);
					const hasNoList = Object.values(one).every((events) => events === undefined);
					return hasNoList ? [{ id, time, ...one }] : split;
				});
				const again = alone
					.toReversed()
					.flatMap((one) => parse({ object: given.object, entry: [structuredClone(one)] }));
				const idsOf = (events: { id: string }[]) => events.map(({ id }) => id).sort();
				expect(idsOf(again)).toEqual(idsOf(parse(given)));
			}),
		);
	});

	it('leaves the payload as it was', () => {
		fc.assert(
			fc.property(payload, (given) => {
				const before = JSON.stringify(given);
				parse(given);
				expect(JSON.stringify(given)).toBe(before);
			}),
		);
	});
});

describe('a moment as text', () => {
	it('is what a date has, on any day of 1970 to 9999 and after any other', () => {
		const moments = fc.array(fc.integer({ min: 0, max: 253_402_300_799_999 }));
		fc.assert(
			fc.property(moments, (given) => {
				const expected = given.map((moment) => new Date(moment).toISOString());
				expect(given.map(isoMoment)).toEqual(expected);
			}),
		);
	});

	it.each([0, 999, 1000, 59_999, 86_399_999, 86_400_000, 951_782_400_000, 253_402_300_799_999])(
		'is what a date has at the edge of a day: %i',
		(moment) => {
			expect(isoMoment(moment)).toBe(new Date(moment).toISOString());
		},
	);
});
