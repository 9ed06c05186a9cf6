import fc from 'fast-check';

import { scoreEngagement } from '../../../../nodes/LeadScore/scoring/engagement';
import type { EngagementInput } from '../../../../nodes/LeadScore/scoring/input';
import { DAY, NOW, scoringInput } from './samples.cts';

const settings = { halfLifeDays: 14, neutralScore: 50 };

function score(told: Partial<EngagementInput>, now = NOW) {
	return scoreEngagement(scoringInput({ engagement: told }).engagement, settings, now);
}

const HOUR = DAY / 24;
const viewing = (ageDays: number) => ({ type: 'viewing_request', atMs: NOW - ageDays * DAY });

describe('engagement by source', () => {
	it.each<[source: string | undefined, medium: string | undefined, prior: number, words: string]>([
		['lamudi', 'cpc', 70, 'a property portal'],
		['www.property24.com.ph', undefined, 70, 'a property portal'],
		['Zillow', 'listing', 70, 'a property portal'],
		['homes.com', undefined, 70, 'a property portal'],
		['agent-smith', 'referral', 70, 'a referral'],
		['(direct)', '(none)', 70, 'a direct inquiry'],
		['website', 'form', 70, 'a direct inquiry'],
		['messenger', undefined, 70, 'a direct inquiry'],
		['google', 'organic', 60, 'a search engine'],
		['facebook', 'social', 60, 'a social media post'],
		['l.facebook.com', 'referral', 60, 'a social media post'],
		['newsletter', 'email', 60, 'an e-mail of the agency'],
		['brand', 'organic', 60, 'an unpaid visit'],
		['google', 'cpc', 50, 'a search ad'],
		['google-ads', undefined, 50, 'a search ad'],
		['bing', 'PPC', 50, 'a search ad'],
		['google', undefined, 50, 'a search engine'],
		['facebook', 'cpc', 35, 'a social media ad'],
		['fb', 'paid_social', 35, 'a social media ad'],
		['Instagram_Ads', undefined, 35, 'a social media ad'],
		['tiktok', 'paid', 35, 'a social media ad'],
		['facebook', undefined, 35, 'social media'],
		['unknown-network', 'display', 35, 'an advertisement'],
	])('%s / %s', (source, medium, prior, words) => {
		expect(score({ source, medium })).toEqual({
			status: 'known',
			score: prior,
			reason: `Came from ${words}`,
		});
	});

	it.each<[string | undefined, string | undefined]>([
		[undefined, undefined],
		['', ''],
		['summer', undefined],
		['constructor', '__proto__'],
		['lamudish', 'spreadsheets'],
	])('%s / %s tells nothing', (source, medium) => {
		expect(score({ source, medium })).toEqual({
			status: 'missing',
			score: 0,
			reason: 'Source of the lead not known',
			question: 'How did you find us?',
		});
	});

	it.each([
		[0, 'just now'],
		[-DAY, 'just now'],
		[59 * 60_000, 'just now'],
		[HOUR, '1 hour ago'],
		[23.9 * HOUR, '23 hours ago'],
		[DAY, '1 day ago'],
		[2.5 * DAY, '2 days ago'],
	])('%d ms after it came', (age, words) => {
		expect(score({ source: 'lamudi', createdAtMs: NOW - age }).reason).toBe(
			`Came from a property portal ${words}`,
		);
	});

	it('says nothing of a date that could not be read', () => {
		expect(score({ source: 'lamudi', createdAtMs: NaN }).reason).toBe(
			'Came from a property portal',
		);
	});
});

describe('engagement by what they did', () => {
	// A source of 70 leaves 30. A viewing request is 25 % of that, and half as much a half-life later.
	it.each<[string, Partial<EngagementInput>, number]>([
		['a viewing request now', { events: [viewing(0)] }, 77.5],
		['in the future, which is now', { events: [viewing(-30)] }, 77.5],
		['14 days ago', { events: [viewing(14)] }, 73.75],
		['28 days ago', { events: [viewing(28)] }, 71.875],
		['three of them, of which two count', { events: Array(3).fill(viewing(0)) }, 85],
		['a view', { events: [{ type: 'page_view', atMs: NOW }] }, 70.9],
		['a hundred views, as five', { events: Array(100).fill({ type: 'view', atMs: NOW }) }, 74.5],
		['an unsubscription', { events: [{ type: 'unsubscribe', atMs: NOW }] }, 70],
		['a date that could not be read', { events: [{ type: 'inquiry', atMs: NaN }] }, 70],
		['an earlier inquiry', { previousInquiries: 1 }, 73],
		['ten earlier inquiries, as three', { previousInquiries: 10 }, 79],
	])('%s', (_name, told, expected) => {
		expect(score({ source: 'lamudi', ...told }).score).toBeCloseTo(expected, 6);
	});

	it('starts from neutral where the source is not known', () => {
		// 50 + 50 * 25 %
		expect(score({ events: [viewing(0)] })).toEqual({
			status: 'known',
			score: 62.5,
			reason: 'Source not known; 1 action, a viewing request just now',
		});
		expect(score({ previousInquiries: 1 })).toMatchObject({
			score: 55,
			reason: 'Source not known; asked once before',
		});
	});

	it('says how much they did and what was the last of it', () => {
		const events = [
			viewing(3),
			{ type: 'Saved-Search', atMs: NOW - 2 * DAY },
			{ type: 'bounce', atMs: NOW },
		];
		expect(
			score({ source: 'fb', createdAtMs: NOW - 4 * DAY, events, previousInquiries: 2 }).reason,
		).toBe(
			'Came from social media 4 days ago; 2 actions, the last a saved search 2 days ago; asked 2 times before',
		);
	});

	it("leaves it to the platform's own measure where there is one", () => {
		expect(score({ source: 'fb', measured: 72.4, events: [viewing(0)] })).toEqual({
			status: 'known',
			score: 72.4,
			reason: 'The platform measures an engagement of 72 of 100',
		});
	});

	const told = fc.record({
		source: fc.constantFrom(undefined, 'fb', 'google', 'lamudi', 'nobody'),
		events: fc.array(
			fc.record({
				type: fc.oneof(
					fc.constantFrom('viewing_request', 'view', 'form', 'open', 'bounce'),
					fc.string(),
				),
				atMs: fc.integer({ min: NOW - 400 * DAY, max: NOW + 10 * DAY }),
			}),
			{ maxLength: 20 },
		),
		previousInquiries: fc.nat(20),
	});

	it('stays within 0 to 100, never below the source alone, and fades with time', () => {
		fc.assert(
			fc.property(told, fc.nat(400), (given, days) => {
				const [now, later] = [score(given), score(given, NOW + days * DAY)];
				const alone = score({ source: given.source });
				expect(later.score).toBeLessThanOrEqual(now.score + 1e-9);
				expect(now.score).toBeLessThanOrEqual(100);
				if (alone.status === 'known') expect(later.score).toBeGreaterThanOrEqual(alone.score);
			}),
		);
	});

	it('never falls with one more action', () => {
		fc.assert(
			fc.property(told, fc.constantFrom('view', 'form', 'bounce'), (given, type) => {
				const more = { ...given, events: [...given.events, { type, atMs: NOW }] };
				const [few, many] = [score(given), score(more)];
				if (few.status === 'known') expect(many.score).toBeGreaterThanOrEqual(few.score - 1e-9);
			}),
		);
	});
});
