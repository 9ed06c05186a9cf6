/** The adapter against the stand-in: people who stand in Salesforce already, in one way or another. */
import { vendorErrorOf } from './crmSession.cts';
import {
	LEAD,
	LEAD_ID_FIELD,
	salesforceWorld,
	WITH_LEAD_ID,
	type World,
} from './salesforceWorld.cts';

const JOHN = { LastName: 'Santos', Company: 'Santos Inc', Email: 'JANE@Example.com' };
/** A second inquiry of the same person. */
const SECOND = { leadId: '6f1c9a52-0000-4000-8000-000000000002' };

describe('pushing a lead to Salesforce', () => {
	let world: World;

	beforeAll(async () => void (world = await salesforceWorld()));
	beforeEach(() => world.startAnew());
	afterAll(() => world.standIn.close());

	const leads = () => world.standIn.holds().filter(({ kind }) => kind === 'lead');
	const onlyLead = () => {
		expect(leads()).toHaveLength(1);
		return leads()[0]!;
	};

	describe('that stands already', () => {
		it('is found by e-mail, in other capitals, and gets what is new: three calls', async () => {
			const id = await world.make('Lead', JOHN);
			const push = await world.push();
			expect(world.parts()).toEqual([
				['POST Lead', 'GET query', 'POST ContentNote', 'POST ContentDocumentLink', 'POST Task'],
				['GET query', 'GET query', 'GET query'],
				['PATCH Lead', 'POST ContentNote', 'POST ContentDocumentLink', 'POST Task'],
			]);
			expect(push).toMatchObject({
				externalId: `salesforce_lead_${id}`,
				contact: { id, outcome: 'updated' },
				note: { outcome: 'created' },
				task: { outcome: 'created' },
			});
			expect(onlyLead()).toMatchObject({
				name: 'Jane Doe',
				email: 'JANE@Example.com',
				phone: '+639171234567',
				fields: { Company: 'Santos Inc', [LEAD_ID_FIELD]: LEAD.leadId, Lead_Score__c: 85 },
			});
		});

		it('keeps its name, company, owner and all else that the new inquiry does not say', async () => {
			const [me, other] = world.standIn.org.all('User');
			await world.make('Lead', { ...JOHN, FirstName: 'John', Phone: '1', OwnerId: me!.Id });
			world.standIn.org.rules.assignsLeadsTo = other!.Id;
			const nothing = { firstName: undefined, lastName: undefined, phone: undefined };
			await world.push({ ...nothing, fields: { Lead_Grade__c: '', Lead_Score__c: 0 } });
			expect(onlyLead()).toMatchObject({
				name: 'John Santos',
				phone: '1',
				fields: { OwnerId: me!.Id, Company: 'Santos Inc', Lead_Score__c: 0 },
			});
		});

		it.each(['Phone', 'MobilePhone'])('is found by %s where there is no e-mail', async (field) => {
			const id = await world.make('Lead', { ...JOHN, [field]: LEAD.phone });
			const push = await world.push({ email: undefined }, {});
			expect(push.contact).toEqual({ id, outcome: 'updated' });
			expect(world.calls()).toBe(3);
		});

		it('is found by our id, though its e-mail has changed', async () => {
			const id = await world.make('Lead', {
				...JOHN,
				Email: 'new@example.com',
				[LEAD_ID_FIELD]: LEAD.leadId.toUpperCase(),
			});
			const push = await world.push();
			expect(push.contact).toEqual({ id, outcome: 'updated' });
			expect(onlyLead()).toMatchObject({ email: 'new@example.com', notes: [{}], tasks: [{}] });
		});

		it('is the newest of several', async () => {
			await world.make('Lead', JOHN);
			await new Promise((resolve) => setTimeout(resolve, 5));
			const newest = await world.make('Lead', JOHN);
			expect((await world.push()).contact.id).toBe(newest);
			expect(leads()).toHaveLength(2);
		});

		it.each([
			['', LEAD_ID_FIELD],
			[', whose field is spelt in small letters', LEAD_ID_FIELD.toLowerCase()],
		])(
			'is shared by two leads of the platform%s, each with its note and task',
			async (_how, name) => {
				const settings = { leadIdField: name };
				const first = await world.push({}, settings);
				const second = await world.push(SECOND, settings);
				expect(second.contact).toEqual({ id: first.contact.id, outcome: 'updated' });
				expect(onlyLead()).toMatchObject({
					fields: { [LEAD_ID_FIELD]: LEAD.leadId },
					notes: [{}, {}],
					tasks: [{}, {}],
				});
				for (const lead of [SECOND, {}]) {
					const again = await world.push(lead, settings, true);
					expect(again).toMatchObject({ note: { outcome: 'found' }, task: { outcome: 'found' } });
				}
				expect(onlyLead()).toMatchObject({ notes: [{}, {}], tasks: [{}, {}] });
			},
		);
	});

	describe('that was pushed before', () => {
		it.each([
			['with a field for our id', WITH_LEAD_ID],
			['without', {}],
		])('makes nothing new, in two calls, %s', async (_name, settings) => {
			const first = await world.push({}, settings);
			world.standIn.requests.length = 0;
			const again = await world.push({ fields: { Lead_Score__c: 90 } }, settings, true);
			expect(world.parts()).toEqual([
				Array(settings.leadIdField ? 3 : 2).fill('GET query'),
				['PATCH Lead'],
			]);
			expect(again).toEqual({
				externalId: first.externalId,
				contact: { id: first.contact.id, outcome: 'updated' },
				note: { id: first.note.id, outcome: 'found' },
				task: { id: first.task?.id, outcome: 'found' },
			});
			expect(onlyLead()).toMatchObject({
				fields: { Lead_Score__c: 90 },
				notes: [{}],
				tasks: [{}],
			});
		});

		it('finds its own lead again, though a newer one has the same e-mail by now', async () => {
			const { contact } = await world.push({}, {});
			await world.make('Lead', JOHN);
			expect((await world.push({}, {}, true)).contact.id).toBe(contact.id);
		});

		it('is made where the first push made nothing', async () => {
			const push = await world.push({}, WITH_LEAD_ID, true);
			expect(push.contact.outcome).toBe('created');
			expect(world.calls()).toBe(2);
		});

		it('says so when it has neither e-mail nor phone nor a field to be found by', async () => {
			const nobody = { email: undefined, phone: undefined };
			const { details } = await vendorErrorOf(world.push(nobody, {}, true));
			expect(details).toMatchObject({
				kind: 'rejected',
				advice: expect.stringMatching(/External ID/),
			});
			expect(world.calls()).toBe(0);
		});
	});

	describe('that became a contact', () => {
		it.each([
			['with a field for our id', WITH_LEAD_ID],
			['without', {}],
		])('finds note and task there, and leaves the lead alone, %s', async (_name, settings) => {
			const first = await world.push({}, settings);
			const contact = world.standIn.org.convert(first.contact.id);
			const again = await world.push({ fields: { Lead_Score__c: 1 } }, settings, true);
			expect(again).toEqual({
				...first,
				contact: { ...first.contact, outcome: 'updated' },
				note: { ...first.note, outcome: 'found' },
				task: { ...first.task, outcome: 'found' },
			});
			expect(world.standIn.holds()).toMatchObject([
				{ id: first.contact.id, fields: { Lead_Score__c: 85 }, notes: [], tasks: [] },
				{ id: contact.Id, notes: [{}], tasks: [{}] },
			]);
		});

		it('gets note and task on the contact', async () => {
			const id = await world.make('Lead', { ...JOHN, [LEAD_ID_FIELD]: LEAD.leadId });
			const contact = world.standIn.org.convert(id);
			const push = await world.push();
			expect(push.externalId).toBe(`salesforce_lead_${id}`);
			expect(world.standIn.holds()).toMatchObject([
				{ id, notes: [], tasks: [] },
				{ id: contact.Id, notes: [{}], tasks: [{}] },
			]);
		});

		it('finds the note of a second inquiry there as well', async () => {
			const { contact } = await world.push();
			await world.push(SECOND);
			world.standIn.org.convert(contact.id);
			const again = await world.push(SECOND, WITH_LEAD_ID, true);
			expect(again).toMatchObject({ note: { outcome: 'found' }, task: { outcome: 'found' } });
		});

		it('is a new lead when the same person asks anew', async () => {
			const { contact } = await world.push();
			world.standIn.org.convert(contact.id);
			world.standIn.requests.length = 0;
			expect((await world.push(SECOND)).contact.outcome).toBe('created');
			expect(leads()).toMatchObject([
				{ id: contact.id, notes: [], tasks: [] },
				{ notes: [{}], tasks: [{}] },
			]);
			expect(world.calls()).toBe(1);
		});
	});

	describe('under a duplicate rule', () => {
		beforeEach(() => {
			world.standIn.org.rules.duplicateRule = 'alert';
		});

		it.each(['alert', 'block'] as const)(
			'that says %s, goes to the lead it matches',
			async (rule) => {
				const id = await world.make('Lead', JOHN);
				world.standIn.org.rules.duplicateRule = rule;
				const push = await world.push();
				expect(push.contact).toEqual({ id, outcome: 'updated' });
				expect(world.calls()).toBe(3);
				expect(onlyLead()).toMatchObject({ notes: [{}], tasks: [{}] });
			},
		);

		it.each([
			['with a field for our id', WITH_LEAD_ID],
			['without', {}],
		])('goes to a lead that only the rule takes for the same, %s', async (_name, settings) => {
			const id = await world.make('Lead', { ...JOHN, Email: 'john@example.com' });
			const record = { Id: id, attributes: { type: 'Lead' } };
			const refusal = {
				errorCode: 'DUPLICATES_DETECTED',
				message: 'Use one of these records?',
				duplicateResult: { matchResults: [{ matchRecords: [{ record }] }] },
			};
			world.standIn.org.refuseNext('Lead', 400, refusal);
			expect((await world.push({}, settings)).contact).toEqual({ id, outcome: 'updated' });
			if (settings.leadIdField === undefined) world.standIn.org.refuseNext('Lead', 400, refusal);
			const again = await world.push({}, settings, true);
			expect(again).toMatchObject({ note: { outcome: 'found' }, task: { outcome: 'found' } });
			expect(onlyLead()).toMatchObject({ email: 'john@example.com', notes: [{}], tasks: [{}] });
		});

		it('goes to a contact that it matches, and leaves its fields alone', async () => {
			const id = await world.make('Contact', { LastName: 'Santos', Email: LEAD.email });
			const push = await world.push();
			expect(push).toMatchObject({
				externalId: `salesforce_contact_${id}`,
				contact: { id, outcome: 'updated' },
			});
			await world.push({}, WITH_LEAD_ID, true);
			expect(world.standIn.holds()).toMatchObject([
				{ kind: 'contact', name: 'Santos', phone: null, notes: [{}], tasks: [{}] },
			]);
		});
	});
});
