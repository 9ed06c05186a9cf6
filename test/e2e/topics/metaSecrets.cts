/** Of all Meta topics the last, for it looks at what the others have left behind too. */
import { readFile } from 'node:fs/promises';

import { SECRETS } from '../../../sandbox/sandbox.cts';
import { META_DEFAULTS } from '../../../sandbox/vendors/meta.cts';
import { errorsIn, executionsAfter, keptOf } from '../executions.cts';
import { failReplies, newWriters, quiet, say } from '../meta.cts';
import { letWaitsPass, outcomesOf, postponedFor } from '../metaInbox.cts';
import { heal, world } from '../world.cts';

const WORDS = 'my little secret about the blue door';
const EMAIL = 'nobody.reads.this@example.com';
/** As it is written, and as it is understood. */
const PHONES = ['0917 555 0177', '+639175550177'];
const TOKENS = META_DEFAULTS.pages.map(({ token }) => token);
const HIDDEN = [
	...[...Object.values(SECRETS), META_DEFAULTS.appSecret, ...TOKENS],
	...[WORDS, EMAIL, ...PHONES],
];

const hiddenIn = (text: string): string[] => HIDDEN.filter((word) => text.includes(word));

describe('what is left of the secrets of Meta, and of what people write', () => {
	beforeAll(async () => {
		heal();
		const writers = newWriters();
		for (const writer of writers) {
			// Meta quotes tokens, and what it was sent.
			const message = `Error validating access token ${TOKENS[0]}: ${WORDS} ${EMAIL}`;
			const body = { error: { message, type: 'OAuthException', code: 190, error_subcode: 463 } };
			failReplies(writer, { status: 401, body });
			say(writer, `${WORDS}: ${EMAIL}, ${PHONES[0]}`);
		}
		for (const writer of writers) {
			expect(await postponedFor(writer)).toBe('credential-refused');
		}
		await letWaitsPass(...writers);
		for (const writer of writers) expect(await outcomesOf(writer)).toEqual(['answered']);
		await quiet();
	}, 60_000);

	it.each(['meta-broker', 'meta-lead-forms'])(
		'is nothing in the executions of %s, for none is kept',
		async (workflowId) => expect(await keptOf(workflowId)).toEqual([]),
	);

	it('is nothing in the errors of executions', async () => {
		const all = (await executionsAfter(0)).filter(({ kept }) => kept !== '');
		expect(hiddenIn(JSON.stringify(all.map(({ kept }) => errorsIn(kept))))).toEqual([]);
	}, 30_000);

	it("is nothing in n8n's log", async () => {
		const log = await readFile(world().n8n.logFile, 'utf8');
		expect(log.length).toBeGreaterThan(0);
		expect(hiddenIn(log)).toEqual([]);
	});

	it.each([
		['event log', 'SELECT * FROM property_platform.event_log', /meta-broker/],
		["platform's log", 'SELECT * FROM event_log', /channel-message/],
		['events of the inbox', 'SELECT * FROM property_platform.channel_events', /credential-refused/],
		['replies that were sent', 'SELECT * FROM property_platform.sent_replies', /pp1:/],
	])('is nothing in the %s', async (_, query, holds) => {
		const text = JSON.stringify((await world().platform.pool.query(query)).rows);
		expect(text).toMatch(holds);
		expect(hiddenIn(text)).toEqual([]);
	});

	it('is nothing in the address of a request to Graph', () => {
		const { requests } = world().meta;
		expect(requests.length).toBeGreaterThan(0);
		for (const { path, query, headers } of requests) {
			expect(hiddenIn(path + JSON.stringify(query))).toEqual([]);
			expect(query).not.toHaveProperty('access_token');
			expect(headers.authorization).toBe('(present)');
		}
	});
});
