import fc from 'fast-check';
import parsePhoneNumber, { type CountryCode, getExampleNumber } from 'libphonenumber-js/max';
import examples from 'libphonenumber-js/mobile/examples';

import { findEmails } from '../../../../nodes/shared/contact/findEmails';
import { findPhones } from '../../../../nodes/shared/contact/findPhones';
import { blank } from '../../../../nodes/shared/contact/span';

function phonesIn(text: string, home: CountryCode = 'PH'): string[] {
	return findPhones(text, home).map(({ number }) => number);
}

describe('phone numbers in a text', () => {
	it.each([
		['0917 123 4567', '+639171234567'],
		['call 09171234567 please', '+639171234567'],
		['+63 917 123 4567', '+639171234567'],
		['63-917-123-4567', '+639171234567'],
		['9171234567', '+639171234567'],
		['unit 1201 tower 2, 0998.765.4321', '+639987654321'],
		['(02) 8123-4567', '+63281234567'],
		['my no. is 0917-1234567.', '+639171234567'],
		['cp#09171234567', '+639171234567'],
		['cp09171234567', '+639171234567'],
		['(0917) 123-4567', '+639171234567'],
		['budget 5,000,000 call 0917 123 4567', '+639171234567'],
		['viber: +1 415 555 2671', '+14155552671'],
		['2 0917 123 4567', '+639171234567'],
		['+44 20 7946 0958', '+442079460958'],
	])('of "%s"', (text, number) => {
		expect(phonesIn(text)).toEqual([number]);
	});

	it('are all found, in order', () => {
		expect(phonesIn('0917 123 4567/0928 123 4567')).toEqual(['+639171234567', '+639281234567']);
		expect(phonesIn('0917-123-4567, 0928-123-4567')).toEqual(['+639171234567', '+639281234567']);
	});

	it.each([
		'₱5,000,000',
		'5000000',
		'5000000 to 8000000',
		'9000000000',
		'20261122 1400',
		'2026-11-22',
		'15-12-2026',
		'01-15-2027',
		'unit 1201 tower 2',
		'Block 5 Lot 12 Phase 3',
		'12345678901234567890',
		'0000000000',
		'3-5M 120-150 sqm 2-3',
		'id 120034004512',
		'09171234567m',
		'1 2 3 4 5 6 7 8',
	])('are not in "%s"', (text) => {
		expect(phonesIn(text)).toEqual([]);
	});

	it.each([
		['20261122', ['+4520261122']],
		['20 26 11 22', ['+4520261122']],
		['2026-11-22', []],
		['31.12.2026', []],
		['$20261122', []],
		['20261122 kr', ['+4520261122']],
		['20261122kr', []],
		['a20261122', []],
	])('of "%s" are %j in Denmark, where eight digits are a number', (text, numbers) => {
		expect(phonesIn(text, 'DK')).toEqual(numbers);
	});

	it('are not round amounts', () => {
		expect(phonesIn('91234567', 'SG')).toEqual(['+6591234567']);
		expect(phonesIn('90000000', 'SG')).toEqual([]);
	});

	it('without the 0 before them are those of mobile phones only', () => {
		expect(phonesIn('281234567')).toEqual([]);
		expect(phonesIn('02 8123 4567')).toEqual(['+63281234567']);
		expect(phonesIn('63 2 8123 4567')).toEqual(['+63281234567']);
	});

	it('are those that libphonenumber-js reads, wherever they stand', () => {
		const country = fc.constantFrom<CountryCode>('PH', 'US', 'GB', 'SG', 'AE', 'JP', 'DE', 'AU');
		const before = fc.constantFrom('', 'call ', '(', 'tel: ', 'unit 5, ', 'BGC; ');
		const after = fc.constantFrom('', '.', ', thanks', ')', ' po', '!');
		fc.assert(
			fc.property(country, before, after, fc.boolean(), (code, start, end, isNational) => {
				const example = getExampleNumber(code, examples)!;
				const written = isNational ? example.formatNational() : example.formatInternational();
				const read = parsePhoneNumber(written, code)!.number;
				expect(phonesIn(start + written + end, code)).toEqual([read]);
			}),
		);
	});

	it('read any Philippine mobile number as libphonenumber-js does', () => {
		const rest = fc.integer({ min: 0, max: 999_999_999 }).map((n) => String(n).padStart(9, '0'));
		fc.assert(
			fc.property(rest, (digits) => {
				const written = `09${digits}`;
				const read = parsePhoneNumber(written, 'PH');
				expect(phonesIn(`call ${written} po`)).toEqual(read?.isValid() ? [read.number] : []);
			}),
		);
	});
});

describe('e-mail addresses in a text', () => {
	it.each([
		['juan@example.com', ['juan@example.com']],
		['Email: Juan.DelaCruz@Example.COM.', ['juan.delacruz@example.com']],
		['(ana+home@mail.example.co.uk), thanks', ['ana+home@mail.example.co.uk']],
		['a@example.com or b@example.com', ['a@example.com', 'b@example.com']],
		['"ana@example.com"', ['ana@example.com']],
		['mailto:ana@example.com', ['ana@example.com']],
		['<ana@example.com>', ['ana@example.com']],
		['...ana@example.com...', ['ana@example.com']],
		['@ana', []],
		['ana@', []],
		['ana @ example . com', []],
		['ana@example', []],
		['josé@example.com', []],
		['a@@example.com', []],
		['5pm @ BGC', []],
	])('"%s"', (text, addresses) => {
		expect(findEmails(text).map(({ address }) => address)).toEqual(addresses);
	});

	it('stand where they say', () => {
		fc.assert(
			fc.property(fc.string(), fc.emailAddress(), fc.string(), (before, email, after) => {
				const text = `${before} ${email} ${after}`;
				const found = findEmails(text);
				for (const { start, end, address } of found) {
					expect(text.slice(start, end).toLowerCase()).toBe(address);
				}
				expect(blank(text, found)).toHaveLength(text.length);
				for (const { address } of found) expect(blank(text, found)).not.toContain(address);
			}),
		);
	});
});
