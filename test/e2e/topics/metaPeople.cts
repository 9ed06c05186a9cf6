import { until } from '../../integration/platform/until.cts';
import {
	ACCOUNTS,
	askedOf,
	newWriter,
	newWriters,
	say,
	sentTo,
	sideBySide,
	textsTo,
	type Writer,
} from '../meta.cts';
import { inboxOf, outcomesOf, sessionOf } from '../metaInbox.cts';
import { heal, world } from '../world.cts';

const CONFIRMED =
	'You will get no more automatic messages from us. Write START if you change your mind.';
const QUESTION = '3BR condo in BGC?';

/** What each of them says next, at the same time, and what became of it. */
async function next(writers: Writer[], text: string, events: number) {
	for (const writer of writers) say(writer, text);
	const outcomes = await Promise.all(writers.map((writer) => outcomesOf(writer, events)));
	return outcomes.map((each) => each.at(-1));
}

const countsTo = (writers: Writer[]) => writers.map((writer) => sentTo(writer).length);

const wordsOf = async (writer: Writer) => (await askedOf(writer)).map(({ message }) => message);

describe('what people want of a conversation on Messenger and Instagram', () => {
	beforeAll(heal);

	sideBySide({
		async 'STOP is confirmed once, and then there is silence, until START'() {
			const writers = newWriters();
			expect(await next(writers, 'STOP', 1)).toEqual(['opted_out', 'opted_out']);
			expect(writers.map(textsTo)).toEqual([[CONFIRMED], [CONFIRMED]]);
			for (const [count, text] of [QUESTION, 'STOP'].entries()) {
				expect(await next(writers, text, 2 + count)).toEqual(['opted_out', 'opted_out']);
			}
			expect(countsTo(writers)).toEqual([1, 1]);

			expect(await next(writers, 'START', 4)).toEqual(['answered', 'answered']);
			expect(await next(writers, QUESTION, 5)).toEqual(['answered', 'answered']);
			for (const writer of writers) {
				expect(textsTo(writer)[2]).toMatch(/3BR condo/);
				// The platform is told all the same.
				expect(await wordsOf(writer)).toEqual(['STOP', QUESTION, 'STOP', 'START', QUESTION]);
				expect((await askedOf(writer))[0]!.intents).toContain('opt_out');
			}
		},

		async 'a person of the team who answers is not talked over'() {
			const { meta } = world();
			const writers = newWriters();
			expect(await next(writers, 'Hello', 1)).toEqual(['answered', 'answered']);
			const before = countsTo(writers);
			for (const writer of writers) meta.replyAsHuman({ ...writer, text: 'Hi, this is Joy!' });
			for (const writer of writers) await until(async () => (await sessionOf(writer)).isPaused);
			expect(await next(writers, QUESTION, 2)).toEqual(['handed_over', 'handed_over']);
			expect(countsTo(writers)).toEqual(before);
			for (const writer of writers) expect(await wordsOf(writer)).toEqual(['Hello', QUESTION]);
		},

		async 'who asks for a human is handed over to one'() {
			const writers = newWriters();
			const asked = await next(writers, 'Can I talk to a real person please?', 1);
			expect(asked).toEqual(['answered', 'answered']);
			for (const writer of writers) {
				expect(textsTo(writer)).toEqual([expect.stringMatching(/agent|person/i) as string]);
			}
			expect(await next(writers, 'Are you there?', 2)).toEqual(['handed_over', 'handed_over']);
			for (const writer of writers) expect(textsTo(writer)).toHaveLength(1);
		},

		async 'while the inbox of the Page has a conversation, it is only listened to'() {
			const { meta } = world();
			const writers = newWriters();
			for (const writer of writers) meta.takeThread(writer);
			expect(await next(writers, 'Is Joy there?', 1)).toEqual(['standby', 'standby']);
			for (const writer of writers) {
				expect(await askedOf(writer)).toEqual([]);
				meta.passThread(writer);
			}
			for (const writer of writers) await until(async () => (await sessionOf(writer)).isGivenBack);
			expect(await next(writers, QUESTION, 2)).toEqual(['answered', 'answered']);
			for (const writer of writers) expect(await wordsOf(writer)).toEqual([QUESTION]);
		},

		async 'a message that is unsent before its answer is never answered, and told to nobody'() {
			const writer = newWriter(ACCOUNTS.instagram);
			const mid = say(writer, 'My number is 0917 555 0199, but do not tell');
			world().meta.unsend(mid);
			say(writer, 'Hello');
			expect((await outcomesOf(writer, 2)).sort()).toEqual(['answered', 'withdrawn']);
			expect(await wordsOf(writer)).toEqual(['Hello']);
			expect(textsTo(writer)).toHaveLength(1);
			expect((await inboxOf(writer)).map(({ event }) => event)).toEqual([null, null]);
		},

		async 'a message that is edited before its answer is answered as it reads now'() {
			const writers = newWriters();
			for (const writer of writers) {
				const mid = say(writer, '1BR condo in BGC');
				world().meta.edit(mid, '2BR condo in BGC');
				world().meta.edit(mid, QUESTION);
			}
			for (const writer of writers) {
				expect(await outcomesOf(writer)).toEqual(['answered']);
				expect(await wordsOf(writer)).toEqual([QUESTION]);
				expect(textsTo(writer)).toHaveLength(1);
			}
		},
	});
});
