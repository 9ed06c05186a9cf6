import type { IExecuteFunctions } from 'n8n-workflow';

import { openRun } from '../../../../nodes/shared/n8n/run';

describe('the run that items share', () => {
	it('sends each item by its own credential, also where all are paced together', async () => {
		const urls: string[] = [];
		const context = {
			getCredentials: async (_type: string, itemIndex: number) => ({
				baseUrl: `https://item-${itemIndex}.example.com`,
			}),
			helpers: {
				httpRequestWithAuthentication: async (_type: string, { url }: { url: string }) => {
					urls.push(url);
					return { statusCode: 200, headers: {}, body: '' };
				},
			},
		} as unknown as IExecuteFunctions;
		const run = openRun(context);
		for (const itemIndex of [0, 1]) {
			const send = await run.send('rentCastApi', itemIndex, { perSecond: 1000 });
			await send({ method: 'GET', path: '/markets' });
		}
		expect(urls).toEqual([
			'https://item-0.example.com/markets',
			'https://item-1.example.com/markets',
		]);
	});
});
