import { checkContract } from '../../../nodes/shared/contracts/check';
import { channelReply } from '../../../nodes/shared/contracts/channelMessage';
import { leadCreated } from '../../../nodes/shared/contracts/leadCreated';
import { createClock } from '../../../sandbox/clock.cts';
import { type Database, startDatabase } from '../../../sandbox/platform/database.cts';
import { DEMO_COMPANIES } from '../../../sandbox/platform/demoCompanies.cts';
import { type Platform, startPlatform } from '../../../sandbox/platform/platform.cts';
import { seedDemo } from '../../../sandbox/platform/seed.cts';
import { META_DEFAULTS } from '../../../sandbox/vendors/metaAccounts.cts';
import { callBack, SECRET } from './callBack.cts';

const [bayview, ayalaCourt] = DEMO_COMPANIES;
const [firstPage, secondPage] = META_DEFAULTS.pages;
const HOME = (number: string) => `8d4d3f0a-6d0e-4b57-8a2e-3b6c1d2e4f${number}`;

let database: Database;
let platform: Platform;

beforeAll(async () => {
	database = await startDatabase();
	await seedDemo(database.pool);
	platform = await startPlatform({
		database,
		clock: createClock(),
		signingSecret: SECRET,
		n8nUrl: 'http://127.0.0.1:9/webhook',
		deliver: false,
	});
}, 30_000);

afterAll(async () => {
	await platform.close();
	await database.close();
});

interface Said {
	message?: string;
	intents?: string[];
	lead_captured?: boolean;
	platform?: string;
	user_id?: string;
	session?: object;
}

let people = 0;
const somebody = () => `person-${(people += 1)}`;

/** Says something to the first Page as somebody new, and answers what the platform replies. */
async function say({ message = '', session, ...changes }: Said) {
	const { status, body } = await callBack(platform.url, 'channel-message', {
		platform: 'facebook',
		user_id: somebody(),
		message,
		intents: ['unknown'],
		lead_captured: false,
		session_data: {
			previous_messages: 0,
			last_property_viewed: null,
			account_id: firstPage.id,
			...session,
		},
		...changes,
	});
	expect(status).toBe(200);
	expect(checkContract(channelReply, body)).toMatchObject({ ok: true });
	return body as {
		reply_text: string;
		suggested_properties: string[];
		lead_captured: boolean;
		next_action: string | null;
		properties?: Record<string, unknown>[];
	};
}

async function rows(sql: string, values: unknown[] = []) {
	return (await database.pool.query<Record<string, unknown>>(sql, values)).rows;
}

