import type { NarrativeAnswer } from './answer';
import { checkNarrative } from './checkNarrative';
import type { ExtraRule, Finding } from './fairHousing';
import type { FactSheet } from './facts';
import { toPlainText } from './plainText';
import { quoteText, type Problem } from './problem';
import { buildMessages, repairMessages, type Message, type Style } from './prompt';
import { readAnswer } from './readAnswer';
import { templateNarrative } from './templateNarrative';

/** A first answer and one repair. */
const ATTEMPTS = 2;
const NARRATIVE_MAX = 10_000;

/** Puts messages to a model. Does not reject: no answer is `ok: false` with the reason. */
export type Ask = (
	messages: Message[],
) => Promise<{ ok: true; text: string } | { ok: false; reason: string }>;

export interface NarrativeRequest {
	factSheet: FactSheet;
	/** The listing's own text: untrusted, for tone only. */
	description?: string | null;
	/** Left out where no model is connected. */
	ask?: Ask;
	style?: Style;
	extraRules?: ExtraRule[];
}

export interface Narrative {
	/** Headline, description and market summary: what the platform stores. At most 10,000 characters. */
	text: string;
	source: 'ai' | 'template';
	headline: string;
	highlights: string[];
	caveats: string[];
	factsUsed: string[];
	/** How often a model was asked. */
	attempts: number;
	/** Why the template was used although a model could have been. */
	fallbackReason?: string;
	/** What was wrong with each answer that was not used; never the answer itself. */
	rejected: Array<{ attempt: number; problems: Array<{ rule: string; quote: string }> }>;
	/** What a person should look at. */
	review: Finding[];
}

/**
 * Writes a narrative with a model and publishes it only if it holds against the facts and the
 * fair-housing rules; else has it repaired once; else writes the template.
 */
export async function writeNarrative(request: NarrativeRequest): Promise<Narrative> {
	const { factSheet, description, ask, style, extraRules = [] } = request;
	const rejected: Narrative['rejected'] = [];
	if (!ask) return fallBack(request, 0, rejected, 'no model is connected');

	const messages = buildMessages(factSheet, description, style);
	for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
		const reply = await ask(messages);
		if (!reply.ok) {
			const reason = toPlainText(reply.reason, 200) || 'no reason given';
			return fallBack(request, attempt, rejected, `the model gave no answer: ${reason}`);
		}
		const read = readAnswer(reply.text);
		const verdict = read.ok
			? checkNarrative(read.answer, factSheet, extraRules)
			: { problems: [read.problem], review: [] };
		if (read.ok && verdict.problems.length === 0) {
			return {
				...toNarrative(read.answer, 'ai'),
				attempts: attempt,
				rejected,
				review: verdict.review,
			};
		}
		rejected.push({ attempt, problems: verdict.problems.map(withoutMessage) });
		messages.push(...repairMessages(reply.text, verdict.problems));
	}
	return fallBack(request, ATTEMPTS, rejected, 'the answers of the model failed the checks');
}

function fallBack(
	{ factSheet, extraRules = [] }: NarrativeRequest,
	attempts: number,
	rejected: Narrative['rejected'],
	fallbackReason: string,
): Narrative {
	const answer = templateNarrative(factSheet, extraRules);
	const { review } = checkNarrative(answer, factSheet, extraRules);
	return { ...toNarrative(answer, 'template'), attempts, fallbackReason, rejected, review };
}

function toNarrative(answer: NarrativeAnswer, source: Narrative['source']) {
	const { headline, description, market_summary: marketSummary, highlights, caveats } = answer;
	const text = [headline, description, marketSummary].filter(Boolean).join('\n\n');
	return {
		text: text.slice(0, NARRATIVE_MAX),
		source,
		headline,
		highlights,
		caveats,
		factsUsed: answer.facts_used,
	};
}

/** The message may quote more of an answer than a log should hold. */
function withoutMessage({ rule, quote }: Problem): { rule: string; quote: string } {
	return { rule, quote: quoteText(quote) };
}
