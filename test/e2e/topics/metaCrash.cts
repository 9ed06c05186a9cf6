import { until } from '../../integration/platform/until.cts';
import {
	ACCOUNTS,
	answersFor,
	askedOf,
	failReplies,
	newWriter,
	say,
	sentTo,
	textsTo,
} from '../meta.cts';
import { endLeases, letWaitsPass, outcomesOf } from '../metaInbox.cts';
import { heal, webhookAnswers, world } from '../world.cts';

const PEOPLE = 12;
const QUESTIONS = ['Any homes in Marikina?', 'Any homes in Antipolo?', 'Any homes in Bacoor?'];

describe('n8n is killed while replies are under way', () => {
	beforeAll(heal);

	it('answers every message once, in order', async () => {
		const { meta, n8n } = world();
		const writers = Array.from({ length: PEOPLE }, (_, person) =>
			newWriter(person % 2 === 0 ? ACCOUNTS.messenger : ACCOUNTS.instagram),
		);
		const start = Date.now() - 60_000;
		// Of some the reply goes out, and n8n does not hear of it any more.
		for (const writer of writers.slice(0, 4)) failReplies(writer, 'timeout', { accepted: true });
		meta.hold();
		for (const writer of writers) {
			for (const [number, text] of QUESTIONS.entries()) say(writer, text, start + number * 1000);
		}
		meta.flush({ batch: 6 });
		await until(() => writers.flatMap(sentTo).length >= 8, 30_000);
		await n8n.stop('SIGKILL');
		const before = writers.flatMap(sentTo).length;
		expect(before).toBeLessThan(PEOPLE * QUESTIONS.length);

		meta.heal();
		await endLeases(...writers);
		await n8n.start();
		await webhookAnswers('meta-broker');
		await letWaitsPass(...writers);
		for (const writer of writers) {
			expect(await outcomesOf(writer, QUESTIONS.length, 60_000)).toEqual(
				QUESTIONS.map(() => 'answered'),
			);
			expect((await askedOf(writer)).map(({ message }) => message)).toEqual(QUESTIONS);
			expect(textsTo(writer)).toEqual(await answersFor(writer));
		}
	}, 180_000);
});
