import {
	isRegistered,
	register,
	unregister,
} from '../../../../nodes/CampaignDispatch/delivery/webhookRegistration';
import type { HttpRequest, HttpResponse, Send } from '../../../../nodes/shared/http/send';
import { VendorError } from '../../../../nodes/shared/http/vendorError';

interface Webhook {
	id: string;
	endpoint: string;
	events: string[];
	status?: string;
}

const NOW = 1_790_000_000_000;
const HERE = 'https://n8n.example.com/webhook/campaign-events';
const ELSEWHERE = 'https://other.example.com/hook';
/** Small, so that a few webhooks fill several pages. */
const PAGE = 2;

const webhook = (id: string, changed: Partial<Webhook> = {}): Webhook => ({
	id,
	endpoint: HERE,
	events: ['email.bounced', 'email.opened'],
	...changed,
});

/** An account that holds webhooks, and answers as Resend's page of the API says. */
function account(...webhooks: Webhook[]) {
	const requests: HttpRequest[] = [];
	const answer = (status: number, body: unknown): HttpResponse => ({ status, headers: {}, body });
	const send: Send = async (request) => {
		requests.push(request);
		const { method, path, query, body } = request;
		if (method === 'GET') {
			const start = webhooks.findIndex(({ id }) => id === query?.after) + 1;
			const data = webhooks.slice(start, start + PAGE);
			return answer(200, { object: 'list', has_more: start + PAGE < webhooks.length, data });
		}
		if (method === 'POST') {
			const id = `new-${webhooks.length}`;
			webhooks.push({ id, ...(body as Omit<Webhook, 'id'>) });
			return answer(201, { object: 'webhook', id, signing_secret: 'whsec_c2VjcmV0' });
		}
		const at = webhooks.findIndex(({ id }) => path.endsWith(`/${id}`));
		if (at < 0) return answer(404, { name: 'not_found', message: 'Webhook not found' });
		return answer(200, { id: webhooks.splice(at, 1)[0]!.id, deleted: true });
	};
	return { send, webhooks, requests };
}

const failing: Send = async () => ({
	status: 401,
	headers: {},
	body: { statusCode: 401, name: 'restricted_api_key', message: 'Only for sending' },
});

describe('whether Resend reports to an address', () => {
	const events = ['email.opened', 'email.bounced'];
	const ask = async (id: string | undefined, ...webhooks: Webhook[]) =>
		await isRegistered(account(...webhooks).send, { id, endpoint: HERE, events }, NOW);

	it.each<[string, boolean, string | undefined, Webhook[]]>([
		['it does, whatever the order of the events', true, 'w-1', [webhook('w-1')]],
		[
			'it does, on a later page',
			true,
			'w-4',
			['w-1', 'w-2', 'w-3', 'w-4'].map((id) => webhook(id)),
		],
		['nothing was ever registered', false, undefined, [webhook('w-1')]],
		['it was removed', false, 'w-1', []],
		['another was registered since', false, 'w-1', [webhook('w-2')]],
		['it is disabled', false, 'w-1', [webhook('w-1', { status: 'disabled' })]],
		['other events are wanted', false, 'w-1', [webhook('w-1', { events: ['email.opened'] })]],
		['the address is another', false, 'w-1', [webhook('w-1', { endpoint: ELSEWHERE })]],
	])('%s: %p', async (_why, expected, id, webhooks) => {
		expect(await ask(id, ...webhooks)).toBe(expected);
	});

	it('is not asked where nothing was ever registered', async () => {
		const { send, requests } = account();
		await isRegistered(send, { id: undefined, endpoint: HERE, events }, NOW);
		expect(requests).toEqual([]);
	});
});

describe('registering', () => {
	it('answers the id and the secret of the new webhook', async () => {
		const { send, webhooks } = account();
		expect(await register(send, HERE, ['email.bounced'], NOW)).toEqual({
			id: 'new-0',
			signingSecret: 'whsec_c2VjcmV0',
		});
		expect(webhooks).toEqual([{ id: 'new-0', endpoint: HERE, events: ['email.bounced'] }]);
	});

	it('removes what stood at the address before, on whatever page, and nothing of others', async () => {
		const other = webhook('other', { endpoint: ELSEWHERE });
		const { send, webhooks } = account(webhook('w-1'), other, webhook('w-2'), webhook('w-3'));
		await register(send, HERE, ['email.sent'], NOW);
		expect(webhooks).toEqual([
			other,
			expect.objectContaining({ endpoint: HERE, events: ['email.sent'] }),
		]);
	});

	it('makes none where Resend refuses, and says so', async () => {
		await expect(register(failing, HERE, [], NOW)).rejects.toThrow(VendorError);
		await expect(
			isRegistered(failing, { id: 'w-1', endpoint: HERE, events: [] }, NOW),
		).rejects.toThrow('The Resend API key may only send mails');
	});
});

describe('removing', () => {
	it('removes one webhook, and it is no matter if it is gone', async () => {
		const { send, webhooks } = account(webhook('w-1'), webhook('w-2'));
		await unregister(send, 'w-1', NOW);
		await unregister(send, 'w-1', NOW);
		expect(webhooks.map(({ id }) => id)).toEqual(['w-2']);
	});

	it('says so where Resend refuses', async () => {
		await expect(unregister(failing, 'w-1', NOW)).rejects.toThrow(VendorError);
	});
});
