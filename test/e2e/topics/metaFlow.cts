import { DEMO_COMPANIES } from '../../../sandbox/platform/demoCompanies.cts';
import { DEMO_FORM } from '../../../sandbox/platform/demoChats.cts';
import { until } from '../../integration/platform/until.cts';
import { peopleIn } from '../crms.cts';
import { keptOf } from '../executions.cts';
import { newListing } from '../listings.cts';
import {
	ACCOUNTS,
	answersFor,
	askedOf,
	newWriter,
	quiet,
	repliedTo,
	say,
	sentTo,
	shownOf,
	textsTo,
	type Writer,
} from '../meta.cts';
import { inboxOf, sessionOf } from '../metaInbox.cts';
import { heal, world } from '../world.cts';

/** A lead of the platform's, by its mail address, once the CRM has it. */
async function leadInCrm(email: string) {
	return await until(async () => {
		const { rows } = await world().platform.pool.query<{
			company_id: string;
			phone: string | null;
			crm_message: string;
		}>(
			`SELECT company_id, phone, crm_message FROM lead
			 WHERE email = $1 AND crm_status IS NOT NULL AND webhook_sent`,
			[email],
		);
		expect(rows.length).toBeLessThan(2);
		return rows[0];
	}, 40_000);
}

const SCORED = /^Lead synced successfully with score: \d{1,3}\/100$/;

describe('a question on a channel of Meta', () => {
	const QUESTION = 'Hi! Do you have a 3BR condo in BGC?';
	const writers = {
		Messenger: newWriter(),
		Instagram: newWriter(ACCOUNTS.instagram),
		'a second Page': newWriter(ACCOUNTS.secondPage),
	};
	const channels = Object.keys(writers) as Array<keyof typeof writers>;

	beforeAll(async () => {
		heal();
		for (const writer of Object.values(writers)) say(writer, QUESTION);
		for (const writer of Object.values(writers)) await repliedTo(writer);
		await quiet();
	}, 60_000);

	it.each(channels)('on %s is answered with what the platform says, once', async (channel) => {
		const writer = writers[channel];
		expect(await askedOf(writer)).toEqual([
			expect.objectContaining({ message: QUESTION, previousMessages: 0 }) as object,
		]);
		const answers = await answersFor(writer);
		expect(answers).toEqual([expect.stringContaining('3BR condo')]);
		expect(textsTo(writer)).toEqual(answers);
	});

	it.each(channels)('on %s brings the homes as cards, and replies to tap', (channel) => {
		const sent = sentTo(writers[channel]);
		const cards = sent.flatMap(({ cards = [] }) => cards);
		expect(cards.length).toBeGreaterThan(0);
		for (const { title, buttons } of cards) {
			expect(title).toMatch(/3BR condo in/);
			expect(buttons.map((button) => button.title)).toEqual(['View details', 'Tell me more']);
		}
		// Messenger shows them below the latest message only; Instagram takes them with a text.
		const offering = channel === 'Instagram' ? sent[0] : sent.at(-1);
		expect(offering!.quickReplies!.map(({ title }) => title)).toContain('Schedule a viewing');
	});

	it.each(channels)('on %s: the person sees that somebody types until then', (channel) => {
		const { person } = writers[channel];
		const acts = world()
			.meta.requests.map(({ body }) => body as Record<string, { id?: string } | undefined>)
			.filter((body) => body?.recipient?.id === person)
			.map((body) => body.sender_action ?? 'message');
		expect(acts).toEqual(['typing_on', ...sentTo(writers[channel]).map(() => 'message')]);
		expect(shownOf(writers[channel]).isTyping).toBe(false);
	});

	it('is of another company on the second Page', () => {
		const homes = (writer: Writer) => JSON.stringify(sentTo(writer).map(({ cards }) => cards));
		expect(homes(writers['a second Page'])).toContain('30th Street');
		expect(homes(writers.Messenger)).not.toContain('30th Street');
	});
});

