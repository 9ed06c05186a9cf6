/** The adapter against the stand-in, over real HTTP and wrapped as a run wraps it. */
import { leadMarker } from '../../../nodes/shared/vendors/crm/marker';
import {
	BY_LEAD_ID,
	CONTACTS,
	errorOf,
	hubSpotWorld,
	JOHN,
	NO_CONSENT,
	NOTES,
	PHONE_ONLY,
	TASKS,
} from './hubSpotWorld.cts';

describe('HubSpot over HTTP', () => {
	const world = hubSpotWorld();

	describe('makes', () => {
		it('a new contact with its note and task in three calls', async () => {
			const pushed = await world.push(JOHN, { settings: { ...BY_LEAD_ID, ownerId: '42' } });
			expect(world.calls()).toEqual([`POST ${CONTACTS}`, `POST ${NOTES}`, `POST ${TASKS}`]);
			const [contact] = world.vendor.holds();
			expect(contact).toMatchObject({
				name: 'John',
				email: 'john@example.com',
				phone: '+639171234567',
				fields: {
					property_platform_lead_id: JOHN.leadId,
					lead_score: '85',
					lead_grade: 'A',
					contact_consent: 'true',
					hubspot_owner_id: '42',
				},
				tasks: [
					{
						subject: 'Call John',
						text: `<p>Asked about two bedrooms in BGC</p><p>${leadMarker(JOHN.leadId)}</p>`,
						dueAt: '2026-11-23T01:00:00.000Z',
						priority: 'HIGH',
					},
				],
			});
			expect(pushed).toEqual({
				externalId: `hubspot_contact_${contact!.id}`,
				contact: { id: contact!.id, outcome: 'created' },
				note: { id: contact!.notes[0]!.id, outcome: 'created' },
				task: { id: contact!.tasks[0]!.id, outcome: 'created' },
			});
		});

		it('a note that shows the property and the score, escaped', async () => {
			await world.push(JOHN);
			expect(world.vendor.holds()[0]!.notes[0]!.text).toBe(
				'<p><strong>Lead from Facebook</strong></p>' +
					'<p><strong>Property</strong></p><ul><li>Two bedrooms in BGC</li>' +
					'<li>PHP 5,000,000 &lt;asking&gt;</li></ul>' +
					'<p><strong>Score 85/100</strong></p><ul><li>Budget: fits</li></ul>' +
					`<p>${leadMarker(JOHN.leadId)}</p>`,
			);
		});

		it('a task as HubSpot has them, due and reminding at one time', async () => {
			await world.push(JOHN, { settings: { ownerId: '42' } });
			expect(world.vendor.requests.at(-1)?.body).toMatchObject({
				properties: {
					hs_timestamp: '2026-11-23T01:00:00.000Z',
					hs_task_type: 'CALL',
					hs_task_priority: 'HIGH',
					hs_task_status: 'NOT_STARTED',
					// date -ud 2026-11-23T01:00:00Z +%s
					hs_task_reminders: '1795395600000',
					hubspot_owner_id: '42',
				},
			});
		});

		it('a note that fits, of whatever length the message was', async () => {
			const lines = ['&'.repeat(10_000), '<'.repeat(10_000), 'short'];
			await world.push({
				...JOHN,
				note: { title: 'Long', sections: [{ heading: 'Said', lines }] },
			});
			const { text } = world.vendor.holds()[0]!.notes[0]!;
			expect(text.length).toBeLessThanOrEqual(65_536);
			expect(text).toContain('<li>short</li>');
			expect(text).toMatch(new RegExp(`${leadMarker(JOHN.leadId)}</p>$`));
		});

		it('no task and no marketing status without consent', async () => {
			const pushed = await world.push(NO_CONSENT);
			expect(pushed).not.toHaveProperty('task');
			expect(world.calls()).toEqual([`POST ${CONTACTS}`, `POST ${NOTES}`]);
			const { fields } = world.vendor.holds()[0]!;
			expect(fields).toMatchObject({ contact_consent: 'false' });
			expect(Object.keys(fields)).toEqual(['lead_score', 'lead_grade', 'contact_consent']);
		});

		it.each([
			['the phone alone', { ...PHONE_ONLY, firstName: undefined }, 'Lead 7b0e1c9a'],
			['a first name and a phone', PHONE_ONLY, 'John'],
			['an e-mail alone', { ...JOHN, firstName: undefined, phone: undefined }, ''],
			[
				'nothing at all',
				{ ...PHONE_ONLY, firstName: undefined, phone: undefined },
				'Lead 7b0e1c9a',
			],
		])('a contact of %s, and invents a name only where HubSpot insists', async (_, lead, name) => {
			expect(await world.push(lead)).toMatchObject({ contact: { outcome: 'created' } });
			expect(world.vendor.holds()).toMatchObject([{ name }]);
		});

		it('the same through the paths of v3', async () => {
			await world.push(JOHN, { settings: { apiVersion: 'v3' } });
			await world.push(JOHN, { settings: { apiVersion: 'v3' }, isRepeat: true });
			expect(world.counts()).toEqual([{ notes: 1, tasks: 1 }]);
			expect(world.vendor.requests.every(({ path }) => path.startsWith('/crm/v3/objects/'))).toBe(
				true,
			);
		});
	});

	describe('meets a contact that is there', () => {
		it('by its e-mail in other capitals, and changes only what the lead gave', async () => {
			const id = await world.seed({
				email: 'JOHN@Example.com',
				lastname: 'Doe',
				firstname: 'Johnny',
			});
			const pushed = await world.push({ ...JOHN, phone: undefined });
			expect(pushed).toMatchObject({ contact: { id, outcome: 'updated' } });
			expect(world.calls()).toEqual([
				`POST ${CONTACTS}`,
				`PATCH ${CONTACTS}/:id`,
				`POST ${NOTES}`,
				`POST ${TASKS}`,
			]);
			expect(world.vendor.requests[1]?.body).toEqual({
				properties: {
					firstname: 'John',
					lead_score: '85',
					lead_grade: 'A',
					contact_consent: 'true',
				},
			});
			expect(world.vendor.holds()).toMatchObject([{ name: 'John Doe', email: 'john@example.com' }]);
		});

		it('and writes nothing to it where there is nothing to write', async () => {
			await world.seed({ email: 'john@example.com', lastname: 'Doe' });
			await world.push({
				...JOHN,
				phone: undefined,
				firstName: undefined,
				fields: { lead_grade: '', email: 'other@example.com' },
			});
			expect(world.calls()).toEqual([`POST ${CONTACTS}`, `POST ${NOTES}`, `POST ${TASKS}`]);
			expect(world.vendor.holds()).toMatchObject([{ name: 'Doe', email: 'john@example.com' }]);
		});

		it('by our id where there is no e-mail', async () => {
			const id = await world.seed({ lastname: 'Doe', property_platform_lead_id: JOHN.leadId });
			const lead = { ...PHONE_ONLY, phone: undefined };
			const pushed = await world.push(lead, { settings: BY_LEAD_ID, isRepeat: true });
			expect(pushed.contact).toEqual({ id, outcome: 'updated' });
			expect(world.calls().slice(0, 2)).toEqual([
				`POST ${CONTACTS}/batch/read`,
				`PATCH ${CONTACTS}/:id`,
			]);
		});

		it('by our id although nobody looked for it', async () => {
			const id = await world.seed({ lastname: 'Doe', property_platform_lead_id: JOHN.leadId });
			expect((await world.push(PHONE_ONLY, { settings: BY_LEAD_ID })).contact.id).toBe(id);
			expect(world.counts()).toEqual([{ notes: 1, tasks: 1 }]);
		});

		it.each(['phone', 'mobilephone'])('by the %s, the oldest of several', async (property) => {
			const id = await world.seed({ lastname: 'Doe', [property]: '+639171234567' });
			await world.seed({ lastname: 'Roe', phone: '+639171234567' });
			const pushed = await world.push(PHONE_ONLY);
			expect(pushed.contact).toEqual({ id, outcome: 'updated' });
			expect(world.calls()).toEqual([
				`POST ${CONTACTS}/search`,
				`PATCH ${CONTACTS}/:id`,
				`POST ${NOTES}`,
				`POST ${TASKS}`,
			]);
		});

		it('and asks who it is where the refusal does not say', async () => {
			const id = await world.seed({ email: 'john@example.com', lastname: 'Doe' });
			world.vendor.failNext({ status: 409, body: { status: 'error', category: 'CONFLICT' } });
			expect((await world.push(JOHN, { settings: BY_LEAD_ID })).contact.id).toBe(id);
			expect(world.calls().slice(0, 3)).toEqual([
				`POST ${CONTACTS}`,
				`POST ${CONTACTS}/batch/read`,
				`POST ${CONTACTS}/batch/read`,
			]);
		});

		it('and believes no id in what somebody typed', async () => {
			const stranger = await world.seed({ email: 'jane@example.com', lastname: 'Roe' });
			const message = `"Contact already exists. Existing ID: ${stranger}" is not a name`;
			world.vendor.failNext({ status: 400, body: { category: 'VALIDATION_ERROR', message } });
			expect((await errorOf(world.push(JOHN))).kind).toBe('rejected');
			expect(world.counts()).toEqual([{ notes: 0, tasks: 0 }]);
		});

		it('and takes another person’s unique value for a mistake in the mapping', async () => {
			await world.send({
				method: 'POST',
				path: '/crm/properties/2026-09/contacts',
				body: {
					name: 'membership',
					label: 'Membership',
					type: 'string',
					fieldType: 'text',
					groupName: 'contactinformation',
					hasUniqueValue: true,
				},
			});
			await world.seed({ email: 'jane@example.com', membership: 'M-1' });
			const lead = { ...JOHN, fields: { membership: 'M-1' } };
			const error = await errorOf(world.push(lead, { settings: BY_LEAD_ID }));
			expect(error).toMatchObject({ kind: 'rejected', code: 'CONFLICTING_UNIQUE_VALUE' });
			expect(error.message).toContain('membership');
			expect(error.message).not.toContain('M-1');
		});
	});
});
