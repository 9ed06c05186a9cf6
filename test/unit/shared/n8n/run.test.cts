import type { IExecuteFunctions } from 'n8n-workflow';

import type { Pacer } from '../../../../nodes/shared/http/pace';
import { openRun } from '../../../../nodes/shared/n8n/run';

/** An execution whose requests get these statuses, one after the other, and then 200. */
function execution(...statuses: number[]) {
	const urls: string[] = [];
	const context = {
		getCredentials: async (_type: string, itemIndex: number) => ({
			baseUrl: `https://item-${itemIndex}.example.com`,
		}),
		helpers: {
			httpRequestWithAuthentication: async (_type: string, { url }: { url: string }) => {
				urls.push(url);
				return { statusCode: statuses.shift() ?? 200, headers: {}, body: '' };
			},
		},
	} as unknown as IExecuteFunctions;
	return { run: openRun(context), urls };
}

describe('the run that items share', () => {
	it('sends each item by its own credential, also where all are paced together', async () => {
		const { run, urls } = execution();
		for (const itemIndex of [0, 1]) {
			const send = await run.send('rentCastApi', itemIndex, { perSecond: 1000 });
			await send({ method: 'GET', path: '/markets' });
		}
		expect(urls).toEqual([
			'https://item-0.example.com/markets',
			'https://item-1.example.com/markets',
		]);
	});

	it('lets a pacer of its own hold every attempt back, and learn from every answer', async () => {
		const { run } = execution(503, 200);
		const learned: number[] = [];
		const pacer: Pacer = (send) => async (request) => {
			const response = await send(request);
			learned.push(response.status);
			return response;
		};
		const attempts: number[] = [];
		const send = await run.send('resendMailApi', 0, {
			pacer,
			onAttempt: ({ status }) => attempts.push(status),
		});
		expect(await send({ method: 'GET', path: '/emails' })).toMatchObject({ status: 200 });
		expect(learned).toEqual([503, 200]);
		expect(attempts).toEqual(learned);
	});

	it('sends at once where there is no pace', async () => {
		const { run, urls } = execution();
		const send = await run.send('resendMailApi', 0, {});
		await send({ method: 'GET', path: '/emails' });
		expect(urls).toEqual(['https://item-0.example.com/emails']);
	});
});
