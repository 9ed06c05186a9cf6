import { readRateLimit } from '../../../../nodes/shared/http/rateLimitHeaders';

describe('reading the rate limit headers', () => {
	it.each([
		[
			'as Resend sends them',
			{
				'ratelimit-limit': '5',
				'ratelimit-policy': '5;w=1',
				'ratelimit-remaining': '4',
				'ratelimit-reset': '1',
			},
			{ quota: 5, windowMs: 1000, remaining: 4, resetMs: 1000 },
		],
		[
			'with the policy that the limit is of',
			{ 'ratelimit-limit': '100', 'ratelimit-policy': '10;w=1, 100;w=60;burst=1000' },
			{ quota: 100, windowMs: 60_000 },
		],
		[
			'with a parameter before the window',
			{ 'ratelimit-limit': '10', 'ratelimit-policy': '10;policy="leaky";w=2' },
			{ quota: 10, windowMs: 2000 },
		],
		[
			'as older drafts had them',
			{ 'ratelimit-limit': '10, 10;w=1', 'ratelimit-remaining': ' 0 ' },
			{ quota: 10, windowMs: 1000, remaining: 0 },
		],
		[
			'without a policy',
			{ 'ratelimit-limit': '60', 'ratelimit-reset': '42' },
			{ quota: 60, windowMs: 42_000, resetMs: 42_000 },
		],
		['alone', { 'ratelimit-limit': '2' }, { quota: 2, windowMs: 1000 }],
		['none', {}, undefined],
		['a limit of nothing', { 'ratelimit-limit': '0' }, undefined],
		['words', { 'ratelimit-limit': 'many' }, undefined],
		['a negative limit', { 'ratelimit-limit': '-5' }, undefined],
		['a broken number', { 'ratelimit-limit': '5x' }, undefined],
	])('reads them %s', (_name, headers, expected) => {
		expect(readRateLimit(headers)).toEqual(expected);
	});
});