describe('a conversation', () => {
	const ana = newWriter();
	const ben = newWriter(ACCOUNTS.instagram);
	const EMAIL = 'ana.of.messenger@example.com';
	let viewed: string;
	let longAddress: string;

	beforeAll(async () => {
		heal();
		const { meta } = world();
		longAddress = Array.from({ length: 150 }, (_, floor) => `Floor ${floor}, Ñandú Tower.`).join(
			' ',
		);
		await newListing({
			company_id: DEMO_COMPANIES[0].id,
			address: longAddress,
			city: 'Tuguegarao',
			price_amount: 4_321_000,
		});
		say(ana, '3BR condo in BGC');
		say(ben, 'Any home in Tuguegarao?');
		await repliedTo(ana);
		const { buttons } = (await until(() => sentTo(ana).flatMap(({ cards = [] }) => cards)[0]))!;
		const { title, payload = '' } = buttons.find((button) => button.payload)!;
		viewed = payload.replace('property:', '');
		meta.tap({ ...ana, title, payload });
		await repliedTo(ana, 2);
		say(ana, `How much is it? I am at ${EMAIL}, 0917 555 0142`);
		await repliedTo(ana, 3);
		await until(() => sentTo(ben).some(({ cards }) => cards), 20_000);
		await quiet();
	}, 90_000);

	it('is counted, and the home whose card was tapped is remembered', async () => {
		const asked = await askedOf(ana);
		expect(
			asked.map(({ previousMessages, lastPropertyViewed }) => [
				previousMessages,
				lastPropertyViewed,
			]),
		).toEqual([
			[0, null],
			[1, viewed],
			[2, viewed],
		]);
		expect(await sessionOf(ana)).toMatchObject({
			previousMessages: 3,
			lastPropertyViewed: viewed,
		});
	});

	it('becomes a lead once contact details are in it, which is scored and in the CRM', async () => {
		const lead = await leadInCrm(EMAIL);
		expect(lead).toMatchObject({ company_id: DEMO_COMPANIES[0].id, phone: '+639175550142' });
		expect(lead.crm_message).toMatch(SCORED);
		const [contact, ...others] = peopleIn('hubspot').filter(({ email }) => email === EMAIL);
		expect(others).toEqual([]);
		expect(contact!.notes).toHaveLength(1);
	});

	it('has long answers cut into messages that Instagram takes, and loses no word of them', async () => {
		const texts = textsTo(ben);
		expect(texts.length).toBeGreaterThan(3);
		for (const text of texts) expect(Buffer.byteLength(text)).toBeLessThanOrEqual(1000);
		const [answer] = await answersFor(ben);
		expect(answer).toContain(longAddress);
		expect(texts.join(' ').split(/\s+/)).toEqual(answer!.split(/\s+/));
	});

	it('leaves no text of an answered message in the state store', async () => {
		for (const writer of [ana, ben]) {
			const rows = await inboxOf(writer);
			expect(rows.map(({ state, event }) => [state, event])).toEqual(
				rows.map(() => ['done', null]),
			);
		}
	});
});

describe('a lead form', () => {
	const EMAIL = 'grace.of.the.form@example.com';
	let leadgenId: string;

	beforeAll(() => {
		heal();
		const { form, answers } = DEMO_FORM.filled;
		leadgenId = world().meta.fillForm({ form, answers: { ...answers, email: EMAIL } });
	});

	it('is a lead of its Page’s company within seconds, scored and in the CRM', async () => {
		const lead = await leadInCrm(EMAIL);
		expect(lead).toMatchObject({ company_id: DEMO_COMPANIES[0].id, phone: '+639175550188' });
		expect(lead.crm_message).toMatch(SCORED);
		expect(peopleIn('hubspot')).toMatchObject([
			{ email: EMAIL, name: 'Grace Lim', notes: [expect.anything()] },
		]);
	}, 60_000);

	it('has its id above 2^53, and is fetched by it', () => {
		expect(BigInt(leadgenId)).toBeGreaterThan(2n ** 53n);
		expect(
			world().meta.requests.filter(
				({ method, path }) => method === 'GET' && path.endsWith(leadgenId),
			),
		).toHaveLength(1);
	});
});

describe('what n8n keeps of conversations', () => {
	it.each(['meta-broker', 'meta-lead-forms'])(
		'is no execution of %s',
		async (workflowId) => {
			await quiet();
			expect(await keptOf(workflowId)).toEqual([]);
		},
		40_000,
	);
});
