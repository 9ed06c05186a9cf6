import type { FailureAnswer, StandIn } from '../vendors/standIn.cts';

/** The running stand-ins, by a key that the console's addresses use. */
export type Vendors = Readonly<Record<string, StandIn>>;

interface Breakage {
	key: string;
	label: string;
	/** The one vendor that can do this; absent means all can. */
	only?: string;
	apply(vendor: StandIn, options: { times: number; status: number }): void;
}

const SLOW_MS = 8_000;

/** What the console can do to a vendor. Each counts for the next requests only, but for "slow". */
export const BREAKAGES: readonly Breakage[] = [
	{
		key: 'status',
		label: 'Fail with a status',
		apply: (vendor, { times, status }) => vendor.failNext({ status }, times),
	},
	{
		key: 'silent',
		label: 'Never answer',
		apply: (vendor, { times }) => vendor.failNext('timeout', times),
	},
	{
		key: 'cut',
		label: 'Cut the connection',
		apply: (vendor, { times }) => vendor.failNext('reset', times),
	},
	{
		key: 'html',
		label: 'Answer with a web page',
		apply: (vendor, { times }) => vendor.failNext('html', times),
	},
	{
		key: 'slow',
		label: `Answer after ${SLOW_MS / 1000} s`,
		apply: (vendor) => {
			vendor.delayMs = SLOW_MS;
		},
	},
	{
		key: 'lies',
		label: 'Make things up',
		only: 'model',
		apply: (vendor, { times }) => vendor.failNext(completion({ content: LIES }), times),
	},
	{
		key: 'refuses',
		label: 'Refuse to write',
		only: 'model',
		apply: (vendor, { times }) =>
			vendor.failNext(
				completion({ content: null, refusal: 'I am sorry, I cannot help with that.' }),
				times,
			),
	},
	{ key: 'normal', label: 'Back to normal', apply: (vendor) => vendor.reset() },
];

/** In the right form and wrong in every sentence: the checks of the narrative have to catch it. */
const LIES = JSON.stringify({
	headline: 'Award-winning penthouse with 9 bedrooms beside Central Park',
	description:
		'This 1,250 sqm penthouse has 9 bedrooms, a rooftop helipad and a guaranteed return of 30% ' +
		'a year. Perfect for young Christian families, in the safest street of the city.',
	highlights: ['9 bedrooms', 'Rooftop helipad'],
	facts_used: [],
	market_summary: 'Prices here double every two years.',
	caveats: [],
});

/** @see https://platform.openai.com/docs/api-reference/chat/object */
function completion(message: { content: string | null; refusal?: string }): FailureAnswer {
	return {
		status: 200,
		body: {
			id: 'chatcmpl-sandbox',
			object: 'chat.completion',
			created: Math.floor(Date.now() / 1000),
			model: 'sandbox',
			choices: [
				{
					index: 0,
					message: { role: 'assistant', refusal: null, ...message },
					logprobs: null,
					finish_reason: 'stop',
				},
			],
			usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
		},
	};
}