describe('to a search, the platform', () => {
	const search = async (message: string, session: object = {}) =>
		await say({ message, intents: ['property_search'], session });

	it("answers the guide's own question with the homes of the Page's company", async () => {
		const answer = await search('Looking for 3BR condo in BGC');
		expect(answer).toEqual({
			reply_text:
				"I found 2 great 3BR condos in BGC! Here's the top match: 7 Rizal Drive, Unit 19D, " +
				'Taguig, for ₱28,900,000. Would you like to see it?',
			intents: ['property_search'],
			lead_captured: false,
			suggested_properties: [HOME('22'), HOME('21')],
			next_action: 'schedule_viewing',
			properties: [
				{
					id: HOME('22'),
					title: '3BR condo in Bonifacio Global City',
					subtitle: '₱28,900,000 · 114 m² · 7 Rizal Drive, Unit 19D',
					url: `https://homes.example.com/properties/${HOME('22')}`,
				},
				{
					id: HOME('21'),
					title: '3BR condo in Bonifacio Global City',
					subtitle: '₱32,500,000 · 128 m² · 26th Street corner 5th Avenue, Unit 31A',
					url: `https://homes.example.com/properties/${HOME('21')}`,
				},
			],
		});
	});

	it.each([
		['the second Page', secondPage.id, [HOME('28')]],
		['an account that is nobody’s', '999', [HOME('28'), HOME('22'), HOME('21')]],
		['an account that is not told', undefined, [HOME('28'), HOME('22'), HOME('21')]],
	])('answers %s with its own homes, or with all', async (_, account_id, found) => {
		const answer = await search('3BR condo in BGC', { account_id });
		expect(answer.suggested_properties).toEqual(found);
	});

	it.each([
		['3 bedroom condo in Bonifacio Global City', {}, ['22', '21']],
		['a 3-BR at the fort', {}, ['22', '21']],
		['3BR condo in BGC, up to 30M', {}, ['22']],
		['1 bed in bgc', {}, ['23']],
		['condo in Salcedo Village', {}, ['24']],
		['may condo ba sa Cebu?', {}, ['26', '25']],
		['3BR in Cebu City', {}, ['25']],
		['magkano po ang 2BR sa Makati? budget ko 10M-12M', {}, ['29']],
		['hello', { places: ['Makati'], beds: { min: 3, max: 3 } }, ['24']],
		['hello', { places: ['BGC'], beds: { min: 3 } }, ['22', '21']],
		['hello', { places: ['Cebu City', 'Makati'], budget: { max: 9_000_000 } }, ['26']],
		// One figure is what the person can pay, and a little more.
		['hello', { places: ['Cebu'], budget: { min: 12_000_000, max: 12_000_000 } }, ['26', '25']],
		['hello', { places: ['Cebu'], budget: { min: 12_000_000, max: 13_000_000 } }, ['25']],
		// A street is a place too.
		['hello', { places: ['Leviste Street'] }, ['24']],
		['hello', { places: ['Cebu'], property_type: 'condominium' }, ['26', '25']],
		['hello', { places: ['Cebu'], budget: { max: 9e6, currency: 'PHP' } }, ['26']],
		// What is said now counts more than what was said before.
		['and in Makati?', { places: ['Cebu'] }, ['29', '24']],
		// What is none of the broker's fields is passed over.
		['3BR in Cebu', { places: 'Makati', beds: 'three', budget: [1] }, ['25']],
	])('finds for %j with %j the homes %j', async (message, preferences, found) => {
		const answer = await search(message, { preferences });
		expect(answer.suggested_properties).toEqual(found.map(HOME));
		expect(answer.reply_text).toMatch(/^I found \d+ great /);
	});

	it.each([
		['a word that holds the name of a place', 'Are you Cebuano or from Makatitown?'],
		['no place', 'I need 3 bedrooms'],
		['a name that would be a pattern', 'a condo in %'],
	])('asks where, after %s', async (_, message) => {
		expect(await search(message)).toMatchObject({
			reply_text: 'Which area are you looking in, and what is your budget?',
			suggested_properties: [],
			next_action: 'ask_location',
		});
	});

	it('offers what comes closest where nothing has all of it', async () => {
		expect(await search('7BR condo in Cebu below 2M')).toMatchObject({
			reply_text:
				'Nothing in Cebu has all of that right now. The closest is 42 Salinas Drive, Unit 6A, ' +
				'Cebu City, for ₱8,600,000. Would you like to see it?',
			suggested_properties: [HOME('26'), HOME('25')],
			next_action: 'schedule_viewing',
		});
	});

	it.each([
		[{ places: ['Baguio'] }, 'I have nothing in Baguio at the moment.', 'ask_location'],
		[{ places: ['BGC'], transaction: 'rent' }, 'I know homes for sale only.', 'contact_agent'],
		[
			{ places: ['BGC'], budget: { max: 50_000, per: 'month' } },
			'I know homes for sale only.',
			'contact_agent',
		],
	])('says with %j that there is nothing', async (preferences, text, next_action) => {
		const answer = await search('hello', { preferences });
		expect(answer).toMatchObject({ suggested_properties: [], next_action });
		expect(answer.reply_text).toContain(text);
		expect(answer.properties).toBeUndefined();
	});
});

