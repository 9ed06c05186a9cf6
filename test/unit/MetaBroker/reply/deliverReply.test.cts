import fc from 'fast-check';

import { deliverReply, type Reply } from '../../../../nodes/MetaBroker/reply/deliverReply';
import { ReplyError } from '../../../../nodes/MetaBroker/reply/replyError';
import { replyKey } from '../../../../nodes/MetaBroker/reply/replyKey';
import type { SentPart } from '../../../../nodes/MetaBroker/inbox/session';
import type { HttpResponse, Send } from '../../../../nodes/shared/http/send';
import type { MetaContent } from '../../../../nodes/shared/vendors/meta';
import { ACCOUNT, Crash, createGraph, type Fate, FATES, PERSON } from './graphModel.cts';

const START = Date.parse('2026-11-22T10:00:00.700Z');
const EVENT = 'message:m_person';
const CARDS: MetaContent = {
	attachment: {
		type: 'template',
		payload: { template_type: 'generic', elements: [{ title: '3BR in BGC' }] },
	},
};

function key(part: number): string {
	return replyKey(EVENT, part);
}

function makeReply(given: Partial<Reply> & Pick<Reply, 'parts'>): Reply {
	return {
		eventId: EVENT,
		eventAt: new Date(START).toISOString(),
		channel: 'facebook',
		accountId: ACCOUNT,
		userId: PERSON,
		kind: 'answer',
		known: [],
		mayBeRepeat: false,
		isFromHuman: false,
		...given,
	};
}

function texts(...given: string[]): MetaContent[] {
	return given.map((text) => ({ text }));
}

async function delivered(reply: Reply, send: Send) {
	return await deliverReply(reply, {
		send,
		clock: { now: () => START, wait: async () => undefined },
	});
}

async function errorOf(work: Promise<unknown>): Promise<ReplyError> {
	const error: unknown = await work.then(
		() => undefined,
		(reason: unknown) => reason,
	);
	if (error instanceof ReplyError) return error;
	throw new Error('No ReplyError was thrown', { cause: error });
}

/** Graph after the person has written and before anybody has answered. */
function graphWith(...fates: Fate[]) {
	const graph = createGraph(START - 300, fates);
	graph.write(PERSON, { text: 'Looking for 3BR condo in BGC' });
	return graph;
}

function received({ messages }: ReturnType<typeof graphWith>): MetaContent[] {
	return messages.filter(({ from }) => from === ACCOUNT).map(({ content }) => content);
}

