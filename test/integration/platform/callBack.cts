import { signPlatformRequest } from '../../../nodes/shared/signing/platform';

export interface CallBackOptions {
	secret?: string;
	nowSeconds?: number;
	headers?: Record<string, string>;
}

export const SECRET = 'whsec-platform-test';

/** Posts a callback as n8n does, signed by the nodes' half. */
export async function callBack(
	platformUrl: string,
	endpoint: string,
	body: unknown,
	options: CallBackOptions = {},
) {
	const { secret = SECRET, nowSeconds = Date.now() / 1000, headers = {} } = options;
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	const response = await fetch(`${platformUrl}/internal/n8n/${endpoint}`, {
		method: 'POST',
		headers: {
			'Content-Type': 'application/json',
			...signPlatformRequest(secret, text, nowSeconds),
			...headers,
		},
		body: text,
	});
	return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}
