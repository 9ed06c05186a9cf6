/** Send Mails, of a portion that the ledger gave out: what Resend gets, and what the ledger hears. */
import { startResend } from '../../../sandbox/vendors/resend.cts';
import { batchOf, emailOf, member, members, portionOf, recordedIn } from './campaignPortions.cts';
import {
	campaignDispatch,
	type CampaignSurroundings,
	opened,
	recipientOf,
	startCampaignSurroundings,
	UNSUBSCRIBE_URL,
} from './campaignSurroundings.cts';

let around: CampaignSurroundings;
beforeAll(async () => {
	around = await startCampaignSurroundings();
});
beforeEach(() => around.forget());
afterAll(async () => await around.close());

const { campaignId } = opened();

const send = async (...[batches, campaign]: Parameters<typeof portionOf>) =>
	await around.runOne('send', {}, [portionOf(batches, campaign)]);

const strictly = async (...[batches, campaign]: Parameters<typeof portionOf>) =>
	await around.runOne('send', { sendOptions: { validation: 'strict' } }, [
		portionOf(batches, campaign),
	]);

const readers = () => around.resend.mails.flatMap(({ to }) => to).sort();

/** Two batches of two. */
const FOUR = [batchOf(1, members(2)), batchOf(2, members(2, 3))];