describe('delivering a reply', () => {
	it('sends the parts in order, each with its mark, and reads nothing at a first attempt', async () => {
		const graph = graphWith();
		const reply = makeReply({ parts: [...texts('One', 'Two'), CARDS] });
		expect(await delivered(reply, graph.send)).toEqual({
			sent: [
				{ key: key(0), messageId: 'm_1' },
				{ key: key(1), messageId: 'm_2' },
				{ key: key(2), messageId: 'm_3' },
			],
			keptBack: false,
		});
		expect(received(graph)).toEqual([{ text: 'One' }, { text: 'Two' }, CARDS]);
		expect(graph.messages.map(({ metadata }) => metadata)).toEqual([
			undefined,
			key(0),
			key(1),
			key(2),
		]);
		expect(graph.requests.map(({ method }) => method)).toEqual(['POST', 'POST', 'POST']);
	});

	it('sends nothing of an empty reply', async () => {
		const graph = graphWith();
		const result = await delivered(makeReply({ parts: [], mayBeRepeat: true }), graph.send);
		expect([result, graph.requests]).toEqual([{ sent: [], keptBack: false }, []]);
	});

	it('skips what an echo has told of, and what went out before it', async () => {
		const graph = graphWith();
		graph.write(ACCOUNT, { text: 'One' });
		graph.write(ACCOUNT, { text: 'Two' });
		const known = [{ key: key(1), messageId: 'm_2' }];
		const reply = makeReply({ parts: texts('One', 'Two', 'Three'), known, mayBeRepeat: true });
		expect(await delivered(reply, graph.send)).toEqual({
			sent: [0, 1, 2].map((part) => ({ key: key(part), messageId: `m_${part + 1}` })),
			keptBack: false,
		});
		expect(received(graph)).toEqual(texts('One', 'Two', 'Three'));
	});

	it('asks Graph nothing where everything is known', async () => {
		const graph = graphWith();
		const known = [{ key: key(1), messageId: 'm_2' }];
		const reply = makeReply({ parts: texts('One', 'Two'), known, mayBeRepeat: true });
		expect((await delivered(reply, graph.send)).sent).toEqual(known);
		expect(graph.requests).toEqual([]);
	});

	it.each<[Fate, string, boolean, boolean]>([
		['lost', 'ambiguous', true, true],
		['unread', 'ambiguous', true, true],
		['broken', 'ambiguous', true, true],
		['limited', 'passing', false, true],
	])(
		'says after "%s" that it is %s, and what went out',
		async (fate, failure, isAmbiguous, isPassing) => {
			const graph = graphWith('answered', fate);
			const error = await errorOf(delivered(makeReply({ parts: texts('One', 'Two') }), graph.send));
			expect(error).toMatchObject({ failure, isAmbiguous, isPassing });
			expect(error.sent).toEqual([{ key: key(0), messageId: 'm_1' }]);
			expect(error.details.vendor).toBe('Meta');
		},
	);

	it.each<[number, number, string]>([
		[10, 2018278, 'undeliverable'],
		[551, 1545041, 'undeliverable'],
		[190, 463, 'account'],
		[100, 2018047, 'rejected'],
	])('says of %i/%i that it is %s', async (code, subcode, failure) => {
		const refusal: HttpResponse = {
			status: 400,
			headers: {},
			body: { error: { code, error_subcode: subcode, message: 'No.' } },
		};
		const error = await errorOf(delivered(makeReply({ parts: texts('One') }), async () => refusal));
		expect(error).toMatchObject({ failure, isPassing: false, isAmbiguous: false, sent: [] });
	});

	it.each<[string, Partial<HttpResponse>, string]>([
		['no answer', { noAnswer: 'timed-out' }, 'passing'],
		['a permission', { status: 403, body: { error: { code: 10 } } }, 'account'],
		['an unknown refusal', { status: 400, body: { error: { code: 100 } } }, 'account'],
	])('sends nothing where the conversation cannot be read: %s', async (_name, answer, failure) => {
		const seen: string[] = [];
		const send: Send = async ({ method }) => {
			seen.push(method);
			return { status: 0, headers: {}, body: undefined, ...answer };
		};
		const reply = makeReply({ parts: texts('One'), mayBeRepeat: true });
		expect((await errorOf(delivered(reply, send))).failure).toBe(failure);
		expect(seen).toEqual(['GET']);
	});
});

