import { isThisMachine } from './onlyThisMachine.cts';

const PATIENCE_MS = 10_000;

/**
 * Unsubscribes by one click as a mail provider does, without cookies and without following redirects.
 * Answers what stands in the way, or undefined where nothing did. The sandbox asks this machine only.
 * @see https://www.rfc-editor.org/rfc/rfc8058#section-3.2
 */
export async function unsubscribe(headers: Record<string, string>): Promise<string | undefined> {
	const isOneClick = /^\s*List-Unsubscribe=One-Click\s*$/.test(
		header(headers, 'list-unsubscribe-post'),
	);
	const address = /<(https?:[^<>\s]+)>/.exec(header(headers, 'list-unsubscribe'))?.[1];
	if (!isOneClick || address === undefined || !URL.canParse(address)) {
		return 'The mail offers no one-click unsubscribe.';
	}
	const { host } = new URL(address);
	if (!isThisMachine(host)) return `${host} is not on this machine; the sandbox asks nobody else.`;
	try {
		const response = await fetch(address, {
			method: 'POST',
			redirect: 'manual',
			signal: AbortSignal.timeout(PATIENCE_MS),
			headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
			body: 'List-Unsubscribe=One-Click',
		});
		return response.ok ? undefined : `The unsubscribe address answered ${response.status}.`;
	} catch {
		return 'The unsubscribe address did not answer.';
	}
}

function header(headers: Record<string, string>, name: string): string {
	return Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1] ?? '';
}
