import { once } from 'node:events';
import { connect } from 'node:net';

import { type SmtpStandIn, startSmtp } from '../../../sandbox/vendors/smtp.cts';

let smtp: SmtpStandIn;

beforeAll(async () => {
	smtp = await startSmtp({ user: 'sandbox', password: 'secret' });
});
beforeEach(() => smtp.reset());
afterAll(() => smtp.close());

/** Says these lines, each after the reply to the one before; answers the codes of all replies. */
async function talk(...lines: string[]): Promise<string[]> {
	const socket = connect(smtp.port, '127.0.0.1').setEncoding('utf8');
	const codes: string[] = [];
	try {
		for (const line of [...lines, 'QUIT']) {
			const reply = await Promise.race([nextReply(socket), once(socket, 'close')]);
			if (typeof reply !== 'string') return [...codes, 'closed'];
			codes.push(reply);
			socket.write(`${line}\r\n`);
		}
		codes.push(await nextReply(socket));
		return codes;
	} finally {
		socket.destroy();
	}
}

/** The last line of a reply has a space behind its code. */
async function nextReply(socket: NodeJS.EventEmitter): Promise<string> {
	let text = '';
	while (!/^\d{3} .*\r\n$/m.test(text)) text += String((await once(socket, 'data'))[0]);
	return text.slice(0, 3);
}

const LETTER = [
	'From: n8n <n8n@example.com>',
	'To: On Call <on-call@example.com>',
	'Subject: =?utf-8?Q?Resolved=3A_=E2=9C=93?=',
	'Content-Type: text/plain; charset=utf-8',
	'Content-Transfer-Encoding: quoted-printable',
	'',
	'2 dead letters =E2=80=94 replay them.',
	'..',
	'.',
].join('\r\n');

const ENVELOPE = [
	'EHLO n8n',
	'MAIL FROM:<n8n@example.com>',
	'RCPT TO:<on-call@example.com>',
	'RCPT TO:<second@example.com>',
	'DATA',
];
const TAKEN = ['220', '250', '250', '250', '250', '354', '250', '221'];

describe('the stand-in of a mail server', () => {
	it('takes a mail and keeps it as a person would read it', async () => {
		const before = Date.now();
		expect(await talk(...ENVELOPE, LETTER)).toEqual(TAKEN);
		expect(smtp.mails).toEqual([
			{
				from: 'n8n@example.com',
				to: ['on-call@example.com', 'second@example.com'],
				subject: 'Resolved: ✓',
				text: '2 dead letters — replay them.\n.\n',
				at: expect.any(String),
			},
		]);
		const at = new Date(smtp.mails[0]!.at).getTime();
		expect(at).toBeGreaterThanOrEqual(before);
		expect(at).toBeLessThanOrEqual(Date.now());
	});

	it.each([
		['takes', 'secret', '235'],
		['refuses', 'guessed', '535'],
	])('%s a login with the password %s', async (_, password, code) => {
		const login = Buffer.from(`\0sandbox\0${password}`).toString('base64');
		const codes = await talk('EHLO n8n', `AUTH PLAIN ${login}`);
		expect(codes).toEqual(['220', '250', code, '221']);
	});

	it('offers no TLS', async () => {
		expect((await talk('EHLO n8n', 'STARTTLS'))[2]).toMatch(/^5/);
	});

	it('refuses so many mails as it is told, and takes the next one', async () => {
		smtp.failNext('refuse', 2);
		expect((await talk(...ENVELOPE.slice(0, 2)))[2]).toBe('451');
		expect((await talk(...ENVELOPE.slice(0, 2)))[2]).toBe('451');
		expect(smtp.mails).toEqual([]);
		expect(await talk(...ENVELOPE, LETTER)).toEqual(TAKEN);
		expect(smtp.mails).toHaveLength(1);
	});

	it('cuts the connection before it takes the mail', async () => {
		smtp.failNext('drop');
		expect(await talk(...ENVELOPE, LETTER)).toEqual(['220', '250', 'closed']);
		expect(smtp.mails).toEqual([]);
		expect(await talk(...ENVELOPE, LETTER)).toEqual(TAKEN);
	});

	it('forgets mails and failures', async () => {
		await talk(...ENVELOPE, LETTER);
		smtp.failNext('refuse');
		smtp.reset();
		expect(smtp.mails).toEqual([]);
		expect(await talk(...ENVELOPE, LETTER)).toEqual(TAKEN);
	});

	it('closes while somebody is connected', async () => {
		const other = await startSmtp({ user: 'sandbox', password: 'secret' });
		const socket = connect(other.port, '127.0.0.1').on('error', () => undefined);
		const closed = once(socket, 'close');
		await nextReply(socket.setEncoding('utf8'));
		await other.close();
		await closed;
	});
});
