/**
 * Stand-in of OpenAI's API, as OpenAI and the servers compatible with it speak it.
 * @see https://platform.openai.com/docs/api-reference
 */
import { randomUUID } from 'node:crypto';

import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';
import { z } from 'zod';

import {
	chatCompletion,
	chatCompletionEvents,
	responseEvents,
	responseObject,
	type StreamEvent,
} from './openAiAnswers.cts';
import { answerTo, type Behaviour } from './openAiModel.cts';
import { strictSchemaProblem } from './openAiSchema.cts';
import { type FailureAnswer, type StandIn, startStandIn } from './standIn.cts';

export type { Behaviour } from './openAiModel.cts';

const MODELS = [
	...['gpt-5.6-sol', 'gpt-5.6-terra', 'gpt-5.6-luna', 'gpt-5.4', 'gpt-5.4-mini', 'gpt-5.4-nano'],
	...['gpt-5', 'gpt-5-mini', 'gpt-5-nano', 'gpt-4.1', 'gpt-4.1-mini', 'gpt-4o', 'gpt-4o-mini'],
];

function failure(
	status: number,
	message: string,
	type: string,
	details: { param?: string; code?: string; headers?: Record<string, string> } = {},
): FailureAnswer {
	const { param = null, code = null, headers } = details;
	return { status, body: { error: { message, type, param, code } }, ...(headers && { headers }) };
}

/** OpenAI's failures as it words them, for `failNext`. */
export const OPEN_AI_FAILURES = {
	badRequest: failure(400, 'The request could not be understood.', 'invalid_request_error'),
	unauthorized: failure(401, 'Incorrect API key provided.', 'invalid_request_error', {
		code: 'invalid_api_key',
	}),
	/** Heals by waiting. */
	rateLimited: failure(429, 'Rate limit reached for requests.', 'requests', {
		code: 'rate_limit_exceeded',
		headers: { 'retry-after': '1', 'x-ratelimit-remaining-requests': '0' },
	}),
	/** Does not: somebody has to pay. */
	quotaExhausted: failure(
		429,
		'You exceeded your current quota, please check your plan and billing details.',
		'insufficient_quota',
		{ code: 'insufficient_quota' },
	),
	serverError: failure(500, 'The server had an error while processing it.', 'server_error'),
	overloaded: failure(503, 'The engine is currently overloaded.', 'server_error'),
} satisfies Record<string, FailureAnswer>;

const part = z.object({ text: z.string().optional() }).passthrough();
const content = z.union([z.string(), z.array(part)]).nullish();
const message = z.object({ role: z.string().optional(), content }).passthrough();
const jsonSchema = z.object({
	name: z.string().regex(/^[\w-]{1,64}$/),
	schema: z.record(z.unknown()).optional(),
	strict: z.boolean().nullish(),
});

const chatRequest = z.object({
	model: z.string(),
	messages: z.array(message).min(1),
	max_completion_tokens: z.number().int().positive().nullish(),
	max_tokens: z.number().int().positive().nullish(),
	stream: z.boolean().nullish(),
	stream_options: z.object({ include_usage: z.boolean().optional() }).nullish(),
	response_format: z
		.union([
			z.object({ type: z.enum(['text', 'json_object']) }),
			z.object({ type: z.literal('json_schema'), json_schema: jsonSchema }),
		])
		.nullish(),
});

const responseRequest = z.object({
	model: z.string(),
	input: z.union([z.string(), z.array(message).min(1)]),
	instructions: z.string().nullish(),
	max_output_tokens: z.number().int().positive().nullish(),
	store: z.boolean().nullish(),
	stream: z.boolean().nullish(),
	text: z
		.object({
			format: z
				.union([
					z.object({ type: z.enum(['text', 'json_object']) }),
					jsonSchema.extend({ type: z.literal('json_schema') }),
				])
				.optional(),
		})
		.nullish(),
});

export interface OpenAiOptions {
	port?: number;
	/** Absent: any key is taken. */
	apiKey?: string;
}

export interface OpenAiStandIn extends StandIn {
	/** How the model answers from now on; `reset` makes it honest again. */
	behave(behaviour: Behaviour): void;
}

/** Starts the stand-in; its API is below `/v1`. */
export async function startOpenAi(options: OpenAiOptions = {}): Promise<OpenAiStandIn> {
	let behaviour: Behaviour = 'honest';
	const standIn = await startStandIn({
		name: 'OpenAI',
		port: options.port,
		answerHeaders: () => ({ 'x-request-id': `req_${randomUUID().replaceAll('-', '')}` }),
		onReset: () => (behaviour = 'honest'),
		routes(app) {
			app.use('/v1/*', async (context, next) => {
				const refusal = refuseKey(context.req.header('authorization'), options.apiKey);
				return refusal ? send(context, refusal) : await next();
			});
			app.get('/v1/models', (context) =>
				context.json({ object: 'list', data: MODELS.map(modelObject) }),
			);
			app.post('/v1/chat/completions', (context) => completeChat(context, behaviour));
			app.post('/v1/responses', (context) => respond(context, behaviour));
			app.notFound((context) => {
				const { method, path } = context.req;
				return send(
					context,
					failure(404, `Invalid URL (${method} ${path})`, 'invalid_request_error'),
				);
			});
		},
	});
	return Object.assign(standIn, { behave: (next: Behaviour) => void (behaviour = next) });
}

