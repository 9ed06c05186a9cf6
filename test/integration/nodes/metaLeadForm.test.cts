/** Get Lead Form: from Meta's notice, or from a row, to the lead that the lead flow takes. */
import type { IDataObject } from 'n8n-workflow';

import { META_FAILURES } from '../../../sandbox/vendors/meta.cts';
import { type MetaInbox, startMetaInbox } from './metaInbox.cts';
import { messageEvent, metaBroker, PAGE, SECOND_PAGE, taken } from './metaSurroundings.cts';

let world: MetaInbox;
beforeAll(async () => {
	world = await startMetaInbox();
}, 60_000);
beforeEach(async () => await world.forget());
afterAll(async () => await world.close());

const COMPANY = '5f0c9f6e-2f0b-4c39-9a55-0d6f7f3a1c01';
const FORM = '172036835026334';
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

const takeForms = async () => {
	await world.keep();
	return await world.take({ what: 'leadForms' });
};
const get = async (rows: IDataObject[], options: object = {}, more: object = {}) =>
	await world.work('get', { companyId: COMPANY, options, ...more }, rows);

/** Meta's standard questions, and two of one's own. */
const ANSWERS = {
	full_name: 'Grace Marie Lim',
	email: 'grace.lim@example.com',
	phone_number: '+639175550188',
	city: 'Taguig',
	gender: 'female',
	'what_is_your_budget?': '₱25M',
	'which_areas_do_you_like?': ['BGC', 'Makati'],
	'when_do_you_want_to_move?': 'In June',
};
const QUESTIONS = {
	question: [
		{ question: 'What is your budget?', field: 'budget_max' },
		{ question: 'Which areas do you like?', field: 'areas' },
	],
};

it('a form that was filled in becomes the lead of the Page, with what was asked for', async () => {
	const at = Date.parse('2026-11-20T09:30:00Z');
	const id = world.meta.fillForm({ form: FORM, answers: ANSWERS, adId: '120210000000000001', at });
	expect(await world.keep()).toMatchObject({ leadForms: 1, messages: 0 });
	expect(await world.take()).toEqual([]);
	const { succeeded, recorded } = await get(await takeForms(), { questions: QUESTIONS });
	expect(succeeded).toMatchObject([
		{
			event: {
				lead_id: expect.stringMatching(UUID),
				company_id: COMPANY,
				email: 'grace.lim@example.com',
				phone: '+639175550188',
				property_id: null,
				utm: { source: 'facebook', medium: 'paid_social' },
				consent: true,
				first_name: 'Grace',
				last_name: 'Marie Lim',
				message: 'when do you want to move?: In June',
				created_at: '2026-11-20T09:30:00.000Z',
				preferences: {
					budget_max: '₱25M',
					areas: ['BGC', 'Makati'],
					preferred_city: 'Taguig',
				},
			},
			leadForm: { id, formId: FORM, adId: '120210000000000001' },
			notice: { kind: 'lead_form', leadForm: { leadgenId: id, pageId: PAGE } },
			correlationId: 'corr-1',
		},
	]);
	// Nothing of what must not matter.
	expect(JSON.stringify(succeeded[0]!.event)).not.toContain('female');
	expect(recorded).toEqual([{ recorded: true }]);
	expect(await takeForms()).toEqual([]);
});

it('one failing lead of three does not hold back the others, and comes again', async () => {
	const ids = [1, 2, 3].map((number) =>
		world.meta.fillForm({ form: FORM, answers: { email: `lead.${number}@example.com` } }),
	);
	const rows = await takeForms();
	expect(rows).toHaveLength(3);
	world.meta.failNext(META_FAILURES.expiredToken, 1, {
		matching: ({ path }) => path.endsWith(`/${ids[1]}`),
	});
	const { succeeded, failed, postponed } = await get(rows);
	expect(succeeded.map(({ event }) => (event as IDataObject).email).sort()).toEqual([
		'lead.1@example.com',
		'lead.3@example.com',
	]);
	expect(failed).toMatchObject([{ details: { vendor: 'Meta', kind: 'credential-refused' } }]);
	expect(postponed).toMatchObject([{ postponed: true }]);
	await world.inbox.wait(60);
	expect((await get(await takeForms())).succeeded).toMatchObject([
		{ event: { email: 'lead.2@example.com' } },
	]);
});

it('reading is repeated where Graph had a moment of weakness', async () => {
	world.meta.fillForm({ form: FORM, answers: { email: 'a@example.com' } });
	const rows = await takeForms();
	world.meta.failNext(META_FAILURES.temporary, 2);
	expect((await get(rows)).succeeded).toHaveLength(1);
});

it('a lead belongs to the company of its Page, where one is named', async () => {
	world.meta.fillForm({ form: FORM, answers: { email: 'a@example.com' } });
	world.meta.fillForm({ page: SECOND_PAGE, form: FORM, answers: { email: 'b@example.com' } });
	const companies = { page: [{ pageId: ` ${SECOND_PAGE}`, companyId: 'second-company ' }] };
	const { succeeded } = await get(await takeForms(), { companies });
	const found = succeeded.map(({ event }) => event as IDataObject);
	expect(found.map(({ email, company_id: company }) => [email, company]).sort()).toEqual([
		['a@example.com', COMPANY],
		['b@example.com', 'second-company'],
	]);
});

