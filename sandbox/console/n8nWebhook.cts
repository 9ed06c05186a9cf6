/** A request of the console to a workflow, signed as the platform signs its events. */
import { randomUUID } from 'node:crypto';

import { field } from '../platform/delivery.cts';
import { createSignature } from '../platform/signature.cts';

const PATIENCE_MS = 30_000;
const LONGEST_ANSWER = 300;

export interface N8nWebhooks {
	/** Such as `http://127.0.0.1:5678/webhook`. */
	url: string;
	signingSecret: string;
}

/** What came of it, in words for a person. */
export type Said = { done: true; said: string } | { done: false; error: string };

/** Posts to the webhook of a workflow once. Never rejects. */
export async function postToN8n(
	{ url, signingSecret }: N8nWebhooks,
	{ path, workflow }: { path: string; workflow: string },
	content: object,
): Promise<Said> {
	const body = Buffer.from(JSON.stringify(content));
	try {
		const response = await fetch(`${url}/${path}`, {
			method: 'POST',
			redirect: 'manual',
			signal: AbortSignal.timeout(PATIENCE_MS),
			headers: {
				'Content-Type': 'application/json',
				'X-Correlation-Id': `console-${randomUUID()}`,
				...createSignature(signingSecret).sign(body, new Date()),
			},
			body,
		});
		const said = inWords(await response.text());
		if (response.ok) return { done: true, said: said || 'n8n has done it.' };
		if (response.status === 404) {
			const error = `n8n does not listen at ${path}: publish the workflow ${workflow}.`;
			return { done: false, error };
		}
		return { done: false, error: `n8n answered ${response.status}${said && `: ${said}`}` };
	} catch (error) {
		const isLate = error instanceof DOMException && error.name === 'TimeoutError';
		return { done: false, error: isLate ? 'n8n did not answer in time.' : 'n8n is out of reach.' };
	}
}

/** The message of an answer where it has one, else the answer itself. */
function inWords(text: string): string {
	const message = messageOf(text);
	return (message ?? text).trim().slice(0, LONGEST_ANSWER);
}

function messageOf(text: string): string | undefined {
	try {
		const message = field(JSON.parse(text), 'message');
		return typeof message === 'string' ? message : undefined;
	} catch {
		return undefined;
	}
}
