/** The two wire formats of OpenAI's answers, whole and as streams of server-sent events. */
import { randomUUID } from 'node:crypto';

import { countTokens, type ModelAnswer } from './openAiModel.cts';

const CHARACTERS_PER_CHUNK = 24;

/** One server-sent event; chat completions have no event names. */
export interface StreamEvent {
	event?: string;
	data: string;
}

/** @see https://platform.openai.com/docs/api-reference/chat/object */
export function chatCompletion(model: string, prompt: string, answer: ModelAnswer) {
	return {
		id: `chatcmpl-${shortId()}`,
		object: 'chat.completion',
		created: nowSeconds(),
		model,
		choices: [
			{
				index: 0,
				message: {
					role: 'assistant',
					content: answer.refusal === null ? answer.text : null,
					refusal: answer.refusal,
					annotations: [],
				},
				logprobs: null,
				finish_reason: finishReason(answer),
			},
		],
		usage: chatUsage(prompt, answer),
		service_tier: 'default',
		system_fingerprint: null,
	};
}

/** @see https://platform.openai.com/docs/api-reference/chat-streaming */
export function chatCompletionEvents(
	model: string,
	prompt: string,
	answer: ModelAnswer,
	includeUsage: boolean,
): StreamEvent[] {
	const frame = {
		id: `chatcmpl-${shortId()}`,
		object: 'chat.completion.chunk',
		created: nowSeconds(),
		model,
		service_tier: 'default',
		system_fingerprint: null,
	};
	const chunk = (delta: object, finish_reason: string | null = null) => ({
		...frame,
		choices: [{ index: 0, delta, logprobs: null, finish_reason }],
		...(includeUsage && { usage: null }),
	});
	const deltas =
		answer.refusal === null
			? chunksOf(answer.text).map((content) => chunk({ content }))
			: chunksOf(answer.refusal).map((refusal) => chunk({ refusal }));
	return [
		chunk({ role: 'assistant', content: '', refusal: null }),
		...deltas,
		chunk({}, finishReason(answer)),
		...(includeUsage ? [{ ...frame, choices: [], usage: chatUsage(prompt, answer) }] : []),
	]
		.map((data) => ({ data: JSON.stringify(data) }))
		.concat({ data: '[DONE]' });
}

/** What a request to `/responses` says that its answer repeats. */
export interface ResponseFrame {
	model: string;
	instructions: string | null;
	max_output_tokens: number | null;
	store: boolean;
	text: object;
}

/** @see https://platform.openai.com/docs/api-reference/responses/object */
export function responseObject(frame: ResponseFrame, prompt: string, answer: ModelAnswer) {
	const status = answer.isCutShort ? 'incomplete' : 'completed';
	const [inputTokens, outputTokens] = [countTokens(prompt), countTokens(saidIn(answer))];
	return {
		id: `resp_${shortId()}`,
		object: 'response',
		created_at: nowSeconds(),
		status,
		error: null,
		incomplete_details: answer.isCutShort ? { reason: 'max_output_tokens' } : null,
		...frame,
		output: [messageItem(status, contentOf(answer))],
		parallel_tool_calls: true,
		previous_response_id: null,
		reasoning: { effort: null, summary: null },
		temperature: 1,
		tool_choice: 'auto',
		tools: [],
		top_p: 1,
		truncation: 'disabled',
		usage: {
			input_tokens: inputTokens,
			input_tokens_details: { cached_tokens: 0 },
			output_tokens: outputTokens,
			output_tokens_details: { reasoning_tokens: 0 },
			total_tokens: inputTokens + outputTokens,
		},
		metadata: {},
	};
}

/** @see https://platform.openai.com/docs/api-reference/responses-streaming */
export function responseEvents(
	frame: ResponseFrame,
	prompt: string,
	answer: ModelAnswer,
): StreamEvent[] {
	const whole = responseObject(frame, prompt, answer);
	const begun = {
		...whole,
		status: 'in_progress',
		incomplete_details: null,
		output: [],
		usage: null,
	};
	const [item] = whole.output;
	const part = contentOf(answer);
	const at = { item_id: item!.id, output_index: 0, content_index: 0 };
	const kind = answer.refusal === null ? 'output_text' : 'refusal';
	const done =
		answer.refusal === null ? { text: answer.text, logprobs: [] } : { refusal: answer.refusal };
	const blank = answer.refusal === null ? { ...part, text: '' } : { ...part, refusal: '' };
	const events: Array<{ type: string } & Record<string, unknown>> = [
		{ type: 'response.created', response: begun },
		{ type: 'response.in_progress', response: begun },
		{
			type: 'response.output_item.added',
			output_index: 0,
			item: { ...item, status: 'in_progress', content: [] },
		},
		{ type: 'response.content_part.added', ...at, part: blank },
		...chunksOf(saidIn(answer)).map((delta) => ({
			type: `response.${kind}.delta`,
			...at,
			delta,
			...(kind === 'output_text' && { logprobs: [] }),
		})),
		{ type: `response.${kind}.done`, ...at, ...done },
		{ type: 'response.content_part.done', ...at, part },
		{ type: 'response.output_item.done', output_index: 0, item },
		{ type: `response.${whole.status}`, response: whole },
	];
	return events.map((event, sequence_number) => ({
		event: event.type,
		data: JSON.stringify({ ...event, sequence_number }),
	}));
}

function messageItem(status: string, content: object) {
	return { id: `msg_${shortId()}`, type: 'message', status, role: 'assistant', content: [content] };
}

function contentOf(answer: ModelAnswer) {
	return answer.refusal === null
		? { type: 'output_text', text: answer.text, annotations: [], logprobs: [] }
		: { type: 'refusal', refusal: answer.refusal };
}

function saidIn(answer: ModelAnswer): string {
	return answer.refusal ?? answer.text;
}

function finishReason(answer: ModelAnswer): string {
	return answer.isCutShort ? 'length' : 'stop';
}

function chatUsage(prompt: string, answer: ModelAnswer) {
	const [promptTokens, completionTokens] = [countTokens(prompt), countTokens(saidIn(answer))];
	return {
		prompt_tokens: promptTokens,
		completion_tokens: completionTokens,
		total_tokens: promptTokens + completionTokens,
		prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
		completion_tokens_details: { reasoning_tokens: 0, audio_tokens: 0 },
	};
}

function chunksOf(text: string): string[] {
	return text.match(new RegExp(`[^]{1,${CHARACTERS_PER_CHUNK}}`, 'gu')) ?? [];
}

function shortId(): string {
	return randomUUID().replaceAll('-', '');
}

function nowSeconds(): number {
	return Math.floor(Date.now() / 1000);
}
