import { until } from '../../integration/platform/until.cts';
import { testWorkflow } from '../editor.cts';
import { alertsAbout, endTelling, entriesAbout, mailsAbout, run, told } from '../monitoring.cts';
import { heal, world } from '../world.cts';

/** Of nobody's: n8n itself keeps and logs what a workflow says that it fails with. */
const SECRET = 'made-up-secret-1234';

/** Publishes a workflow of nobody's that fails with what it is told; answers the key of its alert. */
async function publishFailing(path: string): Promise<string> {
	const { nodes, ...workflow } = await testWorkflow('failing.json');
	const [trigger, ...rest] = nodes;
	const own = { ...trigger!, webhookId: path, parameters: { ...trigger!.parameters, path } };
	const id = await world().editor.publish({ ...workflow, name: path, nodes: [own, ...rest] });
	return `workflow-error:${id}`;
}

/** Has it fail once; what was published a moment ago is not found at first. */
async function fail(path: string, message: string): Promise<void> {
	const status = await until(async () => {
		const response = await fetch(`${world().n8n.webhookUrl}/${path}`, {
			method: 'POST',
			headers: { 'Content-Type': 'application/json' },
			body: JSON.stringify({ message }),
		});
		await response.arrayBuffer();
		return response.status !== 404 && response.status;
	}, 20_000);
	expect(status).toBe(500);
}

/** Waits until people have heard of whatever other tests have left behind. */
async function othersTold(): Promise<void> {
	const { pool } = world().platform;
	await until(async () => {
		await pool.query(
			'UPDATE property_platform.alerts SET lease_until = now() WHERE lease_token IS NOT NULL',
		);
		await run('send-alerts', 'Send Now');
		const { rowCount } = await pool.query(
			`SELECT FROM property_platform.alerts
			 WHERE CASE WHEN resolved_at IS NULL THEN num_nulls(raise_mailed_at, raise_reported_at)
			   ELSE num_nulls(end_mailed_at, end_reported_at) END > 0`,
		);
		return rowCount === 0;
	}, 20_000);
}

const seen = async (key: string, times: number) =>
	await until(async () => (await alertsAbout(key))[0]?.times === times, 20_000);

describe('a workflow fails', () => {
	beforeEach(heal);
	afterAll(heal);

	it('one alert, one mail and one entry at the platform, without people or secrets', async () => {
		const key = await publishFailing('e2e-failing');
		await fail(
			'e2e-failing',
			`Mail to ana.cruz@example.com (+639175550100) bounced, token=${SECRET}`,
		);
		await told(key, 1);
		expect(await alertsAbout(key)).toMatchObject([
			{
				severity: 'warning',
				title: 'A workflow failed: e2e-failing',
				times: 1,
				isOpen: true,
			},
		]);
		const [mail] = mailsAbout(key);
		expect(mail).toMatchObject({
			from: 'n8n@company.com',
			to: ['on-call@company.com'],
			subject: '[Property platform] Warning: A workflow failed: e2e-failing',
		});
		expect(mail!.text).toContain('Give Up: Mail to (e-mail) ((phone number)) bounced, token=…');
		expect(mail!.text).toMatch(
			/Execution: http:\/\/127\.0\.0\.1:\d+\/workflow\/\w+\/executions\/\d+/,
		);
		const [entry] = await entriesAbout(key);
		expect(entry).toMatchObject({ event: 'alert.raised', severity: 'warning' });
		for (const text of [mail!.text, mail!.subject, JSON.stringify(entry)]) {
			expect(text).not.toContain('ana.cruz');
			expect(text).not.toContain('5550100');
			expect(text).not.toContain(SECRET);
		}

		await fail('e2e-failing', 'Once more');
		await seen(key, 2);
		await run('send-alerts', 'Send Now');
		expect(await alertsAbout(key)).toHaveLength(1);
		expect(mailsAbout(key)).toHaveLength(1);
		expect(await entriesAbout(key)).toHaveLength(1);
	});

	it('while the mail server refuses, the platform is told; the mail comes later, once', async () => {
		const key = await publishFailing('e2e-failing-unmailed');
		await othersTold();
		world().smtp.failNext('refuse');
		await fail('e2e-failing-unmailed', 'Nobody is mailed');
		// The platform is told after the mail was tried.
		await until(async () => (await entriesAbout(key)).length === 1, 20_000);
		expect(mailsAbout(key)).toEqual([]);

		await endTelling(key);
		await run('send-alerts', 'Send Now');
		await told(key, 1);
		await run('send-alerts', 'Send Now');
		expect(mailsAbout(key)).toHaveLength(1);
		expect(await entriesAbout(key)).toHaveLength(1);
	});

	it('while the platform is down, people are mailed; the platform is told later, once', async () => {
		const { platform } = world();
		const key = await publishFailing('e2e-failing-unreported');
		platform.goDown();
		await fail('e2e-failing-unreported', 'The platform does not hear it');
		await until(() => mailsAbout(key).length === 1, 20_000);
		expect(await entriesAbout(key)).toEqual([]);

		platform.comeBack();
		await until(async () => {
			await endTelling(key);
			await run('send-alerts', 'Send Now');
			return (await entriesAbout(key)).length > 0;
		}, 20_000);
		await run('send-alerts', 'Send Now');
		expect(mailsAbout(key)).toHaveLength(1);
		expect(await entriesAbout(key)).toHaveLength(1);
	});
});
