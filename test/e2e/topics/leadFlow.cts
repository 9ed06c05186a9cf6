import { randomUUID } from 'node:crypto';

import { leadMarker } from '../../../nodes/shared/vendors/crm/marker';
import { until } from '../../integration/platform/until.cts';
import { countsIn, CRM_KEYS, inEachCrm, peopleIn, sameInEachCrm } from '../crms.cts';
import { leadRow, newLead, ONE_OF_EACH, sendLead, traceOf } from '../leads.cts';
import { answered, callbacksOf, deliveriesOf } from '../messages.cts';
import { heal, world } from '../world.cts';

/** The fewest requests with which each vendor takes a new lead, without those for a token. */
const FEWEST_CALLS = { hubspot: 3, salesforce: 1, pipedrive: 5 };

describe('a lead on its way from the outbox to its CRM', () => {
	beforeEach(heal);

	it.each(CRM_KEYS)(
		'stands in %s within 10 s, with note and task, and the platform knows',
		async (crm) => {
			const startedAt = Date.now();
			const sent = await sendLead(await newLead(crm));
			await answered(sent);
			expect(Date.now() - startedAt).toBeLessThan(10_000);

			expect(await traceOf(crm, sent)).toEqual(ONE_OF_EACH);
			expect(await deliveriesOf(sent)).toEqual([200]);
			const { lead_id, email, phone } = sent.lead;
			const { notes, tasks, ...person } = peopleIn(crm)[0]!;
			expect(person).toMatchObject({ name: 'Ana Cruz', email, phone });

			const { message } = await leadRow(lead_id);
			const score = /(\d+\/100)$/.exec(message!)![1]!;
			const note = notes[0]!.text;
			expect(note).toContain(`Score ${score}`);
			for (const reason of [/Budget \d+ of 40\b/, /Location \d+ of 30\b/, /Contact \d+ of 20\b/]) {
				expect(note).toMatch(reason);
			}
			expect(note).toMatch(/Engagement \d+ of 10\b/);
			expect(note).toContain('Two-bedroom condo in BGC');
			expect(note).toMatch(/18,500,000/);
			expect(note).toContain(leadMarker(lead_id));

			const [task] = tasks;
			expect(task!.subject).toMatch(/lead/i);
			expect(task!.text).toContain(`Score ${score}`);
			expect(Date.parse(task!.dueAt)).toBeGreaterThan(startedAt);

			const calls = world().crms[crm].requests.filter(({ path }) => !path.endsWith('/token'));
			expect(calls).toHaveLength(FEWEST_CALLS[crm]);
		},
	);

	it('is one lead in the inbox of Pipedrive, worth its listing', async () => {
		const sent = await sendLead(await newLead('pipedrive'));
		await answered(sent);
		expect(peopleIn('pipedrive')[0]!.fields.leads).toEqual([
			expect.objectContaining({
				origin_id: sent.lead.lead_id,
				value: { amount: 18_500_000, currency: 'PHP' },
			}),
		]);
	});
});

describe('one lead, however often it is delivered', () => {
	beforeEach(heal);

	it('delivered twice in turn, and once more when all is done: one of each', async () => {
		const first = await inEachCrm(async (crm) => await sendLead(await newLead(crm)));
		await inEachCrm(async (crm) => await answered(first[crm]));
		const asked = await inEachCrm(async (crm) => world().crms[crm].requests.length);
		const again = await inEachCrm(async (crm) => await sendLead(first[crm].lead));
		await inEachCrm(async (crm) => await answered(again[crm]));
		await inEachCrm(async (crm) => {
			await world().platform.redeliver(first[crm].id);
			await until(async () => (await deliveriesOf(first[crm])).length === 2);
			await answered(first[crm]);
		});

		expect(await inEachCrm(async (crm) => await traceOf(crm, first[crm]))).toEqual(
			sameInEachCrm(ONE_OF_EACH),
		);
		expect(await inEachCrm(async (crm) => world().crms[crm].requests.length)).toEqual(asked);
		expect(await inEachCrm(async (crm) => await callbacksOf(again[crm]))).toEqual(
			sameInEachCrm(['duplicate']),
		);
	});

	it.each(CRM_KEYS)('delivered five times at once to %s: one of each', async (crm) => {
		// Long enough for five deliveries to meet, and short enough to be over when they come again.
		world().crms[crm].delayMs = 900 / FEWEST_CALLS[crm];
		const lead = await newLead(crm);
		const deliveries = await Promise.all(Array.from({ length: 5 }, () => sendLead(lead)));
		for (const delivery of deliveries) await answered(delivery);

		expect(countsIn(crm)).toEqual({ contacts: 1, notes: 1, tasks: 1 });
		const outcomes = (await Promise.all(deliveries.map(callbacksOf))).flat();
		expect(outcomes.filter((outcome) => outcome === 'applied')).toHaveLength(1);
		expect(new Set(outcomes)).toEqual(new Set(['applied', 'duplicate']));
		// Those that came while another one was at it were told to come again.
		const answers = (await Promise.all(deliveries.map(deliveriesOf))).flat();
		expect(new Set(answers)).toEqual(new Set([500, 200]));
	});
});

describe('a lead that nobody is to be asked about', () => {
	beforeEach(heal);

	it('without consent has contact and note, no task, and the CRM is told', async () => {
		const sent = await inEachCrm(
			async (crm) => await sendLead(await newLead(crm, { consent: false })),
		);
		await inEachCrm(async (crm) => await answered(sent[crm]));

		expect(await inEachCrm(async (crm) => await traceOf(crm, sent[crm]))).toEqual(
			sameInEachCrm({ ...ONE_OF_EACH, tasks: 0 }),
		);
		for (const crm of CRM_KEYS) {
			expect(peopleIn(crm)[0]!.notes[0]!.text).toContain('No consent to be contacted');
		}
		expect(peopleIn('salesforce')[0]!.fields).toMatchObject({
			HasOptedOutOfEmail: true,
			DoNotCall: true,
		});
	});

	it('of a company without a CRM is skipped, and no CRM hears of it', async () => {
		const sent = await sendLead(await newLead('hubspot', { company_id: `new-${randomUUID()}` }));
		await answered(sent);
		expect(await deliveriesOf(sent)).toEqual([200]);
		expect(await callbacksOf(sent)).toEqual(['applied']);
		expect(await leadRow(sent.lead.lead_id)).toEqual({
			crm: 'none',
			externalId: null,
			status: 'skipped',
			message: 'Lead skipped: No CRM is set up for this company',
			isSent: true,
		});
		for (const crm of CRM_KEYS) expect(world().crms[crm].requests).toEqual([]);
	});

	it('with neither e-mail nor phone is skipped, and no CRM hears of it', async () => {
		const sent = await inEachCrm(
			async (crm) => await sendLead(await newLead(crm, { email: null, phone: 'call me' })),
		);
		for (const crm of CRM_KEYS) {
			await answered(sent[crm]);
			expect(await deliveriesOf(sent[crm])).toEqual([200]);
			expect(await leadRow(sent[crm].lead.lead_id)).toMatchObject({
				crm,
				status: 'skipped',
				message: 'Lead skipped: the lead has neither an e-mail address nor a phone number',
			});
			expect(world().crms[crm].requests).toEqual([]);
		}
	});
});