describe('a portion', () => {
	it('goes out in its batches, each under the key of the campaign and its number', async () => {
		await send([batchOf(7, members(100)), batchOf(8, members(50, 101))]);
		expect(
			around.resend.requests.map(({ method, path, headers, body }) => [
				`${method} ${path}`,
				headers['idempotency-key'],
				headers['x-batch-validation'],
				(body as unknown[]).length,
			]),
		).toEqual([
			['POST /emails/batch', `campaign/${campaignId}/7`, 'permissive', 100],
			['POST /emails/batch', `campaign/${campaignId}/8`, 'permissive', 50],
		]);
	});

	it('gives each person a mail of their own, known again by its tags, to be left by one click', async () => {
		await send([batchOf(1, [member(1)])], opened({ replyTo: 'ana@company.com' }));
		const [mail, ...more] = around.resend.mails;
		expect(more).toEqual([]);
		expect(mail).toMatchObject({
			from: 'sales@company.com',
			replyTo: ['ana@company.com'],
			to: [emailOf(1)],
			cc: [],
			bcc: [],
			subject: 'New in Taguig',
			tags: [
				{ name: 'campaign', value: campaignId },
				{ name: 'recipient', value: recipientOf(emailOf(1)) },
			],
		});
		const [, link = ''] = /^<(.+)>$/.exec(mail!.headers['List-Unsubscribe']!) ?? [];
		expect(mail!.headers['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click');
		expect(link).toMatch(new RegExp(`^${UNSUBSCRIBE_URL}\\?token=[\\w-]+\\.[\\w-]{22}$`));
		expect(mail!.html).toBe(`<p>Hello Liwayway1</p><a href="${link}">Leave</a>`);
		expect(mail!.text).toContain(link);
	});

	it("tells the ledger each person's result, and the log every request", async () => {
		const json = await send(FOUR);
		const idOf = (number: number) =>
			around.resend.mails.find(({ to }) => to[0] === emailOf(number))?.id;
		const sent = (number: number) => ({
			recipient: recipientOf(emailOf(number)),
			state: 'sent',
			emailId: idOf(number),
		});
		expect(json).toMatchObject({
			campaignId,
			correlationId: 'corr-1',
			sent: 4,
			refused: 0,
			leftOut: {},
			unsentBatches: 0,
			results: [1, 2, 3, 4].map(sent),
		});
		expect(json).not.toHaveProperty('stopped');
		const attempt = { correlationId: 'corr-1', flow: 'campaign-dispatch', step: 'send' };
		expect(recordedIn(json)).toEqual({
			campaignId,
			leaseToken: 'lease-1',
			batches: [
				{ batch: 1, outcome: 'sent', results: [sent(1), sent(2)] },
				{ batch: 2, outcome: 'sent', results: [sent(3), sent(4)] },
			],
			stop: null,
			log: [1, 2].map(() => expect.objectContaining({ ...attempt, vendor: 'resend', status: 200 })),
		});
	});

	it('of no batches asks for nothing', async () => {
		expect(await send([])).toMatchObject({ sent: 0, results: [] });
		expect(around.resend.requests).toEqual([]);
	});

	it('shares its pace with the others of a run, so that none goes too fast', async () => {
		const slow = await startResend({ perSecond: 4 });
		try {
			around.credentials.resendMailApi = {
				...around.credentials.resendMailApi,
				baseUrl: slow.url,
			};
			const portions = [1, 2, 3].map((number) =>
				portionOf([
					batchOf(number * 2, members(1, number * 10)),
					batchOf(number * 2 + 1, members(1, number * 20)),
				]),
			);
			const sent = await around.runAll('send', {}, portions);
			expect(sent).toMatchObject([{ sent: 2 }, { sent: 2 }, { sent: 2 }]);
			expect(slow.refused429()).toBe(0);
		} finally {
			await slow.close();
		}
	});
});

describe('a mail that Resend refuses', () => {
	const batches = [batchOf(1, [member(1), member(2, { email: 'no address' }), member(3)])];

	it('is noted, and the others are sent', async () => {
		const json = await send(batches);
		expect(json).toMatchObject({ sent: 2, refused: 1 });
		expect(recordedIn(json).batches[0]?.results).toMatchObject([
			{ state: 'sent' },
			{ recipient: member(2).recipient, state: 'refused', reason: expect.stringContaining('`to`') },
			{ state: 'sent' },
		]);
		expect(readers()).toEqual([emailOf(1), emailOf(3)]);
	});

	it('stops the campaign where Resend is to be strict, and nobody of its batch gets a mail', async () => {
		const json = await strictly(batches);
		expect(json).toMatchObject({
			sent: 0,
			unsentBatches: 1,
			stopped: { kind: 'rejected', isPassing: false },
		});
		expect(recordedIn(json)).toMatchObject({
			batches: [{ batch: 1, outcome: 'unsent' }],
			stop: expect.stringMatching(/^Resend did not accept the request \(422\).*\. ./),
		});
		expect(around.resend.requests[0]?.headers['x-batch-validation']).toBe('strict');
		expect(readers()).toEqual([]);
	});
});

describe('a template that the data of one person breaks', () => {
	it('costs this one the mail, and nobody else', async () => {
		const template = { ...opened().definition.template, subject: '{{ city | remove: "Nowhere" }}' };
		const nowhere = member(2, { data: { city: 'Nowhere' } });
		const json = await send([batchOf(1, [member(1), nowhere])], opened({ template }));
		expect(json).toMatchObject({ sent: 1, refused: 1 });
		expect(recordedIn(json).batches[0]?.results).toEqual(
			expect.arrayContaining([
				expect.objectContaining({ state: 'sent' }),
				{
					recipient: nowhere.recipient,
					state: 'refused',
					reason: 'Template: The subject is empty for this recipient',
				},
			]),
		);
		expect(readers()).toEqual([emailOf(1)]);
	});

	it('costs a whole batch its mails where all are alike, without a request', async () => {
		const template = { ...opened().definition.template, subject: '{{ city | remove: "Taguig" }}' };
		const json = await send([batchOf(1, members(2))], opened({ template }));
		expect(json).toMatchObject({ sent: 0, refused: 2, unsentBatches: 0 });
		expect(around.resend.requests).toEqual([]);
	});
});

describe('what cannot be sent at all', () => {
	it.each(['', undefined])(
		'has a credential whose unsubscribe secret is %p',
		async (unsubscribeSecret) => {
			around.credentials.resendMailApi = {
				...around.credentials.resendMailApi,
				unsubscribeSecret: unsubscribeSecret as string,
			};
			const json = await around.failOne('send', {}, [portionOf(FOUR)]);
			expect(json).toMatchObject({
				error: 'The credential has no Unsubscribe Secret',
				details: { itemIndex: 0, advice: expect.stringContaining('any long random text') },
			});
			expect(around.resend.requests).toEqual([]);
		},
	);

	it('is no portion of the ledger', async () => {
		const step = campaignDispatch('send');
		const { error } = await around.run([step], [{ ...opened() }]);
		expect(error).toMatchObject({
			message: 'The portion from the ledger does not keep to its contract',
			description: expect.stringContaining('batches: is required'),
		});
	});
});