async function completeChat(context: Context, behaviour: Behaviour): Promise<Response> {
	const asked = await readRequest(context, chatRequest);
	if ('status' in asked) return send(context, asked);
	const { model, messages, max_completion_tokens, max_tokens, response_format } = asked.value;
	const schema = response_format?.type === 'json_schema' ? response_format.json_schema : undefined;
	const refusal = refuseModel(model) ?? refuseSchema(schema, 'response_format');
	if (refusal) return send(context, refusal);

	const prompt = userTextOf(messages);
	const answer = answerTo(prompt, behaviour, max_completion_tokens ?? max_tokens ?? Infinity);
	if (!asked.value.stream) return context.json(chatCompletion(model, prompt, answer));
	const includeUsage = asked.value.stream_options?.include_usage ?? false;
	return stream(context, chatCompletionEvents(model, prompt, answer, includeUsage));
}

async function respond(context: Context, behaviour: Behaviour): Promise<Response> {
	const asked = await readRequest(context, responseRequest);
	if ('status' in asked) return send(context, asked);
	const { model, input, instructions, max_output_tokens, store, text } = asked.value;
	const schema = text?.format?.type === 'json_schema' ? text.format : undefined;
	const refusal = refuseModel(model) ?? refuseSchema(schema, 'text.format');
	if (refusal) return send(context, refusal);

	const prompt = typeof input === 'string' ? input : userTextOf(input);
	const answer = answerTo(prompt, behaviour, max_output_tokens ?? Infinity);
	const frame = {
		model,
		instructions: instructions ?? null,
		max_output_tokens: max_output_tokens ?? null,
		store: store ?? true,
		text: { format: text?.format ?? { type: 'text' } },
	};
	return asked.value.stream
		? stream(context, responseEvents(frame, prompt, answer))
		: context.json(responseObject(frame, prompt, answer));
}

/** What the user said. The facts are data, so they stand there and not among the instructions. */
function userTextOf(messages: Array<z.infer<typeof message>>): string {
	return messages
		.filter(({ role }) => role === 'user')
		.map(({ content: said }) =>
			typeof said === 'string' ? said : (said ?? []).map(({ text }) => text ?? '').join('\n'),
		)
		.join('\n');
}

async function readRequest<S extends z.ZodTypeAny>(
	context: Context,
	shape: S,
): Promise<{ value: z.infer<S> } | FailureAnswer> {
	let body: unknown;
	try {
		body = await context.req.json();
	} catch {
		return failure(
			400,
			'We could not parse the JSON body of your request.',
			'invalid_request_error',
		);
	}
	const parsed = shape.safeParse(body);
	if (parsed.success) return { value: parsed.data };
	const [issue] = parsed.error.issues;
	const param = issue?.path.join('.') ?? '';
	const isMissing = issue?.code === 'invalid_type' && issue.received === 'undefined';
	return failure(
		400,
		isMissing ? `Missing required parameter: '${param}'.` : `Invalid value for '${param}'.`,
		'invalid_request_error',
		{ param, code: isMissing ? 'missing_required_parameter' : 'invalid_value' },
	);
}

function refuseKey(header: string | undefined, apiKey: string | undefined) {
	const key = /^Bearer (\S+)$/.exec(header ?? '')?.[1];
	if (key === undefined) {
		return failure(401, "You didn't provide an API key.", 'invalid_request_error');
	}
	return apiKey === undefined || key === apiKey ? undefined : OPEN_AI_FAILURES.unauthorized;
}

function refuseModel(model: string): FailureAnswer | undefined {
	if (MODELS.includes(model)) return undefined;
	return failure(
		404,
		`The model \`${model}\` does not exist or you do not have access to it.`,
		'invalid_request_error',
		{ code: 'model_not_found' },
	);
}

function refuseSchema(
	format: z.infer<typeof jsonSchema> | undefined,
	param: string,
): FailureAnswer | undefined {
	const problem = format?.strict ? strictSchemaProblem(format.schema ?? {}) : undefined;
	if (problem === undefined) return undefined;
	return failure(
		400,
		`Invalid schema for response_format '${format?.name}': ${problem}`,
		'invalid_request_error',
		{ param },
	);
}

function stream(context: Context, events: StreamEvent[]): Response {
	return streamSSE(context, async (writer) => {
		for (const event of events) await writer.writeSSE(event);
	});
}

function modelObject(id: string) {
	return { id, object: 'model', created: 1_767_225_600, owned_by: 'stand-in' };
}

function send(context: Context, { status, body }: FailureAnswer): Response {
	return context.json(body as object, status as 400);
}
