import {
	ApplicationError,
	type ICredentialDataDecryptedObject,
	type IHttpRequestOptions,
} from 'n8n-workflow';

import { signPlatformRequest } from '../signing/platform';
import { readSignedWebhookCredential } from './signedWebhookCredential';

/** n8n's HTTP Request node still hands over the fields of its older request form. */
interface RequestInEitherForm extends IHttpRequestOptions {
	form?: Record<string, unknown>;
	formData?: unknown;
}

/**
 * Signs a request of n8n over the exact bytes that will go out: the body is turned into its final
 * text here, so that nothing can write it differently afterwards.
 * Throws where the bytes cannot be known beforehand (multipart, streams) or no secret is set.
 */
export function signOutgoing(
	credentials: ICredentialDataDecryptedObject,
	requestOptions: IHttpRequestOptions,
	nowSeconds: number,
): IHttpRequestOptions {
	const { secrets } = readSignedWebhookCredential(credentials);
	if (secrets.current === '') {
		throw new ApplicationError(
			'The credential Signed Webhook API has no signing secret. Open it and fill in Signing Secret.',
		);
	}
	const { body, contentType } = finalBody(requestOptions);
	const signed: RequestInEitherForm = {
		...requestOptions,
		...(body !== undefined && { body }),
		headers: {
			...withoutHeaders(requestOptions.headers, contentType ? ['content-type'] : []),
			...(contentType && { 'Content-Type': contentType }),
			...signPlatformRequest(secrets.current, body ?? '', nowSeconds),
		},
	};
	delete signed.form;
	return signed;
}

function finalBody(request: RequestInEitherForm): {
	body: Buffer | string | undefined;
	contentType?: string;
} {
	const { body, form, formData } = request;
	if (formData !== undefined || body instanceof FormData) {
		throw new ApplicationError(
			'A multipart body cannot be signed, because its bytes are not known beforehand. Send JSON or a raw body.',
		);
	}
	if (form !== undefined) {
		return {
			body: encodeForm(form),
			contentType: 'application/x-www-form-urlencoded',
		};
	}
	if (body === undefined || body === null) return { body: undefined };
	if (Buffer.isBuffer(body)) return { body };
	if (typeof body === 'string') return { body: isSentAsJson(request) ? Buffer.from(body) : body };
	if (body instanceof URLSearchParams) {
		return { body: body.toString(), contentType: 'application/x-www-form-urlencoded' };
	}
	if (typeof (body as { pipe?: unknown }).pipe === 'function') {
		throw new ApplicationError(
			'A streamed body cannot be signed, because its bytes are not known beforehand. Send JSON or a raw body.',
		);
	}
	return { body: JSON.stringify(body), contentType: 'application/json' };
}

/**
 * Under this type n8n's HTTP client would still trim a text, or quote it where it is no JSON; bytes
 * it leaves alone.
 * @see https://github.com/axios/axios/blob/v1.x/lib/defaults/index.js stringifySafely
 */
function isSentAsJson({ headers }: IHttpRequestOptions): boolean {
	return Object.entries(headers ?? {}).some(
		([name, value]) =>
			name.toLowerCase() === 'content-type' && String(value).includes('application/json'),
	);
}

function encodeForm(form: Record<string, unknown>): string {
	const encoded = new URLSearchParams();
	for (const [key, value] of Object.entries(form)) {
		for (const entry of Array.isArray(value) ? value : [value]) encoded.append(key, String(entry));
	}
	return encoded.toString();
}

/** Header names are case-insensitive: without this a second spelling would go out beside ours. */
function withoutHeaders(headers: IHttpRequestOptions['headers'], names: string[]) {
	const dropped = ['x-signature', 'x-timestamp', ...names];
	return Object.fromEntries(
		Object.entries(headers ?? {}).filter(([name]) => !dropped.includes(name.toLowerCase())),
	);
}
