import type { z } from 'zod';

import { answerIn } from '../../../http/answer';
import type { HttpRequest, HttpResponse } from '../../../http/send';
import { createOnce } from '../createOnce';
import type { CrmSession, CrmSettings, Found } from '../port';
import { created, pageOf } from './answers';
import { pipedriveError } from './errors';

export const TIMEOUT_MS = 8_000;

/** The most that a listing gives at once, for the price of one. */
export const PAGE_SIZE = 500;

/** Reads what was asked for. Throws a VendorError for any other answer. */
export function read<S extends z.ZodTypeAny>(
	shape: S,
	response: HttpResponse,
	request: HttpRequest,
	nowMs: number,
): z.infer<S> {
	const answer = answerIn(shape, response);
	if (answer === undefined) throw pipedriveError(response, request, nowMs);
	return answer;
}

/** Sends a request that is safe to repeat, and reads its answer. Throws a VendorError. */
export async function ask<S extends z.ZodTypeAny>(
	session: CrmSession,
	step: string,
	request: HttpRequest,
	shape: S,
): Promise<z.infer<S>> {
	return read(shape, await session.send(step)(request), request, session.clock.now());
}

/** The first item of a listing for which `isIt` is true, page by page. Throws a VendorError. */
export async function findListed<S extends z.ZodTypeAny>(
	session: CrmSession,
	step: string,
	request: HttpRequest,
	item: S,
	isIt: (item: z.infer<S>) => boolean,
): Promise<z.infer<S> | undefined> {
	let next: Record<string, string | number> | undefined = {};
	while (next !== undefined) {
		const query: HttpRequest['query'] = { ...request.query, limit: PAGE_SIZE, ...next };
		const page: { data: Array<z.infer<S>>; next?: Record<string, string | number> } = await ask(
			session,
			step,
			{ ...request, query },
			pageOf(item),
		);
		const found = page.data.find(isIt);
		if (found !== undefined) return found;
		next = page.next;
	}
	return undefined;
}

/** Creates a record with an id once; `find` looks for what an attempt may have left. */
export async function createRecord(
	session: CrmSession,
	step: string,
	request: HttpRequest,
	find: () => Promise<string | undefined>,
): Promise<{ id: string; outcome: Found }> {
	const { value: id, outcome } = await createOnce({
		find,
		create: async () => await session.send(step)(request),
		read: (response) => read(created, response, request, session.clock.now()).data.id,
		clock: session.clock,
		isRepeat: false,
	});
	return { id, outcome };
}

/**
 * The user who gets a record. An id that is no number goes out as it is, so that Pipedrive refuses it
 * by name.
 */
export function owner({ ownerId }: CrmSettings): { owner_id?: number | string } {
	if (!ownerId) return {};
	return { owner_id: /^\d+$/.test(ownerId) ? Number(ownerId) : ownerId };
}