describe('a reply that may have gone out before', () => {
	it('is not taken for an older message with the same words', async () => {
		const graph = createGraph(START - 60_000, []);
		graph.write(ACCOUNT, { text: 'Hello!' });
		const reply = makeReply({ parts: texts('Hello!'), mayBeRepeat: true });
		await delivered(reply, graph.send);
		expect(received(graph)).toEqual(texts('Hello!', 'Hello!'));
	});

	it('is not taken for what the person wrote, nor for another reply', async () => {
		const graph = graphWith();
		graph.write(PERSON, { text: 'Hello!' });
		graph.write(ACCOUNT, { text: 'Hello!' });
		const known = [{ key: replyKey('another event', 0), messageId: 'm_2' }];
		await delivered(makeReply({ parts: texts('Hello!'), known, mayBeRepeat: true }), graph.send);
		expect(received(graph)).toEqual(texts('Hello!', 'Hello!'));
	});

	it('is known again with other white space and other forms of letters', async () => {
		const graph = graphWith();
		graph.write(ACCOUNT, { text: ' Condos  in Para\u00f1aque:\none' });
		const reply = makeReply({
			parts: texts('Condos in Paran\u0303aque:\n\none'),
			mayBeRepeat: true,
		});
		expect((await delivered(reply, graph.send)).sent).toEqual([{ key: key(0), messageId: 'm_1' }]);
		expect(received(graph)).toHaveLength(1);
	});

	it('counts parts with the same words', async () => {
		const graph = graphWith();
		graph.write(ACCOUNT, { text: 'A' });
		graph.write(ACCOUNT, { text: 'B' });
		const known = [{ key: key(1), messageId: 'm_2' }];
		const reply = makeReply({ parts: texts('A', 'B', 'A'), known, mayBeRepeat: true });
		await delivered(reply, graph.send);
		expect(received(graph)).toEqual(texts('A', 'B', 'A'));
	});

	it('is looked for also where Graph no longer shows how it began', async () => {
		const graph = graphWith();
		graph.write(ACCOUNT, { text: 'Two' });
		graph.write(ACCOUNT, { text: 'Three' });
		const known = [{ key: key(1), messageId: 'm_1' }];
		const reply = makeReply({ parts: texts('One', 'Two', 'Three'), known, mayBeRepeat: true });
		await delivered(reply, graph.send);
		expect(received(graph)).toEqual(texts('Two', 'Three'));
	});

	const SHOWN: Array<[string, MetaContent[], SentPart[], number, boolean]> = [
		['sends cards whose text it has just sent', [], [], 1, false],
		['sends cards that do not stand after their text', texts('One'), [], 1, false],
		['sends no cards that stand there', [...texts('One'), CARDS], [], 1, false],
		[
			'keeps cards back where Graph does not show the text that went out',
			[],
			[{ key: key(0), messageId: 'm_gone' }],
			0,
			true,
		],
	];
	it.each(SHOWN)('%s', async (_name, shown, known, cards, keptBack) => {
		const graph = graphWith();
		for (const content of shown) graph.write(ACCOUNT, content);
		const reply = makeReply({ parts: [...texts('One'), CARDS], known, mayBeRepeat: true });
		expect((await delivered(reply, graph.send)).keptBack).toBe(keptBack);
		expect(received(graph).filter((content) => 'attachment' in content)).toHaveLength(cards);
	});

	it('of cards alone is sent only where Graph shows what it answers', async () => {
		const reply = makeReply({ parts: [CARDS], mayBeRepeat: true });
		const graph = graphWith();
		expect((await delivered(reply, graph.send)).keptBack).toBe(false);
		expect(received(graph)).toEqual([CARDS]);
		const behind = createGraph(START, []);
		expect((await delivered(reply, behind.send)).keptBack).toBe(true);
		expect(received(behind)).toEqual([]);
	});
});

describe('a reply through failures, lost answers, and crashes', () => {
	const part = fc.constantFrom(...texts('One', 'Two', 'One ', 'Hello!'));
	const parts = fc
		.tuple(fc.array(part, { maxLength: 5 }), fc.boolean())
		.map(([some, hasCards]) => (hasCards ? [...some, CARDS] : some));

	it('reaches the person whole, in order and once', async () => {
		await fc.assert(
			fc.asyncProperty(
				parts,
				fc.array(fc.constantFrom(...FATES), { maxLength: 12 }),
				fc.infiniteStream(fc.boolean()),
				async (wanted, fates, echoes) => {
					const graph = graphWith(...fates);
					const echoed = new Map<string, boolean>();
					let recorded: readonly SentPart[] = [];
					for (let attempt = 1; ; attempt++) {
						const told = graph.messages.flatMap(({ id, metadata }) => {
							if (metadata === undefined) return [];
							const isTold = echoed.get(id) ?? echoes.next().value;
							echoed.set(id, isTold);
							return isTold ? [{ key: metadata, messageId: id }] : [];
						});
						const reply = makeReply({
							parts: wanted,
							known: [...recorded, ...told],
							mayBeRepeat: attempt > 1,
						});
						const end = await delivered(reply, graph.send).catch((error: unknown) => error);
						if (end instanceof ReplyError) recorded = end.sent;
						else if (!(end instanceof Crash)) {
							expect(end).toMatchObject({ keptBack: false });
							break;
						}
						// Every attempt that does not end well has used up a failure.
						expect(attempt).toBeLessThanOrEqual(fates.length);
					}
					expect(received(graph)).toEqual(wanted);
				},
			),
			{ numRuns: 500 },
		);
	});
});
