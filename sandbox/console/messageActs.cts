/** What a person does on the phone, what somebody in the Page's inbox does, and how Graph fails. */
import { z } from 'zod';

import { identifier } from '../../nodes/shared/contracts/fields';
import type { MetaStandIn } from '../vendors/meta.cts';

/** As much as Messenger takes. */
const MAX_TEXT_LENGTH = 2_000;
const MAX_PAYLOAD_LENGTH = 1_000;

/** A form of the stand-in's; any id is one. */
const FORM_ID = '345600000000001';

const text = z.string().trim().min(1).max(MAX_TEXT_LENGTH);
const payload = z.string().min(1).max(MAX_PAYLOAD_LENGTH);

const place = z.object({
	channel: z.enum(['facebook', 'instagram']),
	account: identifier,
	person: identifier,
});

/** Meta delivers the webhook two times. */
const twice = z.boolean().default(false);

/** One act: what it needs, and what it does; it answers what stands in the way. */
interface Act {
	contract: z.ZodTypeAny;
	run(meta: MetaStandIn, wanted: never): string | undefined;
}

function act<T extends z.ZodTypeAny>(
	contract: T,
	run: (meta: MetaStandIn, wanted: z.infer<T>) => string | undefined,
): Act {
	return { contract, run };
}

export const MESSAGE_ACTS: Readonly<Record<string, Act>> = {
	say: act(
		place.extend({ text, quickReply: payload.optional(), twice }),
		(meta, { twice: isTwice, ...saying }) => deliver(meta, isTwice, () => meta.say(saying)),
	),
	tap: act(place.extend({ payload, title: text, twice }), (meta, { twice: isTwice, ...tapping }) =>
		deliver(meta, isTwice, () => meta.tap(tapping)),
	),
	unsend: act(z.object({ mid: z.string() }), (meta, { mid }) => {
		const isThere = meta
			.conversations()
			.some(({ messages }) =>
				messages.some((each) => each.mid === mid && each.from === 'person' && !each.isUnsent),
			);
		if (!isThere) return 'There is no such message.';
		meta.unsend(mid);
		return undefined;
	}),
	form: act(
		z.object({
			page: identifier,
			name: text,
			email: z.string().trim().max(320),
			phone: z.string().trim().max(64),
			question: z.string().trim().max(MAX_TEXT_LENGTH),
			twice,
		}),
		(meta, { page, name, email, phone, question, twice: isTwice }) => {
			const answers = {
				full_name: name,
				email,
				phone_number: phone,
				'what_are_you_looking_for?': question,
			};
			return deliver(meta, isTwice, () => meta.fillForm({ page, form: FORM_ID, answers }));
		},
	),
	human: act(place.extend({ text }), (meta, reply) => {
		meta.replyAsHuman(reply);
		return undefined;
	}),
	graph: act(z.object({ failure: z.enum(['limits', 'fails', 'loses']) }), (meta, { failure }) => {
		FAILURES[failure](meta);
		return undefined;
	}),
};

/** Only messages fail: a typing indicator that fails would show nothing. */
const messagesOnly = {
	matching: ({ method, path, body }: { method: string; path: string; body: unknown }) =>
		method === 'POST' &&
		path.endsWith('/messages') &&
		!(typeof body === 'object' && body !== null && 'sender_action' in body),
};

/** @see https://developers.facebook.com/docs/graph-api/guides/error-handling */
const FAILURES = {
	limits: (meta: MetaStandIn) =>
		meta.failNext(
			graphError(400, 613, 'Calls to this api have exceeded the rate limit.'),
			1,
			messagesOnly,
		),
	fails: (meta: MetaStandIn) =>
		meta.failNext(graphError(500, 2, 'An unexpected error has occurred.'), 1, messagesOnly),
	loses: (meta: MetaStandIn) => meta.failNext('reset', 1, { ...messagesOnly, accepted: true }),
};

const graphError = (status: number, code: number, message: string) => ({
	status,
	body: { error: { message, type: 'OAuthException', code, fbtrace_id: 'AConsoleFailure' } },
});

function deliver(meta: MetaStandIn, isTwice: boolean, happen: () => unknown): undefined {
	if (isTwice) meta.hold();
	happen();
	if (isTwice) meta.flush({ times: 2 });
}
