import type { HttpResponse, Send } from '../../nodes/shared/http/send';

/** A `Send` over real HTTP, with the headers a credential would add. */
export function fetchSend(
	baseUrl: string,
	headers: Record<string, string> = {},
	timeoutMs = 2000,
): Send {
	return async (request) => {
		const url = new URL(`${baseUrl}${request.path}`);
		for (const [name, value] of Object.entries(request.query ?? {})) {
			url.searchParams.set(name, String(value));
		}
		try {
			const answer = await fetch(url, {
				method: request.method,
				redirect: 'manual',
				headers: {
					...(request.body !== undefined && { 'content-type': 'application/json' }),
					...(request.idempotencyKey && { 'x-idempotency-key': request.idempotencyKey }),
					...headers,
					...request.headers,
				},
				...(request.body !== undefined && { body: JSON.stringify(request.body) }),
				signal: AbortSignal.timeout(Math.min(timeoutMs, request.timeoutMs ?? timeoutMs)),
			});
			return {
				status: answer.status,
				headers: Object.fromEntries(answer.headers),
				body: parsed(await answer.text()),
			};
		} catch (error) {
			const isTimeout = (error as Error).name === 'TimeoutError';
			return {
				status: 0,
				headers: {},
				body: undefined,
				noAnswer: isTimeout ? 'timed-out' : 'unreachable',
			} satisfies HttpResponse;
		}
	};
}

function parsed(text: string): unknown {
	if (text === '') return undefined;
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}
