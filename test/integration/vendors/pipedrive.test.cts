/** The stand-in against Pipedrive's own client. */
import { v1, v2 } from 'pipedrive';

import {
	PIPEDRIVE_FAILURES,
	PIPEDRIVE_PERSON_FIELDS,
	type PipedriveStandIn,
	startPipedrive,
} from '../../../sandbox/vendors/pipedrive.cts';

const TOKEN = 'pipedrive-client-token';
const { leadId: LEAD_ID, leadScore: SCORE } = PIPEDRIVE_PERSON_FIELDS;

describe("Pipedrive's stand-in and the official client", () => {
	let pipedrive: PipedriveStandIn;
	let poor: PipedriveStandIn;
	let nowMs = Date.parse('2026-11-20T08:00:00Z');

	beforeAll(async () => {
		pipedrive = await startPipedrive({ apiToken: TOKEN, searchLagMs: 3_000, now: () => nowMs });
		poor = await startPipedrive({ dailyTokens: 50, now: () => nowMs });
	});
	beforeEach(() => pipedrive.reset());
	afterAll(async () => {
		await pipedrive.close();
		await poor.close();
	});

	const first = (apiKey = TOKEN) =>
		new v1.Configuration({ apiKey, basePath: `${pipedrive.url}/api/v1` });
	const second = (apiKey = TOKEN) =>
		new v2.Configuration({ apiKey, basePath: `${pipedrive.url}/api/v2` });
	const persons = () => new v2.PersonsApi(second());
	const leads = () => new v1.LeadsApi(first());
	const notes = () => new v1.NotesApi(first());
	const activities = () => new v2.ActivitiesApi(second());

	const addPerson = async (name: string, changes: v2.AddPersonRequest = {}) =>
		(await persons().addPerson({ AddPersonRequest: { name, ...changes } })).data!;
	const addLead = async (person_id: number, changes: Partial<v1.AddLeadRequest> = {}) =>
		(await leads().addLead({ AddLeadRequest: { title: 'A lead', person_id, ...changes } })).data!;

	/** The client rejects with the body of the answer. */
	const refusalOf = async (work: Promise<unknown>) =>
		await work.then(
			() => Promise.reject(new Error('It was accepted')),
			(body: unknown) => body,
		);

	it('knows who asks', async () => {
		const { data } = await new v1.UsersApi(first()).getCurrentUser();
		expect(data).toMatchObject({ id: 1, company_domain: 'sandbox' });
	});

	it.each(['', 'wrong'])('refuses the token "%s" as Pipedrive does', async (token) => {
		const work = new v2.PersonsApi(second(token)).getPersons();
		expect(await refusalOf(work)).toEqual({
			success: false,
			error: 'unauthorized access',
			errorCode: 401,
			error_info: 'Please check developers.pipedrive.com',
		});
	});

	it('takes no token in the URL and keeps it out of what it remembers', async () => {
		const answer = await fetch(`${pipedrive.url}/api/v1/users/me?api_token=${TOKEN}`);
		expect(answer.status).toBe(401);
		expect(pipedrive.requests.at(-1)?.query).toEqual({ api_token: '(present)' });
	});

	it('creates, reads and changes a person', async () => {
		const { id } = await addPerson('Maria Santos', {
			emails: [{ value: 'maria@example.com' }, { value: 'm@example.com', label: 'home' }],
			custom_fields: { [SCORE]: 85 },
		});
		expect((await persons().getPerson({ id: id! })).data).toMatchObject({
			name: 'Maria Santos',
			first_name: 'Maria',
			last_name: 'Santos',
			emails: [
				{ value: 'maria@example.com', primary: true, label: 'work' },
				{ value: 'm@example.com', primary: false, label: 'home' },
			],
			custom_fields: { [SCORE]: 85, [LEAD_ID]: null },
		});
		const UpdatePersonRequest = { phones: [{ value: '+639171234567' }] };
		await persons().updatePerson({ id: id!, UpdatePersonRequest });
		const replaced = { phones: [{ value: '+632', primary: true, label: 'home' }] };
		await persons().updatePerson({ id: id!, UpdatePersonRequest: replaced });
		const { data } = await persons().getPerson({ id: id! });
		expect(data).toMatchObject({ ...replaced, custom_fields: { [SCORE]: 85 } });
	});

	it.each([
		['email', 'MARIA@example.com', true, 1],
		['email', 'maria@example', true, 0],
		['email', 'maria@example', false, 1],
		['phone', '+63 917 123 4567', true, 1],
		['name', 'maria santos', true, 1],
		['custom_fields', 'lead-1', true, 1],
		['custom_fields', 'lead', true, 0],
		['notes', 'marker', false, 1],
	] as const)('finds by %s %s, exactly %s: %i', async (fields, term, exact_match, found) => {
		const { id } = await addPerson('Maria Santos', {
			emails: [{ value: 'maria@example.com' }],
			phones: [{ value: '+639171234567' }],
			custom_fields: { [LEAD_ID]: 'lead-1' },
		});
		await notes().addNote({ AddNoteRequest: { content: 'a marker', person_id: id } });
		nowMs += 3_000;
		const { data } = await persons().searchPersons({ term, fields, exact_match });
		expect(data?.items).toHaveLength(found);
		if (found) expect(data?.items?.[0]?.item).toMatchObject({ id, emails: ['maria@example.com'] });
	});

	it('finds a new person later than it lists them', async () => {
		await addPerson('Maria Santos');
		const search = async () =>
			(await persons().searchPersons({ term: 'Maria' })).data?.items?.length;
		expect((await persons().getPersons({})).data).toHaveLength(1);
		expect(await search()).toBe(0);
		nowMs += 3_000;
		expect(await search()).toBe(1);
	});

	it('lists people page by page, the latest first where asked', async () => {
		for (const name of ['A', 'B', 'C']) await addPerson(name);
		const page = { limit: 2, sort_by: 'id', sort_direction: 'desc' } as const;
		const one = await persons().getPersons(page);
		expect(one.data?.map(({ name }) => name)).toEqual(['C', 'B']);
		const cursor = one.additional_data!.next_cursor!;
		const two = await persons().getPersons({ ...page, cursor });
		expect(two.data?.map(({ name }) => name)).toEqual(['A']);
		expect(two.additional_data?.next_cursor).toBeNull();
	});

	it('creates leads and lists them by person, page by page, archived ones apart', async () => {
		const { id } = await addPerson('Maria');
		const { id: other } = await addPerson('Other');
		const value = { amount: 8_500_000, currency: 'PHP' };
		const lead = await addLead(id!, { origin_id: 'lead-1', value });
		expect(lead).toMatchObject({ origin: 'API', origin_id: 'lead-1', value, is_archived: false });
		await addLead(id!);
		await addLead(other!);
		const page = await leads().getLeads({ person_id: id, limit: 1 });
		expect(page.data?.map((it) => it.id)).toEqual([lead.id]);
		expect(page.additional_data).toMatchObject({ start: 0, more_items_in_collection: true });
		expect((await leads().getLeads({ person_id: id, start: 1 })).data).toHaveLength(1);

		await leads().updateLead({ id: lead.id, UpdateLeadRequest: { is_archived: true } });
		expect((await leads().getLeads({ person_id: id })).data).toHaveLength(1);
		const archived = await leads().getArchivedLeads({ person_id: id });
		expect(archived.data?.map(({ origin_id }) => origin_id)).toEqual(['lead-1']);
		const again = leads().updateLead({ id: lead.id, UpdateLeadRequest: { title: 'New' } });
		expect(await refusalOf(again)).toMatchObject({
			success: false,
			error: expect.stringMatching(/archived/i),
		});
		expect((await leads().getLead({ id: lead.id })).data?.title).toBe('A lead');
	});

	it('hands notes and activities of a lead to the deal it becomes', async () => {
		const { id: person_id } = await addPerson('Maria');
		const { id: lead_id } = await addLead(person_id!);
		await notes().addNote({ AddNoteRequest: { content: 'Hello', lead_id, person_id } });
		const participants = [{ person_id, primary: true }];
		await activities().addActivity({ AddActivityRequest: { lead_id, participants } });
		const conversions = new v2.LeadsApi(second());
		const { data } = await conversions.convertLeadToDeal({ id: lead_id });
		const conversion_id = data!.conversion_id!;
		const status = await conversions.getLeadConversionStatus({ id: lead_id, conversion_id });
		expect(status.data).toMatchObject({ status: 'completed', deal_id: expect.any(Number) });
		expect(await refusalOf(leads().getLead({ id: lead_id }))).toMatchObject({
			error: 'Lead not found',
		});
		const { deal_id } = status.data!;
		expect((await notes().getNotes({ person_id })).data).toMatchObject([
			{ lead_id: null, deal_id },
		]);
		const after = await activities().getActivities({ deal_id });
		expect(after.data).toMatchObject([{ lead_id: null, person_id }]);
	});

	it('keeps notes of leads and people apart, and cleans their HTML', async () => {
		const { id: person_id } = await addPerson('Maria');
		const { id: lead_id } = await addLead(person_id!);
		const content = '<p>Hello</p><script>alert(1)</script>';
		await notes().addNote({ AddNoteRequest: { content, lead_id, pinned_to_lead_flag: 1 } });
		await notes().addNote({ AddNoteRequest: { content: 'Other', person_id } });
		const { data, additional_data } = await notes().getNotes({ lead_id });
		expect(data).toMatchObject([{ content: '<p>Hello</p>', person_id: null }]);
		expect(additional_data?.pagination).toMatchObject({ more_items_in_collection: false });
		expect((await notes().getNotes({ person_id })).data).toHaveLength(1);
	});

	it('makes an activity with a person as participant, due in UTC', async () => {
		const { id: person_id } = await addPerson('Maria');
		const AddActivityRequest = {
			subject: 'Call',
			type: 'call',
			due_date: '2026-11-23',
			due_time: '01:05',
			participants: [{ person_id, primary: true }],
		};
		const { data } = await activities().addActivity({ AddActivityRequest });
		expect(data).toMatchObject({ person_id, due_time: '01:05:00', done: false, owner_id: 1 });
		expect((await activities().getActivities({ person_id })).data).toHaveLength(1);
		expect((await activities().getActivities({ person_id: 999 })).data).toEqual([]);
	});

	it('lists labels and fields', async () => {
		expect((await new v1.LeadLabelsApi(first()).getLeadLabels()).data).toHaveLength(3);
		const { data } = await new v1.PersonFieldsApi(first()).getPersonFields();
		expect(data).toContainEqual(expect.objectContaining({ key: SCORE, name: 'Lead score' }));
		const fields = await new v2.PersonFieldsApi(second()).getPersonFields();
		expect(fields.data).toContainEqual(expect.objectContaining({ field_code: LEAD_ID }));
	});

	it.each<[string, () => Promise<unknown>, string]>([
		['a person without a name', () => addPerson(''), 'name'],
		[
			'an owner in letters',
			() => addPerson('A', { owner_id: '1' as unknown as number }),
			'owner_id',
		],
		['an owner who is nobody', () => addPerson('A', { owner_id: 9 }), 'owner_id'],
		[
			'a number as text',
			() => addPerson('A', { custom_fields: { [SCORE]: '85' } }),
			`custom_fields.${SCORE}`,
		],
		[
			'a field of another account',
			() => addPerson('A', { custom_fields: { ['1'.repeat(40)]: 'x' } }),
			`custom_fields.${'1'.repeat(40)}`,
		],
		['an e-mail without a value', () => addPerson('A', { emails: [{}] }), 'emails.0.value'],
		['an unknown field', () => addPerson('A', { colour: 'teal' } as object), 'colour'],
		['a lead of nobody', () => addLead(999), 'person_id'],
		[
			'a note on nothing',
			() => notes().addNote({ AddNoteRequest: { content: 'Hello' } }),
			'deal_id',
		],
		[
			'an activity of an unknown type',
			() => activities().addActivity({ AddActivityRequest: { type: 'visit' } }),
			'type',
		],
		[
			'a person written where only participants may',
			() => activities().addActivity({ AddActivityRequest: { person_id: 1 } }),
			'person_id',
		],
		['a page that is too long', () => persons().getPersons({ limit: 501 }), 'limit'],
		['a search for one letter', () => persons().searchPersons({ term: 'a' }), 'term'],
	])('does not take %s', async (_name, work, field) => {
		expect(await refusalOf(work())).toMatchObject({
			success: false,
			error: expect.stringContaining(`Validation failed: ${field}: `),
			code: 'ERR_SCHEMA_VALIDATION_FAILED',
			data: null,
		});
	});

	it.each([
		['fields of Contact Sync', { job_title: 'Agent' }],
		['a marketing status without Campaigns', { marketing_status: 'no_consent' }],
	])('forbids %s', async (_name, changes) => {
		const work = addPerson('A', changes as v2.AddPersonRequest);
		expect(await refusalOf(work)).not.toHaveProperty('code');
	});

	it('takes twenty requests in two seconds, ten of them searches', async () => {
		const search = () => persons().searchPersons({ term: 'Maria' });
		for (let count = 0; count < 10; count++) await search();
		expect(await refusalOf(search())).toEqual(PIPEDRIVE_FAILURES.burst.body);
		for (let count = 0; count < 10; count++) await persons().getPersons({});
		expect(await refusalOf(persons().getPersons({}))).toMatchObject({ errorCode: 429 });
		nowMs += 2_000;
		await search();
	});

	it('says in headers what is left, and refuses when the day is spent', async () => {
		const get = async (path: string) =>
			await fetch(`${poor.url}${path}`, { headers: { 'x-api-token': 'any' } });
		const spend = async (path: string) => {
			const { status, headers } = await get(path);
			return [status, headers.get('x-daily-ratelimit-token-remaining')];
		};
		expect(await spend('/api/v1/users/me')).toEqual([200, '48']);
		expect(await spend('/api/v2/persons')).toEqual([200, '38']);
		expect(await spend('/api/v1/leads')).toEqual([200, '18']);
		expect(await spend('/api/v2/persons/search?term=Maria')).toEqual([429, '0']);
		expect((await get('/api/v2/persons')).headers.get('x-ratelimit-remaining')).toBe('16');
		nowMs += 24 * 3_600_000;
		expect(await spend('/api/v2/persons/search?term=Maria')).toEqual([200, '30']);
	});

	it.each(Object.entries(PIPEDRIVE_FAILURES))('fails with %s on order', async (_name, failure) => {
		pipedrive.failNext(failure);
		expect(await refusalOf(persons().getPersons({}))).toEqual(failure.body);
		await persons().getPersons({});
	});

	it('forgets everything on reset', async () => {
		await addPerson('Maria');
		expect(pipedrive.holds()).toMatchObject([{ kind: 'person', name: 'Maria', email: null }]);
		pipedrive.reset();
		expect([pipedrive.holds(), pipedrive.requests, pipedrive.tokensSpent()]).toEqual([[], [], 0]);
	});
});
