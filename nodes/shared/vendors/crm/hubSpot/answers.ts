import { z } from 'zod';

import { answerIn } from '../../../http/answer';
import type { HttpResponse } from '../../../http/send';
import { hubSpotError, readFailure } from './errors';

const id = z.union([z.string(), z.number()]).transform(String).pipe(z.string().regex(/^\d+$/));

const paging = z
	.object({ next: z.object({ after: z.string() }).nullish() })
	.nullish()
	.transform((value) => value?.next?.after);

/** The answer to a creation or an update. */
export const record = z.object({ id });

/** The answer to a batch read or a search; missing records are simply not in it. */
export const records = z.object({
	results: z.array(z.object({ id, properties: z.record(z.string().nullish()).catch({}) })),
});

/** A page of associations. The endpoints name the other record's id in two ways. */
export const associationPage = z.object({
	results: z.array(
		z
			.object({ id: id.optional(), toObjectId: id.optional() })
			.transform((association) => association.id ?? association.toObjectId)
			.pipe(id),
	),
	paging,
});

/** A contact with the first page of each kind of activity; a kind without any is missing. */
export const contactActivities = z.object({
	id,
	associations: z
		.object({ notes: associationPage.optional(), tasks: associationPage.optional() })
		.nullish()
		.transform((value) => value ?? {}),
});

/** Reads what was asked for. Throws a VendorError for any other answer. */
export function read<S extends z.ZodTypeAny>(
	shape: S,
	response: HttpResponse,
	nowMs: number,
): z.infer<S> {
	const answer = answerIn(shape, response);
	if (answer === undefined) throw hubSpotError(response, nowMs);
	return answer;
}

export type Conflict = { contactId: string } | 'unnamed' | undefined;

/**
 * Whether a creation was refused because the lead's contact is there already, and which one it is
 * where HubSpot says so. Only its e-mail and the property with the lead's id make two contacts one:
 * another unique property is a mistake in the mapping. The patterns are tied to the ends of the
 * message, because between them it may quote what a stranger typed.
 */
export function conflictIn(response: HttpResponse, leadIdField: string | undefined): Conflict {
	if (response.status !== 409 && response.status !== 400) return undefined;
	const { message } = z.object({ message: z.string() }).catch({ message: '' }).parse(response.body);
	const byEmail = /^Contact already exists\. Existing ID: (\d+)/.exec(message)?.[1];
	if (byEmail !== undefined) return { contactId: byEmail };

	const [, property, holder] =
		/^Cannot set PropertyValueCoordinates\{[^}]*\}?,? propertyName=(\w+),.* (\d+) already has that value\.?$/s.exec(
			message,
		) ?? [];
	if (holder !== undefined && property === leadIdField) return { contactId: holder };

	const { code, properties } = readFailure(response.body);
	const isOurs = properties.every((name) => name === 'email' || name === leadIdField);
	const isConflict = response.status === 409 || code === 'CONFLICTING_UNIQUE_VALUE';
	return isConflict && isOurs ? 'unnamed' : undefined;
}
