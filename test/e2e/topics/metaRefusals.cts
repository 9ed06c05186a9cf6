import { createHmac, randomUUID } from 'node:crypto';

import { SECRETS } from '../../../sandbox/sandbox.cts';
import { META_DEFAULTS } from '../../../sandbox/vendors/meta.cts';
import { countExecutionsAfter, latestExecutionId } from '../executions.cts';
import { askedOf, newWriter, newWriters, repliedTo, say } from '../meta.cts';
import { outcomesOf } from '../metaInbox.cts';
import { bodyOf, hubSignature, messageBody, postToBroker } from '../metaWebhooks.cts';
import { heal, world } from '../world.cts';

describe("Meta's question whether the address is meant", () => {
	const ask = async (query: Record<string, string>) => {
		const url = `${world().n8n.webhookUrl}/meta-broker?${new URLSearchParams(query).toString()}`;
		const response = await fetch(url);
		return { response, text: await response.text() };
	};
	const right = {
		'hub.mode': 'subscribe',
		'hub.verify_token': SECRETS.metaVerifyToken,
		'hub.challenge': '1158201444',
	};

	it('is answered with the challenge, as plain text', async () => {
		const { response, text } = await ask(right);
		expect(response.status).toBe(200);
		expect(response.headers.get('content-type')).toMatch(/^text\/plain/);
		expect(text).toBe('1158201444');
	});

	it.each<{ what: string; query: Record<string, string> }>([
		{ what: 'with a wrong token', query: { ...right, 'hub.verify_token': 'guessed' } },
		{ what: 'with an empty token', query: { ...right, 'hub.verify_token': '' } },
		{ what: 'in another mode', query: { ...right, 'hub.mode': 'unsubscribe' } },
		{ what: 'without anything', query: {} },
	])('is refused $what with 403, and starts no execution', async ({ query }) => {
		const before = latestExecutionId();
		const { response, text } = await ask(query);
		expect(response.status).toBe(403);
		expect(text).not.toContain('1158201444');
		expect(countExecutionsAfter(before)).toBe(0);
	});

	it('carries nothing that could run in a browser', async () => {
		const { response, text } = await ask({
			...right,
			'hub.challenge': '<script>alert(1)</script>',
		});
		expect(response.headers.get('content-type')).toMatch(/^text\/plain/);
		expect(text === 'Forbidden' || text === '<script>alert(1)</script>').toBe(true);
	});
});

describe('a webhook that says it comes from Meta', () => {
	const writer = newWriter();
	const BODY = JSON.stringify(messageBody(writer, 'm_refused', 'I was never signed'));
	const sha1 = (body: string) =>
		`sha1=${createHmac('sha1', META_DEFAULTS.appSecret).update(body).digest('hex')}`;
	const hex = hubSignature(BODY)['X-Hub-Signature-256']!.replace('sha256=', '');

	beforeAll(heal);

	it.each<{ what: string; headers: Record<string, string>; body?: string }>([
		{ what: 'unsigned', headers: {} },
		{ what: 'signed with SHA-1 only', headers: { 'X-Hub-Signature': sha1(BODY) } },
		{ what: 'with SHA-1 in the place of SHA-256', headers: { 'X-Hub-Signature-256': sha1(BODY) } },
		{ what: 'signed with another secret', headers: hubSignature(BODY, 'another-secret') },
		{ what: 'signed with no secret', headers: hubSignature(BODY, '') },
		{
			what: 'with one byte changed on the way',
			headers: hubSignature(BODY),
			body: BODY.replace('never', 'newer'),
		},
		{
			what: 'with a byte more at its end',
			headers: hubSignature(BODY),
			body: `${BODY}\n`,
		},
		{ what: 'with the bare hash', headers: { 'X-Hub-Signature-256': hex } },
		{
			what: 'with the hash in capitals',
			headers: { 'X-Hub-Signature-256': `sha256=${hex.toUpperCase()}` },
		},
		{ what: 'with half the hash', headers: { 'X-Hub-Signature-256': `sha256=${hex.slice(32)}` } },
		{
			what: 'with two signatures',
			headers: { 'X-Hub-Signature-256': `sha256=${hex}, sha256=${hex}` },
		},
	])('is refused $what with 401, and starts no execution', async ({ headers, body = BODY }) => {
		const before = latestExecutionId();
		const answer = await postToBroker(body, headers);
		expect(answer.status).toBe(401);
		expect(answer.body).toMatchObject({ accepted: false, error: 'unauthorized' });
		expect(countExecutionsAfter(before)).toBe(0);
	});

	it.each<[string, unknown]>([
		['a list', []],
		['something without entries', { object: 'page' }],
	])('is refused with 400 where it is %s, and starts no execution', async (_, payload) => {
		const before = latestExecutionId();
		const body = JSON.stringify(payload);
		expect((await postToBroker(body, hubSignature(body))).status).toBe(400);
		expect(countExecutionsAfter(before)).toBe(0);
	});

	it('is answered with 200 where it tells nothing that was selected, and starts nothing', async () => {
		const before = latestExecutionId();
		const read = { sender: { id: '1' }, recipient: { id: writer.account }, read: { watermark: 1 } };
		const body = JSON.stringify(bodyOf('facebook', writer.account, { ...read, timestamp: 1 }));
		expect((await postToBroker(body, hubSignature(body))).status).toBe(200);
		expect(countExecutionsAfter(before)).toBe(0);
	});

	it('is taken with ñ, ₱ and emoji, escaped as Meta does and not', async () => {
		const before = latestExecutionId();
		const text = 'Calle Niño sa Biñan, ₱12,000,000 — “señorial” 👨‍👩‍👧🏡';
		const [escaped, plain] = newWriters();
		for (const each of [escaped, plain]) say(each, 'Hello');
		for (const each of [escaped, plain]) await repliedTo(each);
		say(escaped, text);
		const body = JSON.stringify(messageBody(plain, `m_${randomUUID()}`, text));
		expect(body).toContain('Niño');
		expect((await postToBroker(body, hubSignature(body))).status).toBe(200);
		for (const each of [escaped, plain]) {
			expect(await outcomesOf(each, 2)).toEqual(['answered', 'answered']);
			expect((await askedOf(each)).map(({ message }) => message)).toEqual(['Hello', text]);
		}
		expect(countExecutionsAfter(before)).toBeGreaterThan(1);
	});
});
