/** HubSpot's own client against the stand-in: the half that we did not write. */
import { Client } from '@hubspot/api-client';
import { FilterOperatorEnum } from '@hubspot/api-client/lib/codegen/crm/contacts/index.js';

import type { CrmStandIn } from '../../../sandbox/vendors/crmView.cts';
import { HUB_SPOT_FAILURES, startHubSpot } from '../../../sandbox/vendors/hubSpot.cts';

const TOKEN = 'pat-na1-test';
const JOHN = { email: 'John@Example.com', firstname: 'John', lastname: 'Doe' };

describe("HubSpot's client", () => {
	let hubSpot: CrmStandIn;
	let client: Client;

	const clientWith = (accessToken: string, numberOfApiCallRetries = 0) =>
		new Client({ basePath: hubSpot.url, accessToken, numberOfApiCallRetries });

	beforeAll(async () => {
		hubSpot = await startHubSpot({ accessToken: TOKEN });
		client = clientWith(TOKEN);
		// The client reports its retries there.
		jest.spyOn(console, 'error').mockImplementation(() => {});
	});
	beforeEach(() => hubSpot.reset());
	afterAll(async () => {
		jest.restoreAllMocks();
		await hubSpot.close();
	});

	const create = async (properties: Record<string, string>) =>
		await client.crm.contacts.basicApi.create({ properties, associations: [] });

	const refusalOf = async (work: Promise<unknown>) =>
		await work.then(
			() => undefined,
			(error: { code: number; body: Record<string, unknown> }) => error,
		);

	const toContact = (id: string, associationTypeId: number) => ({
		to: { id },
		types: [{ associationCategory: 'HUBSPOT_DEFINED' as never, associationTypeId }],
	});

	it('creates a contact, reads and updates it', async () => {
		const { id, createdAt } = await create({ ...JOHN, lead_score: '85' });
		expect(createdAt).toBeInstanceOf(Date);
		const read = await client.crm.contacts.basicApi.getById(id, ['email', 'lead_score']);
		expect(read.properties).toMatchObject({ email: 'john@example.com', lead_score: '85' });
		await client.crm.contacts.basicApi.update(id, { properties: { phone: '+639171234567' } });
		expect(hubSpot.holds()).toMatchObject([
			{
				id,
				name: 'John Doe',
				email: 'john@example.com',
				phone: '+639171234567',
				fields: { lead_score: '85' },
			},
		]);
	});

	it('is told which contact has the e-mail, in whatever capitals', async () => {
		const { id } = await create(JOHN);
		const refusal = await refusalOf(create({ email: 'JOHN@EXAMPLE.COM' }));
		expect(refusal).toMatchObject({
			code: 409,
			body: {
				status: 'error',
				category: 'CONFLICT',
				message: `Contact already exists. Existing ID: ${id}`,
				correlationId: expect.stringMatching(/^[0-9a-f-]{36}$/),
			},
		});
	});

	it.each([
		['an invalid e-mail', { email: 'nobody' }, 'email', 'INVALID_EMAIL'],
		['an unknown property', { ...JOHN, shoe_size: '43' }, 'shoe_size', 'PROPERTY_DOESNT_EXIST'],
		['a score in words', { ...JOHN, lead_score: 'high' }, 'lead_score', 'INVALID_LONG'],
		[
			'a marketing status',
			{ ...JOHN, hs_marketable_status: 'true' },
			'hs_marketable_status',
			'READ_ONLY_VALUE',
		],
		['an unknown stage', { ...JOHN, lifecyclestage: 'friend' }, 'lifecyclestage', 'INVALID_OPTION'],
	])('is refused %s', async (_name, properties, propertyName, code) => {
		const refusal = await refusalOf(create(properties));
		expect(refusal).toMatchObject({
			code: 400,
			body: {
				category: 'VALIDATION_ERROR',
				errors: [{ code, context: { propertyName: [propertyName] } }],
			},
		});
		expect(hubSpot.holds()).toEqual([]);
	});

	it('is refused a contact that has nothing to be called by', async () => {
		expect(await refusalOf(create({ phone: '+639171234567' }))).toMatchObject({ code: 400 });
	});

	it('finds contacts by unique properties, and cannot give two of them one value', async () => {
		const { id } = await create({ ...JOHN, property_platform_lead_id: 'lead-1' });
		const byKey = async (idProperty: string, value: string) =>
			await client.crm.contacts.batchApi.read({
				idProperty,
				inputs: [{ id: value }],
				properties: [],
				propertiesWithHistory: [],
			});
		expect((await byKey('property_platform_lead_id', 'lead-1')).results).toMatchObject([{ id }]);
		expect((await byKey('email', 'JOHN@example.com')).results).toMatchObject([{ id }]);
		expect((await byKey('email', 'jane@example.com')).results).toEqual([]);
		expect(await refusalOf(byKey('lead_score', '85'))).toMatchObject({ code: 400 });
		const twin = { email: 'jane@example.com', property_platform_lead_id: 'lead-1' };
		expect(await refusalOf(create(twin))).toMatchObject({
			code: 400,
			body: { message: expect.stringMatching(new RegExp(`${id} already has that value\\.$`)) },
		});
	});

	it('upserts contacts', async () => {
		const upsert = async (lead_score: string) =>
			await client.crm.contacts.batchApi.upsert({
				inputs: [{ id: 'john@example.com', idProperty: 'email', properties: { lead_score } }],
			});
		expect((await upsert('40')).results).toMatchObject([{ _new: true }]);
		expect((await upsert('85')).results).toMatchObject([{ _new: false }]);
		expect(hubSpot.holds()).toMatchObject([{ fields: { lead_score: '85' } }]);
	});

	const searchByPhone = async (by: Client, value: string) =>
		await by.crm.contacts.searchApi.doSearch({
			filterGroups: [
				{ filters: [{ propertyName: 'phone', operator: FilterOperatorEnum.Eq, value }] },
			],
			sorts: ['createdate'],
			properties: ['phone'],
			limit: 10,
		});

	it('searches contacts', async () => {
		const { id } = await create({ ...JOHN, phone: '+639171234567' });
		await create({ lastname: 'Roe', phone: '+639170000000' });
		expect(await searchByPhone(client, '+639171234567')).toMatchObject({
			total: 1,
			results: [{ id, properties: { phone: '+639171234567' } }],
		});
	});

	it('does not find at once what an index has yet to see', async () => {
		const lagging = await startHubSpot({ searchLagMs: 300 });
		try {
			const other = new Client({ basePath: lagging.url, accessToken: 'any' });
			const properties = { lastname: 'Roe', phone: '+639171234567' };
			await other.crm.contacts.basicApi.create({ properties, associations: [] });
			expect((await searchByPhone(other, '+639171234567')).total).toBe(0);
			await new Promise((resolve) => setTimeout(resolve, 350));
			expect((await searchByPhone(other, '+639171234567')).total).toBe(1);
		} finally {
			await lagging.close();
		}
	});

	it('writes notes and tasks to a contact, which then lists them', async () => {
		const { id } = await create(JOHN);
		const note = await client.crm.objects.notes.basicApi.create({
			properties: { hs_timestamp: '2026-11-22T10:00:00Z', hs_note_body: '<p>Hello</p>' },
			associations: [toContact(id, 202)],
		});
		const task = await client.crm.objects.tasks.basicApi.create({
			properties: {
				hs_timestamp: '2026-11-23T01:00:00Z',
				hs_task_subject: 'Call John',
				hs_task_priority: 'HIGH',
				hs_task_type: 'CALL',
			},
			associations: [toContact(id, 204)],
		});
		const contact = await client.crm.contacts.basicApi.getById(id, undefined, undefined, [
			'notes',
			'tasks',
		]);
		expect(contact.associations).toMatchObject({
			notes: { results: [{ id: note.id }] },
			tasks: { results: [{ id: task.id }] },
		});
		const { results } = await client.crm.objects.notes.batchApi.read({
			inputs: [{ id: note.id }],
			properties: ['hs_note_body'],
			propertiesWithHistory: [],
		});
		expect(results[0]?.properties).toMatchObject({ hs_note_body: '<p>Hello</p>' });
		expect(hubSpot.holds()[0]?.tasks).toEqual([
			{
				id: task.id,
				subject: 'Call John',
				text: '',
				dueAt: '2026-11-23T01:00:00.000Z',
				priority: 'HIGH',
			},
		]);
	});

	it.each([
		['without its time', {}, 202, '1'],
		[
			'with too long a text',
			{ hs_timestamp: '1790000000000', hs_note_body: 'x'.repeat(65_537) },
			202,
			'1',
		],
		['to a contact that is not there', { hs_timestamp: '1790000000000' }, 202, '999'],
		['by the type of the other direction', { hs_timestamp: '1790000000000' }, 201, '1'],
	])('is refused a note %s', async (_name, properties, type, contact) => {
		const { id } = await create(JOHN);
		const refusal = await refusalOf(
			client.crm.objects.notes.basicApi.create({
				properties: properties as Record<string, string>,
				associations: [toContact(contact === '1' ? id : contact, type)],
			}),
		);
		expect(refusal).toMatchObject({ code: 400, body: { category: 'VALIDATION_ERROR' } });
	});

	it('lists and creates properties', async () => {
		await client.crm.properties.coreApi.create('contacts', {
			name: 'shoe_size',
			label: 'Shoe size',
			type: 'number' as never,
			fieldType: 'number' as never,
			groupName: 'contactinformation',
		});
		const { results } = await client.crm.properties.coreApi.getAll('contacts');
		expect(results.map(({ name }) => name)).toEqual(
			expect.arrayContaining(['email', 'property_platform_lead_id', 'lead_score', 'shoe_size']),
		);
		await create({ ...JOHN, shoe_size: '43' });
		expect(hubSpot.holds()[0]?.fields).toEqual({ shoe_size: '43' });
	});

	it('is refused with another token, and says who it is with the right one', async () => {
		const stranger = clientWith('pat-na1-other');
		const read = stranger.crm.contacts.basicApi.getById('1');
		expect(await refusalOf(read)).toMatchObject({
			code: 401,
			body: { category: 'INVALID_AUTHENTICATION' },
		});
		const details = await client.apiRequest({ path: '/account-info/v3/details' });
		expect(await details.json()).toMatchObject({ portalId: 123456, timeZone: 'Asia/Manila' });
	});

	it('is told what is not there', async () => {
		expect(await refusalOf(client.crm.contacts.basicApi.getById('1'))).toMatchObject({
			code: 404,
			body: { category: 'OBJECT_NOT_FOUND' },
		});
	});

	it('repeats by itself what failed on the server or went too fast', async () => {
		const patient = clientWith(TOKEN, 3);
		hubSpot.failNext(HUB_SPOT_FAILURES.serverError);
		hubSpot.failNext(HUB_SPOT_FAILURES.secondly);
		const { id } = await patient.crm.contacts.basicApi.create({
			properties: JOHN,
			associations: [],
		});
		expect(hubSpot.holds().map((contact) => contact.id)).toEqual([id]);
		expect(hubSpot.requests).toHaveLength(3);
	});

	it('answers five searches a second', async () => {
		const answers = await Promise.all(
			Array.from({ length: 7 }, async () => await refusalOf(searchByPhone(client, '1'))),
		);
		expect(answers.filter((refusal) => refusal?.code === 429)).toHaveLength(2);
	});
});
