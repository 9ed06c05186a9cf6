import { META_FAILURES } from '../../../sandbox/vendors/meta.cts';
import type { Failure } from '../../../sandbox/vendors/standIn.cts';
import { until } from '../../integration/platform/until.cts';
import {
	type Account,
	ACCOUNTS,
	answersFor,
	askedOf,
	failReplies,
	newWriter,
	newWriters,
	say,
	sentTo,
	sideBySide,
	textsTo,
	type Writer,
} from '../meta.cts';
import { letWaitsPass, outcomesOf, postponedFor, sessionOf } from '../metaInbox.cts';
import { heal, world } from '../world.cts';

const HOLDING = 'Thank you for your message! We are looking into it and will answer you shortly.';

/** Nobody sells a home there: the answer is one message. */
const QUESTION = 'Any homes in Marikina?';

describe('the platform is down', () => {
	beforeEach(heal);
	afterEach(heal);

	it('people are asked to wait, once, and are answered in order when it is back', async () => {
		const { platform } = world();
		const writers = newWriters();
		platform.goDown();
		const start = Date.now() - 10_000;
		for (const writer of writers) {
			say(writer, 'Hello', start);
			say(writer, '3BR condo in BGC?', start + 1000);
		}
		for (const writer of writers) {
			expect(await postponedFor(writer)).toBe('unavailable');
			expect(textsTo(writer)).toEqual([HOLDING]);
			expect(await sessionOf(writer)).toMatchObject({ isHeld: true, previousMessages: 0 });
		}
		await letWaitsPass(...writers);
		for (const writer of writers) {
			expect(await postponedFor(writer, 2)).toBe('unavailable');
			expect(textsTo(writer)).toEqual([HOLDING]);
		}

		platform.comeBack();
		await letWaitsPass(...writers);
		for (const writer of writers) {
			expect(await outcomesOf(writer, 2)).toEqual(['answered', 'answered']);
			expect((await askedOf(writer)).map(({ message }) => message)).toEqual([
				'Hello',
				'3BR condo in BGC?',
			]);
			expect(textsTo(writer)).toEqual([HOLDING, ...(await answersFor(writer))]);
			expect(await sessionOf(writer)).toMatchObject({ isHeld: false, previousMessages: 2 });
		}
	}, 60_000);
});

describe('Graph takes a reply, and its answer is lost: it is not sent twice', () => {
	interface Row {
		what: string;
		account: Account;
		failure: Failure;
	}

	const ROWS: Row[] = [
		{ what: 'a cut connection', account: ACCOUNTS.messenger, failure: 'reset' },
		{ what: 'a cut connection', account: ACCOUNTS.instagram, failure: 'reset' },
		{ what: 'a web page', account: ACCOUNTS.messenger, failure: 'html' },
		{ what: 'an error', account: ACCOUNTS.instagram, failure: META_FAILURES.unknownError },
		{ what: 'no answer', account: ACCOUNTS.messenger, failure: 'timeout' },
		{ what: 'no answer', account: ACCOUNTS.instagram, failure: 'timeout' },
	];

	/** Whether the conversation was read from Graph. */
	const isRead = ({ person }: Writer) =>
		world().meta.requests.some(
			({ path, query }) => path.endsWith('/conversations') && query.user_id === person,
		);

	const story = (row: Row) => async () => {
		const writer = newWriter(row.account);
		failReplies(writer, row.failure, { accepted: true });
		say(writer, QUESTION);
		await postponedFor(writer);
		await until(() => sentTo(writer).length === 1);
		await world().meta.settled();
		await letWaitsPass(writer);
		expect(await outcomesOf(writer)).toEqual(['answered']);
		expect(textsTo(writer)).toEqual(await answersFor(writer));
		expect(await askedOf(writer)).toHaveLength(1);
		// Messenger has told of it by the echo; on Instagram the conversation has to be read.
		expect(isRead(writer)).toBe(row.account.channel === 'instagram');

		say(writer, 'Hello');
		expect(await outcomesOf(writer, 2)).toEqual(['answered', 'answered']);
		expect(sentTo(writer)).toHaveLength(2);
	};

	beforeAll(heal);
	afterAll(heal);

	sideBySide(
		Object.fromEntries(
			ROWS.map((row) => [`${row.what} on ${row.account.channel}`, story(row)] as const),
		),
	);
});

describe('Graph does not take a reply', () => {
	/** It comes again later. */
	const passing = (failure: Failure, reason: string) => async () => {
		const writer = newWriter();
		failReplies(writer, failure);
		say(writer, QUESTION);
		expect(await postponedFor(writer)).toBe(reason);
		expect(sentTo(writer)).toEqual([]);
		await letWaitsPass(writer);
		expect(await outcomesOf(writer)).toEqual(['answered']);
		expect(textsTo(writer)).toEqual(await answersFor(writer));
	};

	beforeAll(heal);
	afterAll(heal);

	sideBySide({
		'the token is refused: it goes out later, once': passing(
			META_FAILURES.expiredToken,
			'credential-refused',
		),
		'the Page is restricted: it goes out later, once': passing(
			META_FAILURES.pageRestricted,
			'rejected',
		),
		'it is cut off before: it goes out later, once': passing('reset', 'unreachable'),

		async 'a person who has blocked the Page is not written to again and again'() {
			const writer = newWriter();
			say(writer, QUESTION);
			world().meta.block(writer.person);
			expect(await outcomesOf(writer)).toEqual(['undeliverable']);
			expect(sentTo(writer)).toEqual([]);
		},

		async 'a message of more than 24 hours ago is told to the platform, and not answered'() {
			const writers = newWriters();
			for (const writer of writers) say(writer, QUESTION, Date.now() - 25 * 3_600_000);
			for (const writer of writers) {
				expect(await outcomesOf(writer)).toEqual(['too_late']);
				expect(sentTo(writer)).toEqual([]);
				expect(await askedOf(writer)).toHaveLength(1);
			}
		},
	});
});
