import { execute } from '../execute.cts';
import { quiet } from '../meta.cts';
import { heal, world } from '../world.cts';

describe('n8n execute of the Meta templates, beside the running n8n', () => {
	beforeAll(async () => {
		heal();
		await quiet();
	});

	const countOf = async () => {
		const { rows } = await world().platform.pool.query<Record<string, number>>(
			`SELECT (SELECT count(*)::int FROM channel_message) AS asked,
			   (SELECT count(*)::int FROM lead) AS leads,
			   (SELECT count(*)::int FROM property_platform.channel_events) AS events`,
		);
		return { ...rows[0], sent: world().meta.sent.length, requests: world().meta.requests.length };
	};

	it('the broker understands its sample, and asks and answers nobody', async () => {
		const before = await countOf();
		const { code, items } = await execute('meta-broker');
		expect(code).toBe(0);
		const understood = items as Array<{
			event: { text: string };
			understanding: { intents: Array<{ name: string }> };
			course: object;
		}>;
		const shown = understood.map(({ event, understanding, course }) => ({
			says: event.text.slice(0, 16),
			intents: understanding.intents.map(({ name }) => name),
			course,
		}));
		expect(shown).toEqual([
			{
				says: 'Hi po! Looking f',
				intents: expect.arrayContaining(['property_search', 'availability_inquiry']) as string[],
				course: { course: 'answer', handsOver: false, optsIn: false },
			},
			{
				says: 'Pwede bang mag-v',
				intents: expect.arrayContaining(['viewing_request']) as string[],
				course: { course: 'answer', handsOver: false, optsIn: false },
			},
			{ says: 'STOP', intents: ['opt_out'], course: { course: 'goodbye' } },
		]);
		expect(await countOf()).toEqual(before);
	}, 60_000);

	it('the lead forms map their sample to a lead, and hand it to nobody', async () => {
		const before = await countOf();
		const { code, items } = await execute('meta-lead-forms');
		expect(code).toBe(0);
		expect(items).toMatchObject([
			{
				event: {
					first_name: 'Maria',
					last_name: 'Santos',
					email: 'maria.santos@example.com',
					phone: '+639171234567',
					preferences: { budget_max: '25M - 30M' },
					consent: true,
				},
				leadForm: { id: '23337004204534500' },
			},
		]);
		expect(await countOf()).toEqual(before);
	}, 60_000);
});
