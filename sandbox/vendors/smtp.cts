/** Stand-in of the mail server that alerts go out by. It keeps every mail and delivers none. */
import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';

import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

export interface SmtpOptions {
	/** Who may log in. Nobody has to. */
	user: string;
	password: string;
	/** Absent or 0: any free one. */
	port?: number;
}

/** Refused as a server does that is too busy, or the connection is cut before the mail is taken. */
export type SmtpFailure = 'refuse' | 'drop';

export interface TakenMail {
	/** The addresses of the envelope, which are those that a mail really goes to. */
	from: string;
	to: string[];
	subject: string;
	/** Of a mail in HTML alone, its text. */
	text: string;
	/** UTC ISO 8601 with milliseconds. */
	at: string;
}

export interface SmtpStandIn {
	/** It listens on 127.0.0.1, without TLS. */
	readonly port: number;
	/** Oldest first. */
	readonly mails: TakenMail[];
	/** The next mails, one by default, are not taken. */
	failNext(how: SmtpFailure, times?: number): void;
	/** Forgets mails and failures. */
	reset(): void;
	close(): Promise<void>;
}

/** @see https://www.rfc-editor.org/rfc/rfc5321#section-4.2.2 for the replies. */
const REPLIES = { busy: 451, badLogin: 535 };

export async function startSmtp(options: SmtpOptions): Promise<SmtpStandIn> {
	const mails: TakenMail[] = [];
	const failures: SmtpFailure[] = [];
	const sockets = new Map<number, Socket>();
	const server = new SMTPServer({
		authOptional: true,
		allowInsecureAuth: true,
		disabledCommands: ['STARTTLS'],
		disableReverseLookup: true,
		logger: false,
		onAuth({ username, password }, _session, callback) {
			const isKnown = username === options.user && password === options.password;
			if (isKnown) callback(null, { user: username });
			else callback(refusal(REPLIES.badLogin, 'Authentication failed'));
		},
		onMailFrom(_address, { remotePort }, callback) {
			const failure = failures.shift();
			if (failure === 'drop') sockets.get(remotePort)?.destroy();
			else callback(failure && refusal(REPLIES.busy, 'Try again later'));
		},
		onData(stream, { envelope: { mailFrom, rcptTo } }, callback) {
			simpleParser(stream).then(({ subject = '', text = '' }) => {
				mails.push({
					from: mailFrom ? mailFrom.address : '',
					to: rcptTo.map(({ address }) => address),
					subject,
					text,
					at: new Date().toISOString(),
				});
				callback();
			}, callback);
		},
	});
	server.server.on('connection', (socket: Socket) => {
		const port = socket.remotePort!;
		sockets.set(port, socket);
		socket.on('close', () => sockets.delete(port));
	});
	// A client that goes away in the middle is its own affair.
	server.on('error', () => undefined);
	server.listen(options.port ?? 0, '127.0.0.1');
	await once(server.server, 'listening');

	return {
		port: (server.server.address() as AddressInfo).port,
		mails,
		failNext(how, times = 1) {
			failures.push(...Array.from({ length: times }, () => how));
		},
		reset() {
			mails.length = 0;
			failures.length = 0;
		},
		async close() {
			for (const socket of sockets.values()) socket.destroy();
			await new Promise<void>((resolve) => server.close(resolve));
		},
	};
}

function refusal(responseCode: number, message: string): Error {
	return Object.assign(new Error(message), { responseCode });
}
