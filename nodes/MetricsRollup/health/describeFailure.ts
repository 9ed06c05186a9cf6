import { z } from 'zod';

import { impersonal } from '../../shared/text/impersonal';
import { oneLine } from '../../shared/text/oneLine';
import type { Severity } from './figures';

/** An alert to raise. */
export interface RaisedAlert {
	alertKey: string;
	severity: Severity;
	title: string;
	detail: string;
}

const MESSAGE_LENGTH = 300;
const NAME_LENGTH = 80;

const words = z.string().catch('');
const failure = z.object({ message: words }).catch({ message: '' });
const ids = z
	.union([z.string(), z.number().transform(String)])
	.transform((id) => id.replace(/[^\w-]/g, '').slice(0, 64))
	.catch('');

/**
 * What n8n's Error Trigger gives, every field of which may be missing.
 * @see https://docs.n8n.io/integrations/builtin/core-nodes/n8n-nodes-base.errortrigger/
 */
const failedWorkflow = z
	.object({
		execution: z
			.object({ url: words, lastNodeExecuted: words, error: failure })
			.optional()
			.catch(undefined),
		trigger: z.object({ error: failure }).optional().catch(undefined),
		workflow: z.object({ id: ids, name: words }).catch({ id: '', name: '' }),
	})
	.catch({ workflow: { id: '', name: '' } });

/**
 * The alert for a workflow that failed, from the item of n8n's Error Trigger. One whose trigger
 * failed hears nothing any more, which is critical. Never throws.
 */
export function describeFailure(item: unknown): RaisedAlert {
	const { execution, trigger, workflow } = failedWorkflow.parse(item);
	const name = impersonal(workflow.name, NAME_LENGTH) || 'without a name';
	const message = cleaned((execution ?? trigger)?.error.message ?? '') || 'It does not say why';
	const alert = { alertKey: `workflow-error:${workflow.id || 'unknown'}` };
	if (execution === undefined) {
		return {
			...alert,
			severity: 'critical',
			title: `The trigger of a workflow failed: ${name}`,
			detail: `${message}. Until it is mended and activated again, it receives nothing.`,
		};
	}
	const node = impersonal(execution.lastNodeExecuted, NAME_LENGTH);
	const url = /^https?:\/\/[^\s?#@]{1,300}(?=[?#]|$)/.exec(execution.url)?.[0];
	return {
		...alert,
		severity: 'warning',
		title: `A workflow failed: ${name}`,
		detail: `${node === '' ? '' : `${node}: `}${message}.${url ? ` Execution: ${url}` : ''}`,
	};
}

/** Without people's addresses and without what looks like a secret. */
function cleaned(message: string): string {
	const line = oneLine(message, MESSAGE_LENGTH)
		.replace(/(https?:\/\/[^\s?#]*)[?#]\S*/gi, '$1')
		.replace(/\b(bearer|basic)\s+[\w.~+/=-]{12,}/gi, '$1 …')
		.replace(
			/\b([\w-]*(?:token|secret|password|signature|api[_-]?key))(["']?\s*[=:]\s*)\S+/gi,
			'$1$2…',
		);
	return impersonal(line, MESSAGE_LENGTH).replace(/\.$/, '');
}
