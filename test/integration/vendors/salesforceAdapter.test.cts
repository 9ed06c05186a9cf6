/** The adapter against the stand-in: what it makes, what it finds, and how many calls that costs. */
import { leadMarker } from '../../../nodes/shared/vendors/crm/marker';
import {
	LEAD,
	LEAD_ID_FIELD,
	salesforceWorld,
	WITH_LEAD_ID,
	type World,
} from './salesforceWorld.cts';

const MARKER = leadMarker(LEAD.leadId);

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

	describe('that is new', () => {
		it('makes lead, note and task in one call', async () => {
			const push = await world.push();
			expect(world.parts()).toEqual([
				['POST Lead', 'GET query', 'POST ContentNote', 'POST ContentDocumentLink', 'POST Task'],
			]);
			const lead = onlyLead();
			expect(push).toEqual({
				externalId: `salesforce_lead_${lead.id}`,
				contact: { id: lead.id, outcome: 'created' },
				note: { id: lead.notes[0]?.id, outcome: 'created' },
				task: { id: lead.tasks[0]?.id, outcome: 'created' },
			});
			expect(lead).toMatchObject({
				name: 'Jane Doe',
				email: 'jane@example.com',
				phone: '+639171234567',
				fields: {
					Company: 'Individual',
					[LEAD_ID_FIELD]: LEAD.leadId,
					Lead_Score__c: 85,
					Lead_Grade__c: 'A',
					HasOptedOutOfEmail: false,
					DoNotCall: false,
				},
			});
		});

		it('writes the note as escaped HTML and the task as text, both with our mark', async () => {
			await world.push();
			const { notes, tasks } = onlyLead();
			expect(notes).toMatchObject([{ title: `Lead score 85/100 · ${MARKER}` }]);
			expect(notes[0]?.text).toContain('<li>2 BR &lt;condo&gt; &amp; parking, BGC</li>');
			expect(tasks).toMatchObject([
				{
					subject: 'Call Jane Doe (grade A)',
					dueAt: '2026-11-23T01:05:00.000Z',
					priority: 'High',
					text: `Score 85/100\nAsked about a condo in BGC\n\n${MARKER}`,
				},
			]);
			expect(world.standIn.org.all('Task')[0]).toMatchObject({
				Status: 'Not Started',
				ActivityDate: '2026-11-23',
				IsReminderSet: true,
			});
		});

		it('names nobody by a placeholder but where Salesforce insists on a name', async () => {
			const settings = { ...WITH_LEAD_ID, companyPlaceholder: 'Private person' };
			await world.push({ firstName: undefined, lastName: undefined }, settings);
			expect(onlyLead()).toMatchObject({ name: 'jane', fields: { Company: 'Private person' } });
		});

		it.each([
			['a phone alone', { email: undefined }],
			['an e-mail alone', { phone: undefined }],
			['neither', { email: undefined, phone: undefined }],
		])('takes %s', async (_name, lead) => {
			await world.push(lead);
			expect(world.calls()).toBe(1);
			expect(onlyLead()).toMatchObject({ notes: [{}], tasks: [{}] });
		});

		it('belongs to whom the node says, whatever the rules of the org assign', async () => {
			const [, other] = world.standIn.org.all('User');
			const [me] = world.standIn.org.all('User');
			world.standIn.org.rules.assignsLeadsTo = me!.Id;
			await world.push({}, { ...WITH_LEAD_ID, ownerId: other!.Id });
			expect(onlyLead().fields.OwnerId).toBe(other!.Id);
			expect(world.standIn.org.all('Task')[0]?.OwnerId).toBe(other!.Id);
		});

		it('is assigned by the rules of the org where the node says nothing', async () => {
			const [, other] = world.standIn.org.all('User');
			world.standIn.org.rules.assignsLeadsTo = other!.Id;
			await world.push();
			expect(onlyLead().fields.OwnerId).toBe(other!.Id);
		});

		it('asks the version of the API that the node says', async () => {
			await world.push({}, { ...WITH_LEAD_ID, apiVersion: 'v68.0' });
			expect(world.standIn.requests).toMatchObject([{ path: '/services/data/v68.0/composite' }]);
		});

		it('has its note also in an org without enhanced notes, one call later', async () => {
			world.standIn.org.rules.contentNotes = false;
			const push = await world.push();
			expect(world.calls()).toBe(2);
			const { notes, tasks } = onlyLead();
			expect(notes).toMatchObject([{ id: push.note.id, title: `Lead score 85/100 · ${MARKER}` }]);
			expect(notes[0]?.text).toContain('- 2 BR <condo> & parking, BGC');
			expect(tasks).toHaveLength(1);
			await world.push({}, WITH_LEAD_ID, true);
			expect(onlyLead()).toMatchObject({ notes: [{}], tasks: [{}] });
		});

		it('keeps its title and text within what a classic note takes, with the mark', async () => {
			world.standIn.org.rules.contentNotes = false;
			const note = {
				title: 'x'.repeat(300),
				sections: [{ heading: 'All', lines: ['y'.repeat(40_000)] }],
			};
			await world.push({ note });
			expect(onlyLead().notes[0]?.title).toMatch(new RegExp(`^x{48} · ${MARKER}$`));
			expect(onlyLead().notes[0]?.text).toHaveLength(32_000);
		});

		it('takes text that looks like a reference, a query or a page for text', async () => {
			const hostile = `@{lead.id} ' OR Id != '' <script> \u0007 \\`;
			const push = await world.push({
				leadId: "it's-\\",
				lastName: hostile,
				email: "o'hara@example.com",
				note: { title: hostile, sections: [{ heading: hostile, lines: [`${hostile}\nmore`] }] },
				task: { ...LEAD.task!, subject: hostile, lines: [hostile] },
			});
			expect(push.contact.outcome).toBe('created');
			expect(onlyLead().name).toBe(`Jane ${hostile.replace('@{', '@ {')}`);
			expect(onlyLead().notes[0]?.text).toContain('&lt;script&gt;   \\<br>more');
			const again = await world.push(
				{ leadId: "it's-\\", email: "o'hara@example.com" },
				WITH_LEAD_ID,
				true,
			);
			expect(again).toMatchObject({ note: { outcome: 'found' }, task: { outcome: 'found' } });
			expect(onlyLead()).toMatchObject({ notes: [{}], tasks: [{}] });
		});

		it('cuts names to what Salesforce takes, and no character in two', async () => {
			await world.push({ firstName: `${'J'.repeat(39)}😀`, lastName: 'D'.repeat(120) });
			expect(onlyLead().name).toBe(`${'J'.repeat(39)} ${'D'.repeat(80)}`);
		});
	});
});
