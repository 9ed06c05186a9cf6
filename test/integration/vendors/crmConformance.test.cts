/** What every CRM makes of a lead: the promises of the port, each kept by all three adapters. */
import type { CrmLead, CrmNote } from '../../../nodes/shared/vendors/crm/port';
import { plainText } from '../../../sandbox/console/plainText.cts';
import { CRMS } from './crms.cts';
import { crmWorld, ONE_OF_EACH } from './crmWorld.cts';

const linesOf = (note: CrmNote) =>
	note.sections.flatMap(({ heading, lines }) => [heading, ...lines]);

describe.each(CRMS.map((crm) => [crm.adapter.name, crm] as const))('%s', (_name, crm) => {
	const world = crmWorld(crm);
	const { lead } = world;
	const { leadId, score, grade, consent } = crm.fields;
	const without = (...names: Array<keyof CrmLead>): CrmLead =>
		Object.fromEntries(
			Object.entries(lead).filter(([name]) => !names.includes(name as keyof CrmLead)),
		) as unknown as CrmLead;
	const bodies = () => JSON.stringify(world.vendor.requests.map(({ body }) => body));

	describe('makes of a new lead', () => {
		it('one person, with one note and one task, and says which', async () => {
			const pushed = await world.push();
			const person = world.only();
			expect(person).toMatchObject({
				name: 'Jane Santos',
				email: lead.email,
				phone: lead.phone,
			});
			expect(world.counts()).toEqual(ONE_OF_EACH);
			expect(pushed).toEqual({
				externalId: `${crm.externalIdPrefix}${person.id}`,
				contact: { id: person.id, outcome: 'created' },
				note: { id: person.notes[0]!.id, outcome: 'created' },
				task: { id: person.tasks[0]!.id, outcome: 'created' },
			});
		});

		it.each([
			['without a field for our id', {}],
			['with one', { leadIdField: leadId }],
		])(`no more calls than ${crm.callsOfNewLead}, %s`, async (_how, settings) => {
			await world.push(lead, { settings });
			expect(world.vendor.requests).toHaveLength(crm.callsOfNewLead);
			expect(world.clock.waits).toEqual([]);
		});

		it('a note with the property and all reasons, in their order', async () => {
			await world.push();
			const [note] = world.only().notes;
			expect(`${note!.title}\n${plainText(note!.text)}`).toContain(lead.note.title);
			const said = plainText(note!.text);
			const places = linesOf(lead.note).map((line) => said.indexOf(line));
			expect(places).not.toContain(-1);
			expect(places).toEqual(places.toSorted((a, b) => a - b));
		});

		it.each(['high', 'medium', 'low'] as const)(
			'a task of %s priority at its minute, in words',
			async (priority) => {
				const task = { ...lead.task!, priority };
				await world.push({ ...lead, task });
				const [held] = world.only().tasks;
				expect(held!.subject).toBe('Call Jane Santos');
				expect(new Date(held!.dueAt)).toEqual(task.dueAt);
				const said = plainText(held!.text);
				expect(`${held!.priority}\n${said}`).toContain(crm.priorities[priority]);
				for (const line of task.lines) expect(said).toContain(line);
			},
		);

		it('fields as they are mapped: text, number, yes, and our id', async () => {
			const fields = { [score]: 85.5, [grade]: 'A', [consent]: true };
			await world.push({ ...lead, fields }, { settings: { leadIdField: leadId } });
			const shown = world.only().fields;
			expect([score, grade, consent, leadId].map((name) => String(shown[name]))).toEqual([
				'85.5',
				'A',
				crm.yes,
				lead.leadId,
			]);
		});

		it('nothing that is empty', async () => {
			const bare = without('firstName', 'lastName', 'phone');
			await world.push({ ...bare, fields: { [score]: 0, [grade]: '' } });
			expect(bodies()).not.toMatch(/:(""|null)/);
			expect(String(world.only().fields[score])).toBe('0');
		});

		it('what belongs to the user that was chosen, person and task', async () => {
			await world.push(lead, { settings: { ownerId: crm.owner.id } });
			expect(bodies().split(crm.owner.inBody).length - 1).toBeGreaterThanOrEqual(2);
		});

		it('somebody by the placeholder where nobody gave a name or an e-mail', async () => {
			await world.push(without('firstName', 'lastName', 'email'));
			expect(world.only().name).toBe(lead.placeholderName);
			expect(world.counts()).toEqual(ONE_OF_EACH);
		});
	});

	describe('meets somebody who is there', () => {
		it.each([false, true])('by e-mail, whatever the capitals (repeated: %s)', async (isRepeat) => {
			const id = await world.add({ lastName: 'Cruz', email: 'JANE.Santos@Example.COM' });
			const pushed = await world.push(lead, { isRepeat });
			expect(pushed.externalId).toBe(`${crm.externalIdPrefix}${id}`);
			expect(pushed.contact).toEqual({ id, outcome: 'updated' });
			expect(world.counts()).toEqual(ONE_OF_EACH);
		});

		it('by our id, though the e-mail is another by now', async () => {
			const fields = { [leadId]: lead.leadId };
			const id = await world.add({ lastName: 'Cruz', email: 'new@example.org', fields });
			const pushed = await world.push(lead, {
				settings: { leadIdField: leadId },
				isRepeat: true,
			});
			expect(pushed.contact).toEqual({ id, outcome: 'updated' });
			expect(world.only()).toMatchObject({ email: 'new@example.org' });
			expect(world.counts()).toEqual(ONE_OF_EACH);
		});

		it.each([false, true])('by phone where there is no e-mail (repeated: %s)', async (isRepeat) => {
			const id = await world.add({ lastName: 'Cruz', phone: lead.phone });
			const pushed = await world.push(without('email'), { isRepeat });
			expect(pushed.contact).toEqual({ id, outcome: 'updated' });
			expect(world.counts()).toEqual(ONE_OF_EACH);
		});

		it('and keeps apart two people of one phone who have an e-mail each', async () => {
			await world.add({ lastName: 'Cruz', email: 'cruz@example.org', phone: lead.phone });
			expect((await world.push()).contact.outcome).toBe('created');
			expect(world.counts()).toEqual([{ notes: 0, tasks: 0 }, ...ONE_OF_EACH]);
		});

		it('whom its own rule against duplicates would not let in twice', async () => {
			const id = await world.add({ lastName: 'Cruz', email: lead.email });
			world.forbidDuplicates();
			expect((await world.push()).contact).toEqual({ id, outcome: 'updated' });
			expect(world.counts()).toEqual(ONE_OF_EACH);
		});

		it('and writes what the lead gave, and the mapped fields', async () => {
			await world.add({ lastName: 'Cruz', email: lead.email, fields: { [grade]: 'C' } });
			await world.push();
			expect(world.only()).toMatchObject({ name: 'Jane Santos', phone: lead.phone });
			expect(world.only().fields[grade]).toBe('A');
			expect(String(world.only().fields[score])).toBe('85');
		});

		it('and leaves all else as it was: no placeholder, nothing emptied', async () => {
			const name = { firstName: 'Johanna', lastName: 'Cruz' };
			const fields = { [grade]: 'C' };
			await world.add({ ...name, email: lead.email, phone: '+63281234567', fields });
			const bare = without('firstName', 'lastName', 'phone');
			await world.push({ ...bare, fields: { [score]: 85, [grade]: '' } });
			expect(world.only()).toMatchObject({
				name: 'Johanna Cruz',
				email: lead.email,
				phone: '+63281234567',
			});
			expect(world.only().fields[grade]).toBe('C');
		});
	});

	describe('keeps apart two leads of one person', () => {
		it.each([
			['the second new', {}, false],
			['the second repeated', {}, true],
			['the second new, by our id', { leadIdField: leadId }, false],
			['the second repeated, by our id', { leadIdField: leadId }, true],
		])(
			'who is there once, with a note and a task of each (%s)',
			async (_how, settings, isRepeat) => {
				const leads = [lead, { ...lead, leadId: '6f1c9a52-77aa-4b6e-9d3c-000000000002' }] as const;
				const first = await world.push(leads[0], { settings });
				const second = await world.push(leads[1], { settings, isRepeat });
				expect(second.contact).toEqual({ id: first.contact.id, outcome: 'updated' });
				for (const [index, pushed] of [second, first, second].entries()) {
					const again = await world.push(leads[(index + 1) % 2], { settings, isRepeat: true });
					expect([again.note.id, again.task!.id]).toEqual([pushed.note.id, pushed.task!.id]);
				}
				expect(world.counts()).toEqual([{ notes: 2, tasks: 2 }]);
			},
		);
	});

	describe('without consent', () => {
		const { settings, given, missing } = crm.consent;
		const silent: CrmLead = {
			...without('task'),
			consent: false,
			fields: { ...lead.fields, [consent]: false },
		};

		it('makes no task, and keeps the note', async () => {
			expect(await world.push(silent, { settings })).not.toHaveProperty('task');
			expect(world.counts()).toEqual([{ notes: 1, tasks: 0 }]);
		});

		it('tells it to the CRM about a new person', async () => {
			await world.push(silent, { settings });
			expect(world.only().fields).toMatchObject(missing);
		});

		it('tells it to the CRM about somebody who is there', async () => {
			await world.add({ lastName: 'Cruz', email: lead.email, fields: given });
			expect(world.only().fields).toMatchObject(given);
			await world.push(silent, { settings });
			expect(world.only().fields).toMatchObject(missing);
		});

		it('takes it from no other inquiry: consent to be called is none to be mailed', async () => {
			await world.push(silent, { settings });
			const second = { ...lead, leadId: 'second', fields: {} };
			await world.push(second, { settings });
			expect(world.only().fields).toMatchObject(missing);
		});
	});

	describe('takes for text', () => {
		const bystander = { lastName: 'Cruz', email: 'cruz@example.org' };

		it.each([
			['quotes', `O'Hara "the" \`boss\` \\ '' \\'`],
			['HTML', '<script>alert(1)</script><img src=x onerror=alert(2)>'],
			['entities', '&amp; &lt;b&gt; &#39; &nbsp;'],
			['SOQL', `' OR Email != '' OR Name LIKE '%`],
			['JSON', `"}],"properties":{"email":"x"},"a":["`],
			['references and expressions', '@{lead.id} {{ $json.x }} ={{1}} ${7*7} %27 %00'],
			['emoji', '🏠 👩‍👩‍👧‍👦 e\u0301 ✔'],
			['both directions', 'مرحبا \u202Ebackwards\u202C שלום'],
		])('%s in every field', async (_what, text) => {
			await world.add(bystander);
			const hostile: CrmLead = {
				...lead,
				leadId: text.slice(0, 60),
				email: `o'neil+{x}&y=%@example.com`,
				lastName: text,
				placeholderName: text,
				note: { title: text, sections: [{ heading: `1 ${text}`, lines: [`2 ${text}`] }] },
				task: { ...lead.task!, subject: text, lines: [`3 ${text}`] },
			};
			const settings = { leadIdField: leadId };
			const first = await world.push(hostile, { settings });
			const again = await world.push(hostile, { settings, isRepeat: true });
			expect(again).toMatchObject({
				contact: { id: first.contact.id },
				note: { id: first.note.id, outcome: 'found' },
				task: { id: first.task!.id, outcome: 'found' },
			});
			const [other, person] = world.vendor.holds();
			expect(other).toMatchObject({ name: 'Cruz', notes: [], tasks: [] });
			expect(person).toMatchObject({ name: `Jane ${crm.asShown(text)}`, email: hostile.email });
			const [note, task] = [person!.notes[0]!, person!.tasks[0]!];
			expect(task.subject).toBe(crm.asShown(text));
			expect(plainText(note.text)).toContain(`1 ${text}`);
			expect(plainText(note.text)).toContain(`2 ${text}`);
			expect(plainText(task.text)).toContain(`3 ${crm.asShown(text)}`);
			expect(note.text).not.toMatch(/<script|<img/);
			expect(world.counts()).toEqual([{ notes: 0, tasks: 0 }, ...ONE_OF_EACH]);
		});

		it('ten thousand characters, and cuts nothing from them', async () => {
			const text = '<é&"> 5th\n'.repeat(1_000).trim();
			const note = { ...lead.note, sections: [{ heading: 'Message', lines: [text, 'end'] }] };
			await world.push({ ...lead, note, task: { ...lead.task!, lines: [text, 'end'] } });
			const person = world.only();
			for (const held of [person.notes[0]!.text, person.tasks[0]!.text]) {
				expect(plainText(held)).toContain(text);
			}
			await world.push({ ...lead, note }, { isRepeat: true });
			expect(world.counts()).toEqual(ONE_OF_EACH);
		});

		it.each(['', 'x'])(
			'what is too long, and cuts no character in two (after "%s")',
			async (start) => {
				const [name, message] = [300, 40_000].map((length) => start + '🏠'.repeat(length));
				await world.push({
					...lead,
					...{ firstName: name!, lastName: name! },
					note: { title: name!, sections: [{ heading: 'Message', lines: [message!] }] },
					task: { ...lead.task!, subject: name! },
				});
				expect(bodies()).toContain('🏠');
				expect(bodies()).not.toMatch(/\\ud[89a-f]/);
				expect(world.counts()).toEqual(ONE_OF_EACH);
			},
		);
	});
});
