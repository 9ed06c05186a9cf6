/** What a push to Pipedrive makes, changes and costs. */
import { leadMarker } from '../../../nodes/shared/vendors/crm/marker';
import { PIPEDRIVE_PERSON_FIELDS } from '../../../sandbox/vendors/pipedrive.cts';
import { vendorErrorOf } from './crmSession.cts';
import { LEAD, leadWithout, startWorld, type World } from './pipedriveWorld.cts';

const SEARCH = 'GET /api/v2/persons/search';
const NEWEST = 'GET /api/v2/persons';
const CREATED = [
	'POST /api/v2/persons',
	'POST /api/v1/leads',
	'POST /api/v1/notes',
	'POST /api/v2/activities',
];
const ONE_OF_EACH = { persons: 1, leads: 1, notes: 1, activities: 1 };
const { leadId: LEAD_ID, leadScore: SCORE, leadGrade: GRADE, consent } = PIPEDRIVE_PERSON_FIELDS;

describe('A push to Pipedrive', () => {
	let world: World;

	beforeAll(async () => void (world = await startWorld()));
	beforeEach(() => {
		world.standIn.reset();
		world.calls();
	});
	afterAll(() => world.close());

	const people = () => [...world.standIn.account.persons.values()];
	const [bodyOf, queryOf] = (['body', 'query'] as const).map(
		(part) => (path: string) =>
			world.standIn.requests.filter((request) => request.path === path).at(-1)?.[part],
	) as [(path: string) => unknown, (path: string) => unknown];

	it('makes a person, a lead, a note and an activity in five calls and fifty tokens', async () => {
		const settings = { ownerId: '2', value: { amount: 8_500_000, currency: 'PHP' } };
		const { externalId, contact, note, task } = await world.push(LEAD, { settings });
		expect(world.calls()).toEqual([SEARCH, ...CREATED]);
		expect(world.standIn.tokensSpent()).toBe(20 + 5 + 10 + 10 + 5);
		const [held] = world.standIn.holds();
		expect(held).toEqual({
			id: contact.id,
			kind: 'person',
			name: 'Maria Santos',
			email: 'maria.santos@example.com',
			phone: '+639171234567',
			fields: {
				[SCORE]: 85,
				[GRADE]: 'A',
				owner_id: 2,
				leads: [
					{
						id: expect.stringMatching(/^[0-9a-f-]{36}$/),
						title: 'Lead for 2-bedroom condo in BGC',
						origin_id: LEAD.leadId,
						value: { amount: 8_500_000, currency: 'PHP' },
						is_archived: false,
					},
				],
			},
			notes: [
				{
					id: note.id,
					title: 'Lead for 2-bedroom condo in BGC',
					text: expect.stringContaining('<li>Budget fits &amp; leaves room</li>'),
				},
			],
			tasks: [
				{
					id: task?.id,
					subject: 'Call Maria Santos',
					text: expect.stringContaining('<li>Asked about a viewing</li>'),
					dueAt: '2026-11-22T16:35:00Z',
					priority: '',
				},
			],
		});
		expect(externalId).toBe(`pipedrive_person_${contact.id}`);
		expect([contact.outcome, note.outcome, task?.outcome]).toEqual([
			'created',
			'created',
			'created',
		]);
		const marker = leadMarker(LEAD.leadId);
		expect(held?.notes[0]?.text).toContain(marker);
		expect(held?.tasks[0]?.text).toContain(marker);
	});

	it('hangs note and activity on the lead, and gives both to the same user', async () => {
		await world.push(LEAD, { settings: { ownerId: '2' } });
		const [lead] = world.standIn.account.leads.values();
		const [note] = world.standIn.account.notes.values();
		const [activity] = world.standIn.account.activities.values();
		const [person] = people();
		expect(note).toMatchObject({ lead_id: lead?.id, pinned_to_lead_flag: false });
		expect(activity).toMatchObject({
			lead_id: lead?.id,
			owner_id: 2,
			type: 'call',
			participants: [{ person_id: person?.id, primary: true }],
		});
		expect([lead?.owner_id, person?.owner_id]).toEqual([2, 2]);
		expect(activity?.note).toContain('Priority: high');
	});

	it.each(['call', 'email'] as const)('makes an activity of the kind %s', async (kind) => {
		await world.push({ ...LEAD, task: { ...LEAD.task!, kind } });
		expect([...world.standIn.account.activities.values()]).toMatchObject([{ type: kind }]);
	});

	it('searches for the e-mail exactly, and puts the token in a header', async () => {
		await world.push(LEAD);
		expect(world.standIn.requests[0]).toMatchObject({
			query: { term: LEAD.email, fields: 'email', exact_match: 'true' },
			headers: { 'x-api-token': '(present)' },
		});
	});

	it('uses the placeholder only where nobody gave a name', async () => {
		await world.push(leadWithout('firstName', 'lastName'));
		await world.push({ ...leadWithout('lastName'), leadId: 'other', email: 'b@example.com' });
		expect(people().map(({ name }) => name)).toEqual(['Lead 5f0c2f9e', 'Maria']);
	});

	describe('for somebody who is there already', () => {
		const known = (changes: object = {}) =>
			world.standIn.account.addPerson({
				name: 'M. Santos',
				emails: [{ value: 'Maria.Santos@Example.com', label: 'work' }],
				phones: [{ value: '02 8123 4567', label: 'home', primary: true }],
				custom_fields: { [GRADE]: 'C', [consent]: 'Yes' },
				...changes,
			});

		it('keeps what is there and adds what the lead gave, labels included', async () => {
			const { id } = known();
			const { contact } = await world.push(LEAD);
			expect(contact).toEqual({ id: String(id), outcome: 'updated' });
			expect(people()).toMatchObject([
				{
					name: 'Maria Santos',
					emails: [{ value: 'Maria.Santos@Example.com', label: 'work', primary: true }],
					phones: [
						{ value: '02 8123 4567', label: 'home', primary: true },
						{ value: '+639171234567', label: 'mobile', primary: false },
					],
					custom_fields: { [GRADE]: 'A', [SCORE]: 85, [consent]: 'Yes' },
				},
			]);
			expect(world.calls()).toEqual([
				SEARCH,
				'GET /api/v2/persons/:id',
				'PATCH /api/v2/persons/:id',
				...CREATED.slice(1),
			]);
		});

		it.each(['+63 917 123 4567', '0917-123-4567', '9171234567'])(
			'takes %s for the same number',
			async (value) => {
				known({ phones: [{ value }] });
				await world.push(LEAD);
				expect(people()[0]?.phones).toMatchObject([{ value }]);
				expect(world.calls()).not.toContain('GET /api/v2/persons/:id');
			},
		);

		it('makes the number the first where there was none', async () => {
			known({ phones: [] });
			await world.push(LEAD);
			expect(people()[0]?.phones).toEqual([
				{ value: '+639171234567', label: 'mobile', primary: true },
			]);
		});

		it('sends nothing that the lead did not give: no e-mail, no placeholder, nothing empty', async () => {
			const { id } = known();
			const lead = leadWithout('firstName', 'lastName', 'phone');
			await world.push({ ...lead, fields: { [GRADE]: 'B', [consent]: '' } });
			expect(bodyOf(`/api/v2/persons/${id}`)).toEqual({ custom_fields: { [GRADE]: 'B' } });
		});

		it('does not wipe out a last name with a first name', async () => {
			known();
			await world.push(leadWithout('lastName'));
			expect(people()[0]?.name).toBe('M. Santos');
		});

		it('saves the call where nothing changes', async () => {
			known({ name: 'Maria Santos' });
			const { contact } = await world.push({ ...leadWithout('phone'), fields: {} });
			expect(contact.outcome).toBe('updated');
			expect(world.calls()).toEqual([SEARCH, ...CREATED.slice(1)]);
		});

		it('does not take somebody whose e-mail only ends alike', async () => {
			known({ emails: [{ value: 'anna.maria.santos@example.com' }] });
			expect((await world.push(LEAD)).contact.outcome).toBe('created');
		});

		it('takes the oldest of several, every time', async () => {
			const { id } = known();
			known();
			for (const isRepeat of [false, true]) {
				expect((await world.push(LEAD, { isRepeat })).contact.id).toBe(String(id));
			}
			expect(world.counts()).toEqual({ ...ONE_OF_EACH, persons: 2 });
		});

		it('makes a lead of its own for a second inquiry, and tells their notes apart', async () => {
			await world.push(LEAD);
			await world.push({ ...LEAD, leadId: 'second-inquiry' }, { isRepeat: true });
			expect(world.counts()).toEqual({ persons: 1, leads: 2, notes: 2, activities: 2 });
		});
	});

	describe('without an e-mail', () => {
		it('knows somebody by the phone', async () => {
			await world.push(leadWithout('email'));
			const { contact } = await world.push({ ...leadWithout('email'), leadId: 'second-inquiry' });
			expect(contact.outcome).toBe('updated');
			expect(queryOf('/api/v2/persons/search')).toMatchObject({
				term: LEAD.phone,
				fields: 'phone',
			});
			expect(world.counts().persons).toBe(1);
		});

		it('knows somebody again by our id, which it writes on creation', async () => {
			const settings = { leadIdField: LEAD_ID };
			const lead = leadWithout('email', 'phone');
			await world.push(lead, { settings });
			expect(people()[0]?.custom_fields[LEAD_ID]).toBe(LEAD.leadId);
			expect(world.calls()).toEqual(CREATED);
			const { contact } = await world.push(lead, { settings, isRepeat: true });
			expect(contact.outcome).toBe('updated');
			expect(queryOf('/api/v2/persons/search')).toMatchObject({
				term: LEAD.leadId,
				fields: 'custom_fields',
			});
			expect(world.counts()).toEqual(ONE_OF_EACH);
		});

		it('knows somebody without anything by the marker in the note', async () => {
			const lead = leadWithout('email', 'phone');
			await world.push(lead);
			await world.push(lead, { isRepeat: true });
			expect(world.counts()).toEqual(ONE_OF_EACH);
		});
	});

	it('does not write our id over that of an earlier lead', async () => {
		const settings = { leadIdField: LEAD_ID };
		await world.push(LEAD, { settings });
		await world.push({ ...LEAD, leadId: 'second-inquiry' }, { settings });
		expect(people()).toMatchObject([{ custom_fields: { [LEAD_ID]: LEAD.leadId } }]);
	});

	describe('that is repeated', () => {
		it('finds everything in four calls and makes nothing', async () => {
			const first = await world.push(LEAD);
			world.calls();
			const second = await world.push(LEAD, { isRepeat: true });
			expect(second).toEqual({
				...first,
				contact: { ...first.contact, outcome: 'updated' },
				note: { ...first.note, outcome: 'found' },
				task: { ...first.task, outcome: 'found' },
			});
			expect(world.calls()).toEqual([
				SEARCH,
				'PATCH /api/v2/persons/:id',
				'GET /api/v1/notes',
				'GET /api/v2/activities',
			]);
			expect(world.counts()).toEqual(ONE_OF_EACH);
		});

		it('looks for no more than the person where that is new', async () => {
			await world.push(LEAD, { isRepeat: true });
			expect(world.calls()).toEqual([SEARCH, NEWEST, ...CREATED]);
		});

		it('reads on where a person has more notes, activities and leads than a page holds', async () => {
			const { account } = world.standIn;
			const { id } = account.addPerson({ name: 'Maria', emails: [{ value: LEAD.email }] });
			for (let count = 0; count < 500; count++) {
				account.addNote({ person_id: id, content: `Older ${count}` });
				account.addActivity({ participants: [{ person_id: id, primary: true }] });
				account.addLead({ person_id: id, title: `Older ${count}` });
			}
			const counts = { persons: 1, leads: 501, notes: 501, activities: 501 };
			await world.push(LEAD);
			await world.push(LEAD, { isRepeat: true });
			expect(world.counts()).toEqual(counts);
			account.notes.delete([...account.notes.keys()].at(-1)!);
			await world.push(LEAD, { isRepeat: true });
			expect(world.counts()).toEqual(counts);
		});

		it('makes no second lead where the first was archived, also without its note', async () => {
			await world.push(LEAD);
			const { account } = world.standIn;
			const [lead] = account.leads.values();
			account.changeLead(lead!.id, { is_archived: true });
			await world.push(LEAD, { isRepeat: true });
			expect(world.counts()).toEqual(ONE_OF_EACH);
			account.notes.clear();
			account.activities.clear();
			world.calls();
			const { note, task } = await world.push(LEAD, { isRepeat: true });
			expect([note.outcome, task?.outcome]).toEqual(['created', 'created']);
			expect([...account.notes.values()]).toMatchObject([{ lead_id: null }]);
			expect(world.counts()).toEqual(ONE_OF_EACH);
			expect(world.calls()).toContain('GET /api/v1/leads/archived');
		});

		it('makes nothing where the lead has become a deal', async () => {
			await world.push(LEAD);
			const { account } = world.standIn;
			account.convertLead([...account.leads.keys()][0]!);
			const { note, task } = await world.push(LEAD, { isRepeat: true });
			expect([note.outcome, task?.outcome]).toEqual(['found', 'found']);
			expect(world.counts()).toEqual({ ...ONE_OF_EACH, leads: 0 });
		});

		it('gives the missing activity to the person where the lead has become a deal', async () => {
			await world.push(leadWithout('task'));
			const { account } = world.standIn;
			account.convertLead([...account.leads.keys()][0]!);
			await world.push(LEAD, { isRepeat: true });
			expect([...account.activities.values()]).toMatchObject([{ lead_id: null }]);
			expect(world.counts()).toEqual({ ...ONE_OF_EACH, leads: 0 });
		});
	});

	describe('without consent', () => {
		let other: World;
		afterAll(() => other.close());

		const LEAD_WITHOUT = { ...leadWithout('task'), consent: false };

		it('says nothing of marketing to an account without Campaigns', async () => {
			await world.push(LEAD_WITHOUT);
			expect(bodyOf('/api/v2/persons')).not.toHaveProperty('marketing_status');
			expect(world.counts()).toEqual({ ...ONE_OF_EACH, activities: 0 });
		});

		it('says where Campaigns are asked for and missing', async () => {
			const settings = { hasCampaigns: true };
			const { details } = await vendorErrorOf(world.push(LEAD_WITHOUT, { settings }));
			expect(details).toMatchObject({ kind: 'credential-refused', status: 403 });
			expect(details.advice).toContain('Campaigns');
		});

		it('tells Campaigns, for new and for known people, and subscribes nobody', async () => {
			other = await startWorld({ hasCampaigns: true });
			const settings = { hasCampaigns: true };
			await other.push(LEAD_WITHOUT, { settings });
			other.standIn.account.addPerson({
				name: 'Known',
				emails: [{ value: 'known@example.com' }],
				marketing_status: 'subscribed',
			});
			await other.push({ ...LEAD_WITHOUT, email: 'known@example.com', leadId: 'b' }, { settings });
			await other.push({ ...LEAD, email: 'third@example.com', leadId: 'c' }, { settings });
			const sent = other.standIn.requests.flatMap(({ body }) =>
				body !== undefined && 'marketing_status' in (body as object) ? [body] : [],
			);
			expect(sent).toMatchObject([
				{ marketing_status: 'no_consent' },
				{ marketing_status: 'no_consent' },
			]);
			expect(other.standIn.holds().map(({ fields }) => fields.marketing_status)).toEqual(
				Array(3).fill('no_consent'),
			);
		});
	});

	it("puts the account's own fields apart from Pipedrive's, yes and no as text", async () => {
		await world.push({ ...LEAD, fields: { [consent]: true, visible_to: 7 } });
		expect(people()).toMatchObject([{ visible_to: 7, custom_fields: { [consent]: 'Yes' } }]);
	});
});
