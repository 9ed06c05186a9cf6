import { verifyPlatformRequest } from '../../../nodes/shared/signing/platform';
import { listen } from '../../../sandbox/listen.cts';

export interface Delivery {
	path: string;
	query: URLSearchParams;
	at: number;
	headers: Headers;
	body: Record<string, unknown>;
	/** What the nodes' half of the signature says about it. */
	isValid: boolean;
}

export type Respond = (delivery: Delivery, number: number) => Response | Promise<Response>;

/** Stands where n8n does: checks each delivery with the nodes' own code and answers as it is told. */
export async function startReceiver(secret: string) {
	const deliveries: Delivery[] = [];
	let respond: Respond = () => Response.json({ accepted: true });
	const server = await listen(async (request) => {
		const rawBody = Buffer.from(await request.arrayBuffer());
		const verdict = verifyPlatformRequest(
			{ current: secret },
			{
				signature: request.headers.get('x-signature'),
				timestamp: request.headers.get('x-timestamp'),
				rawBody,
			},
			Date.now() / 1000,
		);
		const { pathname, searchParams } = new URL(request.url);
		const delivery: Delivery = {
			path: pathname,
			query: searchParams,
			at: Date.now(),
			headers: request.headers,
			body: JSON.parse(rawBody.toString() || '{}') as Record<string, unknown>,
			isValid: verdict.valid,
		};
		deliveries.push(delivery);
		return await respond(delivery, deliveries.length);
	});
	return {
		...server,
		deliveries,
		/** How every delivery is answered from now on; `number` counts them from 1. */
		answer(next: Respond) {
			respond = next;
		},
		forget() {
			deliveries.length = 0;
			respond = () => Response.json({ accepted: true });
		},
	};
}

export type Receiver = Awaited<ReturnType<typeof startReceiver>>;
