import fc from 'fast-check';

import { scoreContact } from '../../../../nodes/LeadScore/scoring/contact';
import type { ScoringInput } from '../../../../nodes/LeadScore/scoring/input';
import { scoringInput } from './samples.cts';

const EMAIL = 'ana@gmail.com';
const PHONE = '+639171234567';

function score(contact: Partial<ScoringInput['contact']>, country?: string) {
	return scoreContact(scoringInput({ contact, listing: { country } }), 'PH');
}

describe('contact', () => {
	// e-mail 25 + lasting 15 + personal 5 = 45; phone 30 + mobile 5 + local 5 = 40;
	// both channels 10; consent 10; the sum of 105 is capped at 100.
	it.each<[string, Partial<ScoringInput['contact']>, number]>([
		['everything', { email: EMAIL, phone: PHONE, hasConsent: true }, 100],
		['both channels', { email: EMAIL, phone: PHONE }, 95],
		['an e-mail', { email: EMAIL }, 45],
		['an e-mail and consent', { email: EMAIL, hasConsent: true }, 55],
		['a phone', { phone: PHONE }, 40],
		['a landline', { phone: '+63281234567' }, 35],
		['a phone abroad', { phone: '+6591234567' }, 35],
		['a number that may be mobile, abroad', { phone: '+12105550100' }, 35],
		['a mistyped domain', { email: 'ana@gmial.com' }, 35],
		['a throw-away mailbox', { email: 'ana@mailinator.com' }, 30],
		['a shared mailbox', { email: 'info@agency.ph' }, 40],
		['neither', {}, 0],
		['neither, with consent', { hasConsent: true }, 0],
		['blanks', { email: ' ', phone: '' }, 0],
		['a phone with letters', { phone: 'CALL ME', hasConsent: true }, 0],
		['an e-mail that is none', { email: 'none', hasConsent: true }, 0],
		['capitals and spaces', { email: '  ANA@GMAIL.COM ' }, 45],
	])('%s', (_name, contact, expected) => {
		expect(score(contact).finding).toMatchObject({ status: 'known', score: expected });
	});

	it('takes the market from the listing, by code or name', () => {
		expect(score({ phone: '+6591234567' }, 'Singapore').finding.score).toBe(40);
		expect(score({ phone: '+6591234567' }, 'sg').finding.score).toBe(40);
		expect(score({ phone: PHONE }, 'Singapore').finding.score).toBe(35);
		expect(score({ phone: PHONE }, 'Atlantis').finding.score).toBe(40);
	});

	it.each<[Partial<ScoringInput['contact']>, string]>([
		[{}, 'No e-mail and no phone number'],
		[
			{ email: EMAIL, phone: PHONE, hasConsent: true },
			'Valid mobile number; e-mail can be written to',
		],
		[
			{ email: 'ana@gmial.com', phone: PHONE, hasConsent: true },
			'Valid mobile number; e-mail domain looks mistyped: gmail.com?',
		],
		[{ email: EMAIL }, 'No phone number; e-mail can be written to; no consent to be contacted'],
		[{ phone: '123', hasConsent: true }, 'Phone number could not be read; no e-mail'],
		[
			{ email: 'x@yopmail.com', hasConsent: true },
			'No phone number; e-mail is a throw-away mailbox',
		],
		[{ email: 'info@a.ph', hasConsent: true }, 'No phone number; e-mail is a shared mailbox'],
		[{ email: 'none', hasConsent: true }, 'No phone number; e-mail could not be read'],
	])('%j reads', (contact, reason) => {
		expect(score(contact).finding.reason).toBe(reason);
	});

	it('hands on how they can be reached, cleaned up', () => {
		expect(score({ email: ' ANA@Gmial.com', phone: '0917 123 4567' }).contact).toEqual({
			email: 'ana@gmial.com',
			emailSuggestion: 'ana@gmail.com',
			phone: PHONE,
			phoneCountry: 'PH',
		});
		expect(score({ email: 'none', phone: '  CALL ME ' }).contact).toEqual({ phone: 'CALL ME' });
		expect(score({ email: '', phone: ' ' }).contact).toEqual({});
	});

	it('says every part, the cap on a line of its own', () => {
		expect(score({ email: EMAIL, phone: PHONE, hasConsent: true }).finding.details).toEqual([
			'e-mail can be written to: +25',
			'not a throw-away mailbox: +15',
			"a person's mailbox: +5",
			'phone number exists: +30',
			'a mobile number: +5',
			'no international call: +5',
			'two ways to reach them: +10',
			'consent to be contacted: +10',
			'never more than 100: -5',
		]);
	});

	const contact = fc.record({
		email: fc.oneof(
			fc.emailAddress(),
			fc.constantFrom('', EMAIL, 'info@gmial.com', 'a@yopmail.com', 'x'),
			fc.string({ unit: 'binary' }),
		),
		phone: fc.oneof(
			fc.constantFrom('', PHONE, '0917 123 4567', '+12105550100', '+6591234567', '1-800-HOMES'),
			fc.string({ unit: 'binary' }),
		),
		hasConsent: fc.boolean(),
	});

	it('has parts that add up to the score, from 0 to 100', () => {
		fc.assert(
			fc.property(contact, (given) => {
				const { score: total, details = [] } = score(given).finding;
				const parts = details.map((line) => Number(/: ([+-]\d+)$/.exec(line)![1]));
				expect(parts.reduce((sum, points) => sum + points, 0)).toBe(total);
				expect(total).toBeGreaterThanOrEqual(0);
				expect(total).toBeLessThanOrEqual(100);
			}),
		);
	});

	it('never repeats the address or the number in words', () => {
		fc.assert(
			fc.property(contact, (given) => {
				const { reason, details = [] } = score(given).finding;
				const said = [reason, ...details].join('\n');
				expect(said).not.toContain('@');
				expect(said).not.toMatch(/\d{4}/);
			}),
		);
	});
});