describe('to whatever else is said, the platform', () => {
	it.each([
		['greeting', 'hi', 'Hi! I can find a home for you.', 'ask_location'],
		['thanks', 'salamat po', 'You are welcome!', null],
		['budget_inquiry', 'how low can you go', 'What is your budget', 'ask_budget'],
		['viewing_request', 'can I see it?', 'on which phone number', 'contact_agent'],
		['opt_out', 'STOP', 'no more messages', null],
		['human_agent', 'a person please', 'one of our agents', 'contact_agent'],
		['financing_inquiry', 'pag-ibig?', 'Pag-IBIG loans', 'contact_agent'],
		['selling_inquiry', 'I sell mine', 'We gladly sell it', 'contact_agent'],
		['unknown', 'asdf', 'Which area', 'ask_location'],
	])('answers %s', async (intent, message, text, next_action) => {
		const answer = await say({ message, intents: [intent] });
		expect(answer.reply_text).toContain(text);
		expect(answer.next_action).toBe(next_action);
	});

	it.each([
		['Tell me more', 'unknown', {}, true],
		['magkano po?', 'price_inquiry', {}, true],
		['available pa?', 'availability_inquiry', {}, true],
		[`property:${HOME('25')}`, 'unknown', { last_property_viewed: null }, true],
		['how much is a condo in Makati?', 'price_inquiry', {}, false],
		['magkano po?', 'price_inquiry', { last_property_viewed: 'luxury-bgc-condo' }, false],
	])(
		'takes %j (%s) with %j to be about the home shown last: %s',
		async (message, intent, session, isIt) => {
			const answer = await say({
				message,
				intents: [intent],
				session: { last_property_viewed: HOME('25'), ...session },
			});
			const about =
				'3BR condo in Cebu IT Park: 3 Inez Villa Street, Unit 15C, Cebu City, for ₱12,400,000. ' +
				'It has 2 baths and 88 m². Would you like to see it?';
			expect(answer.reply_text === about).toBe(isIt);
		},
	);
});

