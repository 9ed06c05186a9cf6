import { readReply } from '../../../../nodes/MetaBroker/handling/readReply';
import { settleTaken } from '../../../../nodes/MetaBroker/handling/settleTaken';
import { ReplyError } from '../../../../nodes/MetaBroker/reply/replyError';
import { VendorError } from '../../../../nodes/shared/http/vendorError';
import type { Trail } from '../../../../nodes/shared/stateStore/trail';
import type { SendFailure } from '../../../../nodes/shared/vendors/meta';
import { message } from './samples.cts';

const SESSION = {
	previousMessages: 0,
	lastPropertyViewed: null,
	learned: [],
	automation: 'on',
	pausedBy: null,
	heldSince: null,
} as const;

function settled(leaseToken?: string | null) {
	const trail: Trail = { flow: 'meta-broker', correlationId: 'c-1', log: [], answers: [] };
	const sentParts = [{ key: 'k-0', messageId: 'm-0' }];
	const taken = {
		event: message(),
		session: { ...SESSION, learned: [] },
		attempt: 1,
		failures: 0,
		sentParts,
		leaseToken,
	};
	return { trail, ...settleTaken(taken, trail, [60, 300, 900]) };
}

const details = {
	vendor: 'Meta',
	kind: 'unavailable',
	status: 500,
	message: 'x',
	advice: 'y',
} as const;
const replyError = (failure: SendFailure) =>
	new ReplyError(details, failure, [{ key: 'k-1', messageId: 'm-1' }]);
const AMBIGUOUS_SECONDS = 20;

describe('work on an event that was taken', () => {
	it('ends with a statement that records it, or gives it back after all', () => {
		const { progress, statements } = settled('lease');
		progress.change = { held: false, lastPropertyViewed: 'p-1' };
		progress.sentParts = [...progress.sentParts, { key: 'k-1', messageId: 'm-1' }];
		const { record, postpone } = statements('answered').stateStore!;
		const [eventId, conversation, lease, parts, change, outcome] = record!.values;
		expect([eventId, conversation, lease, outcome]).toEqual([
			'facebook:1:message:m_1',
			'facebook:1:2',
			'lease',
			'answered',
		]);
		expect(JSON.parse(String(parts))).toHaveLength(2);
		expect(JSON.parse(String(change))).toEqual({ held: false, lastPropertyViewed: 'p-1' });
		expect(JSON.parse(String(postpone!.values[4]))).toEqual({ held: false });
	});

	it.each<[string, unknown, number | null, string]>([
		['nobody knows whether it was sent', replyError('ambiguous'), AMBIGUOUS_SECONDS, 'unavailable'],
		['the account cannot send', replyError('account'), null, 'unavailable'],
		['it is for another time', replyError('passing'), null, 'unavailable'],
		[
			'the platform is down',
			new VendorError({ ...details, vendor: 'The platform', kind: 'timed-out' }),
			null,
			'timed-out',
		],
		['something else went wrong', new Error('A text that nobody may see'), null, 'error'],
		[
			'something is not set up',
			Object.assign(new Error('There is no token for the Page'), { name: 'NodeOperationError' }),
			null,
			'There is no token for the Page',
		],
	])('is given back where %s', (_why, error, waits, reason) => {
		const { trail } = settled('lease');
		const { values } = trail.onFailure!(error, []);
		expect([values[5], values[7]]).toEqual([reason, waits]);
		expect(JSON.stringify(values)).not.toContain('A text that');
	});

	it('keeps what was sent when it fails', () => {
		const { trail, progress } = settled('lease');
		const partsAfter = (error: unknown) =>
			JSON.parse(String(trail.onFailure!(error, []).values[3])) as unknown;
		expect(partsAfter(new Error('x'))).toEqual(progress.sentParts);
		expect(partsAfter(replyError('ambiguous'))).toEqual([{ key: 'k-1', messageId: 'm-1' }]);
	});

	it('of a failure keeps nothing of what the message says but that the person waits', () => {
		const { trail, progress } = settled('lease');
		const learned = { mid: 'm_1', contact: { email: 'a@example.com' } };
		progress.change = { learned, automation: 'opted_out', held: true };
		expect(JSON.parse(String(trail.onFailure!(new Error('x'), []).values[4]))).toEqual({
			held: true,
		});
	});

	it.each([undefined, null])('without an inbox (%s) settles nothing', (leaseToken) => {
		const { trail, statements } = settled(leaseToken);
		expect(statements('answered')).toEqual({});
		expect(trail.onFailure).toBeUndefined();
	});
});

describe("the platform's answer", () => {
	const REPLY = {
		reply_text: 'Hi',
		intents: ['greeting'],
		lead_captured: false,
		suggested_properties: ['p-1'],
		next_action: 'show_more',
		properties: [{ id: 'p-1' }],
	};
	const read = (body: unknown, status = 200) => readReply({ status, headers: {}, body }, 0);

	it('is read with what else it says', () => {
		expect(read(REPLY)).toEqual({ ok: true, reply: REPLY });
	});

	it.each([
		[undefined, 'is required'],
		['<h1>It works</h1>', ''],
		[{ ...REPLY, reply_text: undefined }, 'reply_text'],
		[{ ...REPLY, suggested_properties: [1.5] }, 'suggested_properties.0'],
		[{ ...REPLY, lead_captured: 'yes' }, 'lead_captured'],
	])('is none where it reads %j', (body, field) => {
		const asked = read(body);
		if (asked.ok) throw new Error('It was read');
		expect(asked.error.details).toMatchObject({ vendor: 'The platform', kind: 'unreadable' });
		expect(asked.error.message).toContain(field);
		expect(asked.error.isPassing).toBe(true);
	});

	it.each([
		[503, 'unavailable', true],
		[429, 'rate-limited', true],
		[401, 'credential-refused', false],
		[400, 'rejected', false],
	])('of %i is %s, and passes: %s', (status, kind, isPassing) => {
		const asked = read({ reply_text: 'x' }, status);
		if (asked.ok) throw new Error('It was read');
		expect([asked.error.details.kind, asked.error.isPassing]).toEqual([kind, isPassing]);
	});
});
