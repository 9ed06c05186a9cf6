import { type IExecuteFunctions, NodeConnectionTypes } from 'n8n-workflow';

export interface ChatMessage {
	role: 'system' | 'user' | 'assistant';
	content: string;
}

/** What a model said, or why it said nothing. */
export type ModelAnswer = { ok: true; text: string } | { ok: false; reason: string };

export type Ask = (messages: ChatMessage[]) => Promise<ModelAnswer>;

/** The part of LangChain's chat models that we use; n8n hands over the object itself. */
interface ConnectedModel {
	invoke(messages: ChatMessage[], options: { timeout: number }): Promise<{ content: unknown }>;
}

/**
 * The chat model connected to the Model input; undefined where none is. Its failures become an
 * answer with a reason, because the caller can go on without a model.
 */
export async function connectedChatModel(
	context: IExecuteFunctions,
	itemIndex: number,
	timeoutMs: number,
): Promise<Ask | undefined> {
	let model: ConnectedModel | undefined;
	try {
		model = (await context.getInputConnectionData(
			NodeConnectionTypes.AiLanguageModel,
			itemIndex,
		)) as ConnectedModel | undefined;
	} catch (error) {
		const reason = `The connected model cannot be used: ${reasonOf(error)}`;
		return async () => ({ ok: false, reason });
	}
	if (!model) return undefined;
	const connected = model;
	return async (messages) => {
		try {
			const { content } = await connected.invoke(messages, { timeout: timeoutMs });
			return { ok: true, text: textOf(content) };
		} catch (error) {
			return { ok: false, reason: reasonOf(error) };
		}
	};
}

/** Newer OpenAI models answer with a list of parts, the others with a string. */
function textOf(content: unknown): string {
	if (typeof content === 'string') return content;
	if (!Array.isArray(content)) return '';
	return content
		.map((part: { text?: unknown }) => (typeof part.text === 'string' ? part.text : ''))
		.join('');
}

/** Status and kind only: a provider's message may repeat the prompt or a part of the key. */
function reasonOf(error: unknown): string {
	if (!(error instanceof Error)) return 'unknown reason';
	// n8n's model nodes wrap what the provider said, with its status as `httpCode`.
	const { status, code, httpCode } = error as unknown as Record<string, unknown>;
	return [error.name, status, code, httpCode]
		.filter((part) => ['string', 'number'].includes(typeof part))
		.join(' ');
}