describe('contact details', () => {
	const CONTACT = { email: 'ana@example.com', phone: '+639171234567', name: 'Ana dela Cruz' };
	const leadsOf = async (user_id: string) =>
		await rows(`SELECT * FROM lead WHERE conversation LIKE '%:' || $1`, [user_id]);
	const messagesAbout = async (leadId: unknown) =>
		await rows(
			`SELECT event_type, payload, status FROM outbox_message WHERE payload ->> 'lead_id' = $1`,
			[leadId],
		);

	it('make the conversation a lead, which goes to n8n', async () => {
		const user_id = somebody();
		const answer = await say({
			user_id,
			platform: 'instagram',
			message: 'I am Ana, 0917 123 4567',
			intents: ['contact_shared'],
			lead_captured: true,
			session: {
				account_id: firstPage.instagram.id,
				last_property_viewed: HOME('22'),
				contact: CONTACT,
				preferences: {
					budget: { min: 25_000_000, max: 30_000_000, currency: 'PHP' },
					beds: { min: 3, max: 3 },
					places: ['BGC'],
					property_type: 'condominium',
				},
			},
		});
		expect(answer).toMatchObject({
			reply_text: 'Thank you, Ana! Our agent will contact you very soon.',
			lead_captured: true,
			suggested_properties: [],
			next_action: null,
		});
		const [lead] = await leadsOf(user_id);
		expect(lead).toMatchObject({
			company_id: bayview.id,
			property_id: HOME('22'),
			email: 'ana@example.com',
			phone: '+639171234567',
			consent: true,
			utm: { source: 'instagram', medium: 'social' },
			budget_max: 30_000_000,
			beds: 3,
			preferred_city: 'BGC',
		});
		const [message] = await messagesAbout(lead!.id);
		expect(message).toMatchObject({ event_type: 'lead.created', status: 'pending' });
		expect(message!.payload).toEqual({
			lead_id: lead!.id,
			company_id: bayview.id,
			email: 'ana@example.com',
			phone: '+639171234567',
			property_id: HOME('22'),
			property: {
				property_id: HOME('22'),
				title: '3BR condo in Bonifacio Global City',
				address: '7 Rizal Drive, Unit 19D',
				neighborhood: 'Bonifacio Global City',
				city: 'Taguig',
				price_amount: 28_900_000,
				currency: 'PHP',
				beds: 3,
				property_type: 'condo',
			},
			first_name: 'Ana',
			last_name: 'dela Cruz',
			utm: { source: 'instagram', medium: 'social' },
			consent: true,
			message: 'I am Ana, 0917 123 4567',
			created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
			preferences: {
				budget_min: 25_000_000,
				budget_max: 30_000_000,
				currency: 'PHP',
				areas: ['BGC'],
				preferred_city: 'BGC',
				beds: 3,
				property_type: 'condominium',
			},
		});
		expect(checkContract(leadCreated, message!.payload)).toMatchObject({ ok: true });
	});

	it('make it one lead, however much is said later; what comes later completes it', async () => {
		const user_id = somebody();
		const share = async (contact: object) =>
			await say({ user_id, lead_captured: true, session: { contact } });
		await share({ email: 'one@example.com' });
		await share({ email: 'two@example.com', phone: '+639170000002' });
		const leads = await leadsOf(user_id);
		expect(leads).toMatchObject([{ email: 'one@example.com', phone: '+639170000002' }]);
		expect(await messagesAbout(leads[0]!.id)).toHaveLength(1);

		const later = await say({ user_id, message: 'see it?', intents: ['viewing_request'] });
		expect(later.lead_captured).toBe(true);
		expect(later.reply_text).toBe('With pleasure! Which day suits you? Our agent will confirm it.');
	});

	it('are one lead too where two messages of a person come at the same time', async () => {
		const user_id = somebody();
		const body = {
			platform: 'facebook',
			user_id,
			intents: ['contact_shared'],
			lead_captured: true,
			session_data: { previous_messages: 0, account_id: firstPage.id, contact: CONTACT },
		};
		const send = async (message: string) =>
			await callBack(platform.url, 'channel-message', { ...body, message });
		await Promise.all([send('first'), send('second')]);
		expect(await leadsOf(user_id)).toHaveLength(1);
	});

	it('are thanked for, and what was asked beside them is answered', async () => {
		const answer = await say({
			message: '3BR condo in BGC please, ana@example.com',
			intents: ['property_search', 'contact_shared'],
			lead_captured: true,
			session: { contact: { email: 'ana@example.com' } },
		});
		expect(answer.reply_text).toMatch(
			/^Thank you! Our agent will contact you very soon\.\n\nI found 2 great 3BR condos in BGC!/,
		);
	});

	it('go to the company of the Page', async () => {
		const user_id = somebody();
		const session = { account_id: secondPage.id, contact: CONTACT };
		await say({ user_id, lead_captured: true, session });
		expect(await leadsOf(user_id)).toMatchObject([{ company_id: ayalaCourt.id }]);
	});

	it.each([
		['nothing was captured', { lead_captured: false, session: { contact: CONTACT } }],
		['there are none', { lead_captured: true, session: { contact: { name: 'Ana' } } }],
		['they are no text', { lead_captured: true, session: { contact: { email: 5, phone: '' } } }],
		[
			'nobody knows whose account it is',
			{ lead_captured: true, session: { contact: CONTACT, account_id: '999' } },
		],
	])('make no lead where %s', async (_, said) => {
		const count = async () => await rows('SELECT count(*) FROM lead');
		const before = await count();
		expect((await say(said)).lead_captured).toBe(said.lead_captured);
		expect(await count()).toEqual(before);
	});
});

describe('a lead form', () => {
	const lead = {
		lead_id: 'form-lead-1',
		company_id: bayview.id,
		email: 'form@example.com',
		consent: true,
		utm: { source: 'facebook', medium: 'paid_social' },
	};
	const fill = async (session: object) => await say({ intents: ['lead_form'], session });

	it('is kept as the lead that it is, once, and not sent to n8n', async () => {
		for (const _ of [1, 2]) {
			expect(await fill({ lead })).toMatchObject({ reply_text: '', lead_captured: true });
		}
		expect(await rows(`SELECT * FROM lead WHERE id = 'form-lead-1'`)).toMatchObject([
			{
				email: 'form@example.com',
				consent: true,
				company_id: bayview.id,
				conversation: 'facebook:form:form-lead-1',
			},
		]);
		expect(
			await rows(`SELECT FROM outbox_message WHERE payload ->> 'lead_id' = 'form-lead-1'`),
		).toEqual([]);
	});

	it('that brings no lead is none', async () => {
		expect(await fill({ lead: { ...lead, lead_id: 'two words' } })).toMatchObject({
			lead_captured: false,
		});
		expect(await rows(`SELECT FROM lead WHERE id = 'two words'`)).toEqual([]);
	});
});
