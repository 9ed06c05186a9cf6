import { templateSamples } from '../../../sandbox/platform/templateSamples.cts';
import { campaignRow, readersOf } from '../campaigns.cts';
import { execute } from '../execute.cts';
import { heal, world } from '../world.cts';

/** The campaign of the sample that is sent. */
const sample = async () => (await templateSamples()).campaigns[0]!;

const countMails = () => world().resend.mails.length;

describe('n8n execute of the campaign templates, beside the running n8n', () => {
	beforeAll(heal);

	it('the preview renders three mails, counts who is left out, and sends nothing', async () => {
		const before = countMails();
		const { code, items } = await execute('campaign-preview');
		expect(code).toBe(0);
		expect(items).toEqual([
			expect.objectContaining({
				leftOut: expect.objectContaining({ no_consent: 1, unsubscribed: 1 }) as object,
				missing: {},
				hasUnsubscribeLink: true,
			}),
		]);
		const [{ mails }] = items as [{ mails: Array<Record<string, string>> }];
		expect(mails).toHaveLength(3);
		for (const { subject, html, text } of mails) {
			expect(subject).toMatch(/^New in /);
			expect(html).toContain('Hello ');
			expect(text).toContain('Hello ');
		}
		expect(countMails()).toBe(before);
	});

	it('the dispatch sends its sample once, and the platform hears it', async () => {
		const campaign = await sample();
		const { code } = await execute('campaign-dispatch');
		expect(code).toBe(0);
		const readers = readersOf(campaign);
		expect(readers).toContain('maria.penaflor@example.com');
		expect(new Set(readers).size).toBe(readers.length);
		expect(await campaignRow(campaign)).toMatchObject({
			status: 'completed',
			sent: readers.length,
		});
	});

	it('the events take their sample, and keep who it is about from further mails', async () => {
		const { code, items } = await execute('campaign-events');
		expect(code).toBe(0);
		expect(items).toMatchObject([{ outcome: 'unknown', kind: 'bounced', isFirst: false }]);
		const { rows } = await world().platform.pool.query(
			`SELECT reason FROM property_platform.suppressions WHERE recipient = $1`,
			[(items[0] as { recipient: string }).recipient],
		);
		expect(rows).toEqual([{ reason: 'bounced' }]);
	});
});