it('without a company it says what to fill in', async () => {
	world.meta.fillForm({ form: FORM, answers: { email: 'a@example.com' } });
	const rows = await takeForms();
	const failed = await world.failOne('get', { companyId: '  ' }, rows);
	expect(`${failed.error} ${failed.details.advice}`).toContain('Company ID');
});

it('consent is what the form says', async () => {
	world.meta.fillForm({ form: FORM, answers: { email: 'a@example.com' } });
	const { succeeded } = await get(await takeForms(), { consent: false });
	expect(succeeded).toMatchObject([{ event: { consent: false } }]);
});

it('an event about something else is refused', async () => {
	const failed = await world.failOne('get', { companyId: COMPANY }, [taken(messageEvent('m_1'))]);
	expect(failed).toMatchObject({
		error: 'The event is about no lead form',
		details: { itemIndex: 0, advice: expect.stringContaining('lead_form') },
	});
});

it('the platform hears of it, with the lead among the extra fields', async () => {
	world.meta.fillForm({ form: FORM, answers: ANSWERS });
	const steps = [
		metaBroker('get', { companyId: COMPANY }),
		metaBroker('askPlatform', { eventField: 'notice', options: { withExtraFields: true } }),
	];
	const { outputs, error } = await world.run(steps, await takeForms());
	expect(error).toBeUndefined();
	const [{ json }] = outputs[0] as [{ json: IDataObject }];
	expect(json).toMatchObject({ event: { email: ANSWERS.email }, reply: { lead_captured: false } });
	expect(world.platform.deliveries.map(({ body }) => body)).toMatchObject([
		{
			platform: 'facebook',
			intents: ['lead_form'],
			lead_captured: true,
			session_data: {
				previous_messages: 0,
				contact: { email: ANSWERS.email, phone: ANSWERS.phone_number },
				lead: { lead_id: expect.stringMatching(UUID), company_id: COMPANY },
			},
		},
	]);
});

describe('from the item', () => {
	const read = async (item: IDataObject) =>
		await world.runOne('get', { source: 'item', companyId: COMPANY }, [item]);

	it('a row of the file that Meta offers, with its marks taken off', async () => {
		const json = await read({
			id: 'l:233370042045345',
			created_time: '2026-11-20T17:30:00+08:00',
			ad_id: 'ag:1',
			ad_name: 'BGC condos',
			campaign_name: 'bgc',
			form_id: 'f:172036835026334',
			is_organic: 'false',
			platform: 'ig',
			email: 'maria.santos@example.com',
			full_name: 'Maria Santos',
			phone_number: 'p:+639175550101',
			lead_status: 'CREATED',
		});
		expect(json).toEqual({
			event: {
				// uuid.uuid5(uuid.NAMESPACE_URL, 'https://www.facebook.com/lead/233370042045345')
				lead_id: 'ebeb2cae-f570-562d-b3ce-ae617e00a8db',
				company_id: COMPANY,
				email: 'maria.santos@example.com',
				phone: '+639175550101',
				property_id: null,
				utm: { source: 'instagram', medium: 'paid_social', campaign: 'bgc', content: 'BGC condos' },
				consent: true,
				first_name: 'Maria',
				last_name: 'Santos',
				created_at: '2026-11-20T09:30:00.000Z',
			},
			leadForm: {
				id: '233370042045345',
				createdAt: '2026-11-20T09:30:00.000Z',
				formId: '172036835026334',
				adId: '1',
				platform: 'ig',
				isOrganic: false,
			},
			correlationId: expect.any(String),
		});
	});

	it('a lead as Graph answers it', async () => {
		const json = await read({
			id: '233370042045345',
			created_time: '2026-11-20T09:30:00+0000',
			is_organic: true,
			field_data: [{ name: 'email', values: ['a@example.com'] }],
		});
		expect(json.event).toMatchObject({
			lead_id: 'ebeb2cae-f570-562d-b3ce-ae617e00a8db',
			email: 'a@example.com',
			utm: { source: 'facebook', medium: 'organic_social' },
		});
	});

	it('needs neither Meta nor its credential', async () => {
		const step = metaBroker('get', { source: 'item', companyId: COMPANY });
		const { error } = await world.run([{ ...step, credentials: [] }], [{ id: '1' }]);
		expect(error).toBeUndefined();
		expect(world.meta.requests).toEqual([]);
	});

	it.each([[{}], [{ id: '' }], [{ id: null, email: 'a@example.com' }]])(
		'without an id it is refused: %j',
		async (item) => {
			const failed = await world.failOne('get', { source: 'item', companyId: COMPANY }, [item]);
			expect(failed.error).toBe('The item has no lead: its "id" is missing');
		},
	);
});
