/** Send Mails never doubles a mail: after a day, when its key is forgotten, and without a ledger. */
import { batchOf, emailOf, member, members, portionOf, recordedIn } from './campaignPortions.cts';
import {
	type CampaignSurroundings,
	opened,
	personRow,
	personRows,
	startCampaignSurroundings,
	TEMPLATE,
} from './campaignSurroundings.cts';

const HOUR_MS = 3_600_000;

let around: CampaignSurroundings;
beforeAll(async () => {
	around = await startCampaignSurroundings();
});
beforeEach(() => around.forget());
afterAll(async () => await around.close());

const { campaignId } = opened();
const readers = () => around.resend.mails.flatMap(({ to }) => to).sort();
const sendRequests = () => around.resend.requests.filter(({ method }) => method === 'POST');

describe('a batch whose key Resend may have forgotten', () => {
	const send = async (batch: ReturnType<typeof batchOf>) =>
		await around.runOne('send', {}, [portionOf([batch])]);

	/** The batch, as another execution takes it over a day later. */
	async function aDayLater(batch: ReturnType<typeof batchOf>, changed = batch.recipients) {
		const firstAttemptAt = new Date().toISOString();
		around.resend.advance(25 * HOUR_MS);
		return batchOf(batch.batch, changed, { attempts: 2, isKeyExpired: true, firstAttemptAt });
	}

	it('is looked up, and not sent again where its first attempt came through', async () => {
		const batch = batchOf(1, members(3));
		const first = await send(batch);
		const json = await send(await aDayLater(batch));
		expect(json.results).toEqual(first.results);
		expect(recordedIn(json).batches).toEqual(recordedIn(first).batches);
		expect(sendRequests()).toHaveLength(1);
		expect(readers()).toEqual([1, 2, 3].map(emailOf));
	});

	it('is sent under a second key where its first attempt never came through', async () => {
		const json = await send(await aDayLater(batchOf(1, members(3))));
		expect(json).toMatchObject({ sent: 3 });
		expect(sendRequests().map(({ headers }) => headers['idempotency-key'])).toEqual([
			`campaign/${campaignId}/1/2`,
		]);
		expect(readers()).toEqual([1, 2, 3].map(emailOf));
	});

	it('is sent to those whom Resend does not list, where it took a part', async () => {
		await send(batchOf(1, [member(1), member(2, { email: 'no address' })]));
		const json = await send(await aDayLater(batchOf(1, members(2))));
		expect(json).toMatchObject({ sent: 2 });
		expect(readers()).toEqual([1, 2].map(emailOf));
	});

	it('leaves out who was suppressed since, and asks no more about whom an event has proved', async () => {
		const batch = await aDayLater(batchOf(1, []), [
			member(1, { emailId: 'mail-1' }),
			member(2, { suppression: 'complained' }),
			member(3),
		]);
		const json = await send(batch);
		expect(json).toMatchObject({ sent: 2, leftOut: { 'suppressed: complained': 1 } });
		expect(recordedIn(json).batches[0]?.results).toEqual(
			expect.arrayContaining([
				{ recipient: member(1).recipient, state: 'sent', emailId: 'mail-1' },
				{ recipient: member(2).recipient, state: 'left_out', reason: 'suppressed: complained' },
			]),
		);
		expect(readers()).toEqual([emailOf(3)]);
	});

	it('waits where the API key may only send, so that Resend cannot be asked', async () => {
		around.resend.failNext({
			status: 401,
			body: { statusCode: 401, name: 'restricted_api_key', message: 'Only for sending' },
		});
		const json = await send(await aDayLater(batchOf(1, members(2))));
		expect(json).toMatchObject({
			unsentBatches: 1,
			stopped: { kind: 'credential-refused', advice: expect.stringContaining('full access') },
		});
		expect(sendRequests()).toEqual([]);
	});
});

describe('a batch whose key lives', () => {
	it('is the same to the byte, also with somebody who was suppressed since', async () => {
		const send = async (recipients: ReturnType<typeof members>, attempts: number) =>
			await around.runOne('send', {}, [portionOf([batchOf(1, recipients, { attempts })])]);
		const first = await send([member(1), member(2)], 1);
		const second = await send(
			[member(1, { emailId: 'mail-1' }), member(2, { suppression: 'bounced' })],
			2,
		);
		expect(second.results).toEqual(first.results);
		const [one, other] = sendRequests();
		expect(other?.body).toEqual(one?.body);
		expect(readers()).toEqual([1, 2].map(emailOf));
	});
});

describe('people who come as items, without a ledger', () => {
	const send = async (rows: ReturnType<typeof personRow>[], campaign: object = opened()) =>
		await around.runOne('send', { people: 'items', campaign: JSON.stringify(campaign) }, rows);
	const keys = () => sendRequests().map(({ headers }) => headers['idempotency-key']);

	it('get one mail each, in batches of a hundred', async () => {
		const json = await send(personRows(150));
		expect(json).toMatchObject({ campaignId, correlationId: 'corr-1', sent: 150, leftOut: {} });
		expect(json).not.toHaveProperty('stateStore');
		expect(sendRequests().map(({ body }) => (body as unknown[]).length)).toEqual([100, 50]);
		for (const key of keys())
			expect(key).toMatch(new RegExp(`^campaign/${campaignId}/[01]/[0-9a-f]{32}$`));
		expect(new Set(readers()).size).toBe(150);
	});

	it('get no second one within a day, also when they come in another order', async () => {
		const rows = personRows(150);
		const first = await send(rows);
		const before = keys();
		around.resend.advance(23 * HOUR_MS);
		const second = await send(rows.toReversed());
		expect(keys().slice(2)).toEqual(before);
		expect(second.results).toEqual(first.results);
		expect(around.resend.mails).toHaveLength(150);
	});

	it('get another mail where it says something else', async () => {
		await send([personRow(1)]);
		await send([personRow(1, { city: 'Makati' })]);
		await send(
			[personRow(1)],
			opened({ template: { ...TEMPLATE, subject: 'Still in {{ city }}' } }),
		);
		expect(around.resend.mails.map(({ subject }) => subject)).toEqual([
			'New in Taguig',
			'New in Makati',
			'Still in Taguig',
		]);
		expect(new Set(keys()).size).toBe(3);
	});

	it('are left out for the same reasons as with a ledger', async () => {
		const json = await send([
			personRow(1),
			personRow(2, { consent: false }),
			personRow(3, { unsubscribed: true }),
			personRow(4, { email: 'nobody' }),
			personRow(5, { email: 'READER.1@example.com' }),
			personRow(6, { city: null }),
		]);
		expect(json).toMatchObject({
			sent: 1,
			leftOut: {
				no_consent: 1,
				unsubscribed: 1,
				broken_address: 1,
				duplicate: 1,
				missing_variables: 1,
			},
		});
		expect(readers()).toEqual([emailOf(1)]);
	});

	it('may be nobody', async () => {
		expect(await send([{}])).toMatchObject({ sent: 0, leftOut: {}, results: [] });
		expect(around.resend.requests).toEqual([]);
	});
});
