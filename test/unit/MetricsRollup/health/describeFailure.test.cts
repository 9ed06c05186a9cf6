import fc from 'fast-check';

import { describeFailure } from '../../../../nodes/MetricsRollup/health/describeFailure';

/** As n8n's documentation shows it. */
const FAILED = {
	execution: {
		id: '231',
		url: 'https://n8n.example.com/workflow/1/executions/231',
		retryOf: '34',
		error: { message: 'Example Error Message', stack: 'Stacktrace' },
		lastNodeExecuted: 'Node With Error',
		mode: 'webhook',
	},
	workflow: { id: '1', name: 'Example Workflow' },
};

const withMessage = (message: string) =>
	describeFailure({ ...FAILED, execution: { ...FAILED.execution, error: { message } } }).detail;
const withUrl = (url: unknown) =>
	describeFailure({ ...FAILED, execution: { ...FAILED.execution, url } }).detail;

describe('a failed workflow', () => {
	it('is one alert, with the node, the message and where to look', () => {
		expect(describeFailure(FAILED)).toEqual({
			alertKey: 'workflow-error:1',
			severity: 'warning',
			title: 'A workflow failed: Example Workflow',
			detail:
				'Node With Error: Example Error Message. ' +
				'Execution: https://n8n.example.com/workflow/1/executions/231',
		});
	});

	it('whose trigger failed is critical: it hears nothing any more', () => {
		const item = {
			trigger: { error: { message: 'Port in use.' }, mode: 'trigger' },
			workflow: FAILED.workflow,
		};
		expect(describeFailure(item)).toEqual({
			alertKey: 'workflow-error:1',
			severity: 'critical',
			title: 'The trigger of a workflow failed: Example Workflow',
			detail: 'Port in use. Until it is mended and activated again, it receives nothing.',
		});
	});

	it.each<[string, string, string]>([
		['an e-mail address', 'No lead juan@example.com', 'No lead (e-mail)'],
		['a phone number', 'Call +63 917 123 4567', 'Call (phone number)'],
		[
			'a token in an address',
			'GET https://x.io/a?access_token=abc failed',
			'GET https://x.io/a failed',
		],
		['a bearer token', 'Bearer sk-1234567890abcdef was refused', 'Bearer … was refused'],
		['a secret with its name', '{"client_secret": "s3cret"}', '{"client_secret": …'],
		['a key with its name', 'api_key=abc123 is wrong', 'api_key=… is wrong'],
		['several lines', 'One\nTwo\u202eThree', 'One TwoThree'],
	])('is told without %s', (_case, message, told) => {
		expect(withMessage(message)).toContain(`Node With Error: ${told}. `);
	});

	it('is told in bounded words', () => {
		expect(withMessage('x'.repeat(100_000)).length).toBeLessThan(500);
	});

	it.each([
		['https://n8n.example.com/e/5?token=abc', 'Execution: https://n8n.example.com/e/5'],
		['https://user:pass@n8n.example.com/e/5', 'Message.'],
		['javascript:alert(1)', 'Message.'],
		[undefined, 'Message.'],
		[7, 'Message.'],
	])('keeps no secret of its address: %p', (url, end) => {
		expect(withUrl(url)).toMatch(
			end === 'Message.' ? /Example Error Message\.$/ : new RegExp(`${end}$`),
		);
	});

	it.each([undefined, null, 5, 'text', [], {}, { workflow: null, execution: null }])(
		'is an alert even where nothing is known: %p',
		(item) => {
			expect(describeFailure(item)).toEqual({
				alertKey: 'workflow-error:unknown',
				severity: 'critical',
				title: 'The trigger of a workflow failed: without a name',
				detail: 'It does not say why. Until it is mended and activated again, it receives nothing.',
			});
		},
	);

	it('never throws, and its key is plain', () => {
		fc.assert(
			fc.property(
				fc.record({
					execution: fc.oneof(
						fc.jsonValue(),
						fc.record({ error: fc.jsonValue(), url: fc.string() }),
					),
					trigger: fc.jsonValue(),
					workflow: fc.oneof(fc.jsonValue(), fc.record({ id: fc.jsonValue(), name: fc.string() })),
				}),
				(item) => {
					const { alertKey, title, detail } = describeFailure(item);
					expect(alertKey).toMatch(/^workflow-error:[\w-]{1,64}$/);
					expect(title.length).toBeLessThanOrEqual(200);
					expect(detail).not.toMatch(/[\n\r]/);
				},
			),
		);
	});
});
