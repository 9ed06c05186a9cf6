import { DEMO_FORM } from '../../../sandbox/platform/demoChats.cts';
import { until } from '../../integration/platform/until.cts';
import { peopleIn } from '../crms.cts';
import {
	ACCOUNTS,
	askedOf,
	newWriter,
	quiet,
	say,
	sentTo,
	textsTo,
	type Writer,
} from '../meta.cts';
import { endLeases, holdBack, nudge, waitingFor } from '../metaInbox.cts';
import { heal, world } from '../world.cts';

/** Nobody sells a home there, so that each answer is one message, which names the place. */
const CITIES = [
	...['Caloocan', 'Malabon', 'Navotas', 'Valenzuela', 'Pateros', 'Marikina', 'Mandaluyong'],
	...['Mandaue', 'Tagaytay', 'Bacoor', 'Imus', 'General Trias', 'Calamba', 'Biñan', 'Antipolo'],
	...['Cainta', 'Nasugbu', 'Malolos', 'Meycauayan', 'Lucena'],
];

/** The place that an answer is about. */
const placeIn = (text: string) => /^I have nothing in (.+) at the moment/.exec(text)?.[1];

const PEOPLE = 25;
const MESSAGES = PEOPLE * CITIES.length;

describe(`${MESSAGES} messages, each delivered twice and out of order`, () => {
	/** The places about which people ask, in the order in which each does. */
	const meant = new Map<Writer, string[]>();
	let earlier: number;

	beforeAll(async () => {
		heal();
		const { meta } = world();
		const accounts = Object.values(ACCOUNTS);
		for (let person = 0; person < PEOPLE; person++) {
			const cities = CITIES.map((_, number) => CITIES[(person + number) % CITIES.length]!);
			meant.set(newWriter(accounts[person % accounts.length]), cities);
		}
		const writers = [...meant.keys()];
		// Whoever writes late is answered late: the order holds among what is there in time.
		await holdBack(...writers);
		earlier = meta.deliveries.length;
		meta.hold();
		const start = Date.now() - 3_600_000;
		for (const [writer, cities] of meant) {
			for (const [number, city] of cities.entries()) {
				say(writer, `Any homes in ${city}?`, start + number * 1000);
			}
		}
		meta.flush({ batch: 20, shuffle: 20_261_120, times: 2 });
		// The echoes of what is answered come together, later.
		meta.hold();
		await until(async () => (await waitingFor(...writers)) === MESSAGES, 60_000);
		await meta.settled();
		await endLeases(...writers);
		await nudge();
		await until(() => writers.every((each) => textsTo(each).length >= CITIES.length), 120_000);
		meta.flush({ batch: 100 });
		await quiet();
	}, 200_000);

	it('have as many answers: none is missing, none comes twice', () => {
		expect([...meant.keys()].flatMap(sentTo)).toHaveLength(MESSAGES);
	});

	it('are answered in the order in which each person wrote them', () => {
		for (const [writer, cities] of meant) {
			expect(textsTo(writer).map(placeIn)).toEqual(cities);
		}
	});

	it('are asked of the platform once each, and counted', async () => {
		for (const [writer, cities] of meant) {
			const asked = await askedOf(writer);
			expect(asked.map(({ message }) => message)).toEqual(
				cities.map((city) => `Any homes in ${city}?`),
			);
			expect(asked.map(({ previousMessages }) => previousMessages)).toEqual(
				CITIES.map((_, number) => number),
			);
		}
	});

	it('are taken by the webhook within the 5 seconds of Meta, every request', () => {
		const answers = world().meta.deliveries.slice(earlier);
		expect(answers.length).toBeGreaterThan((2 * MESSAGES) / 20);
		expect(answers.filter(({ status, attempt }) => status !== 200 || attempt > 1)).toEqual([]);
	});
});

describe('1,000 events in one request', () => {
	it('are taken, and each is in the inbox', async () => {
		heal();
		const { meta, platform } = world();
		const writer = newWriter();
		meta.takeThread(writer);
		await meta.settled();
		meta.hold();
		// What is said while people of the team answer is kept, and not answered.
		for (let number = 0; number < 1000; number++) say(writer, `Number ${number}`);
		meta.flush({ batch: 1000 });
		await meta.settled();
		expect(meta.deliveries.at(-1)).toMatchObject({ events: 1000, attempt: 1, status: 200 });
		await until(async () => {
			const { rowCount } = await platform.pool.query(
				`SELECT FROM property_platform.channel_events
				 WHERE conversation LIKE '%:' || $1 AND outcome = 'standby'`,
				[writer.person],
			);
			return rowCount === 1000;
		}, 30_000);
	}, 60_000);
});

describe('a lead form that is delivered five times', () => {
	it('is one lead, with one note in the CRM', async () => {
		heal();
		const { meta, platform } = world();
		const email = 'one.lead@example.com';
		const { form, answers } = DEMO_FORM.filled;
		meta.hold();
		meta.fillForm({ form, answers: { ...answers, email } });
		meta.flush({ times: 5 });
		const isSynced = async () => {
			const { rows } = await platform.pool.query<{ status: string | null }>(
				'SELECT crm_status AS status FROM lead WHERE email = $1',
				[email],
			);
			return rows.length > 0 && rows.every(({ status }) => status !== null) && rows;
		};
		const leads = await until(isSynced, 30_000);
		await quiet();
		expect(leads).toEqual([{ status: 'synced' }]);
		expect(peopleIn('hubspot')).toMatchObject([{ email, notes: [expect.anything()] }]);
	}, 60_000);
});
