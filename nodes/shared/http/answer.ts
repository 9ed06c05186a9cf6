import type { z } from 'zod';

import type { HttpResponse } from './send';

export function isSuccess({ status }: Pick<HttpResponse, 'status'>): boolean {
	return status >= 200 && status < 300;
}

/** The body of a successful response in the shape that was asked for; undefined for any other. */
export function answerIn<S extends z.ZodTypeAny>(
	shape: S,
	response: HttpResponse,
): z.infer<S> | undefined {
	const parsed = isSuccess(response) ? shape.safeParse(response.body) : undefined;
	return parsed?.success ? parsed.data : undefined;
}
