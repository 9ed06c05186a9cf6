import type { MiddlewareHandler } from 'hono';

const LOCAL_HOST = /^(127\.0\.0\.1|localhost)(:\d+)?$/;

/** Whether a host, with or without a port, is this machine. */
export const isThisMachine = (host: string): boolean => LOCAL_HOST.test(host);

/**
 * The console has no login: it listens on 127.0.0.1 only, and this keeps other web pages in the same
 * browser away from it: no foreign host name (DNS rebinding), no form posts, no scripts from elsewhere.
 */
export const onlyThisMachine: MiddlewareHandler = async (context, next) => {
	const { req } = context;
	const host = req.header('host') ?? '';
	const origin = req.header('origin');
	if (!isThisMachine(host) || (origin !== undefined && origin !== `http://${host}`)) {
		return context.json({ error: 'The console answers this machine only.' }, 403);
	}
	if (req.method === 'POST' && !req.header('content-type')?.startsWith('application/json')) {
		return context.json({ error: 'Send application/json.' }, 415);
	}
	await next();
	context.header('Cache-Control', 'no-store');
	context.header('X-Content-Type-Options', 'nosniff');
	context.header(
		'Content-Security-Policy',
		// Mails bring their styles with them; they are shown in frames that inherit this policy.
		"default-src 'none'; style-src 'self' 'unsafe-inline'; script-src 'self'; connect-src 'self'; " +
			"frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
	);
	return undefined;
};
