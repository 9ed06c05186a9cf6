import fc from 'fast-check';

import { readEmail } from '../../../../nodes/shared/contact/email';
import { isOneEditApart } from '../../../../nodes/shared/contact/mailProviders';
import { cpuMs, MOMENT_MS } from '../../LeadScore/scoring/samples.cts';

/** The HTML standard's own expression for what a browser accepts. */
const WHATWG =
	/^[a-zA-Z0-9.!#$%&'*+\/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$/;

/** Damerau-Levenshtein distance (optimal string alignment), by the textbook's table. */
function distance(a: string, b: string): number {
	const d = Array.from({ length: a.length + 1 }, (_, i) => [i, ...Array<number>(b.length).fill(0)]);
	for (let j = 0; j <= b.length; j++) d[0]![j] = j;
	for (let i = 1; i <= a.length; i++) {
		for (let j = 1; j <= b.length; j++) {
			const cost = a[i - 1] === b[j - 1] ? 0 : 1;
			d[i]![j] = Math.min(d[i - 1]![j]! + 1, d[i]![j - 1]! + 1, d[i - 1]![j - 1]! + cost);
			if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
				d[i]![j] = Math.min(d[i]![j]!, d[i - 2]![j - 2]! + 1);
			}
		}
	}
	return d[a.length]![b.length]!;
}

describe('e-mail addresses', () => {
	it.each([
		['john@example.com', 'john@example.com'],
		['  JOHN.DOE@Example.COM ', 'john.doe@example.com'],
		['ana+homes@gmail.com', 'ana+homes@gmail.com'],
		["o'brien@mail.example.ph", "o'brien@mail.example.ph"],
		['a@xn--fiq228c.com', 'a@xn--fiq228c.com'],
		['a@b.co', 'a@b.co'],
		['a@1and1.com', 'a@1and1.com'],
		[`${'a'.repeat(64)}@example.com`, `${'a'.repeat(64)}@example.com`],
	])('%s can be written to', (given, address) => {
		expect(readEmail(given)).toEqual({ address, isRole: false, isDisposable: false });
	});

	it.each([
		['nothing', ''],
		['no at sign', 'john.example.com'],
		['two at signs', 'john@doe@example.com'],
		['no local part', '@example.com'],
		['no domain', 'john@'],
		['a domain without a dot', 'john@localhost'],
		['a dot at the start', '.john@example.com'],
		['a dot before the at sign', 'john.@example.com'],
		['two dots', 'john..doe@example.com'],
		['two dots in the domain', 'john@example..com'],
		['a dot at the end', 'john@example.com.'],
		['a hyphen at an edge', 'john@-example.com'],
		['an address of numbers', 'john@192.168.1.1'],
		['an address in brackets', 'john@[192.168.1.1]'],
		['a top level of one letter', 'john@example.c'],
		['a space inside', 'john doe@example.com'],
		['a line break inside', 'john@example.com\nbcc: x@y.zz'],
		['a display name', 'John <john@example.com>'],
		['a quoted local part', '"john doe"@example.com'],
		['accents', 'josé@example.com'],
		['a local part too long', `${'a'.repeat(65)}@example.com`],
		['a label too long', `a@${'b'.repeat(64)}.com`],
		['an address too long', `a@${'b.'.repeat(130)}com`],
		['two addresses', 'a@example.com, b@example.com'],
		['words', 'none'],
	])('%s cannot', (_name, given) => {
		expect(readEmail(given)).toBeUndefined();
	});

	it.each([
		['info@agency.ph', { isRole: true }],
		['sales+web@agency.ph', { isRole: true }],
		['No-Reply@agency.ph', { isRole: true }],
		['information@agency.ph', { isRole: false }],
		['x@mailinator.com', { isDisposable: true }],
		['x@eu.mailinator.com', { isDisposable: true }],
		['x@notmailinator.com', { isDisposable: false }],
		['x@yopmail.com', { isDisposable: true }],
	])('%s is told apart', (given, kind) => {
		expect(readEmail(given)).toMatchObject(kind);
	});

	it.each([
		['gmial.com', 'gmail.com'],
		['gmai.com', 'gmail.com'],
		['gmaill.com', 'gmail.com'],
		['gnail.com', 'gmail.com'],
		['gmail.con', 'gmail.com'],
		['gmail.co', 'gmail.com'],
		['gmail.cmo', 'gmail.com'],
		['gmail.com.ph', 'gmail.com'],
		['yaho.com', 'yahoo.com'],
		['yahoo.com.hp', 'yahoo.com.ph'],
		['hotmial.com', 'hotmail.com'],
		['outlok.com', 'outlook.com'],
		['iclod.com', 'icloud.com'],
		['live.con', 'live.com'],
	])('%s looks like %s', (domain, meant) => {
		expect(readEmail(`ana@${domain}`)).toMatchObject({
			address: `ana@${domain}`,
			suggestedDomain: meant,
			suggestion: `ana@${meant}`,
		});
	});

	it.each([
		...['gmail.com', 'mail.com', 'email.com', 'ymail.com', 'yahoo.com.ph', 'yahoo.com.sg'],
		...['yahoo.co.uk', 'outlook.ph', 'gmx.net', 'proton.me', 'me.com', 'live.co.uk', 'agency.ph'],
	])('%s does not look mistyped', (domain) => {
		expect(readEmail(`ana@${domain}`)).not.toHaveProperty('suggestion');
	});

	it('counts one edit as the textbook does', () => {
		const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 6 });
		fc.assert(
			fc.property(word, word, (a, b) => {
				expect(isOneEditApart(a, b)).toBe(distance(a, b) === 1);
			}),
			{ numRuns: 2_000 },
		);
	});

	it('accepts nothing that a browser refuses, and all that it accepts within the limits', () => {
		const sign = fc.constantFrom(..."abz019.-_+@!#'é ÑA".split(''));
		const piece = fc.string({ unit: sign, minLength: 1, maxLength: 8 });
		fc.assert(
			fc.property(piece, piece, piece, (local, domain, top) => {
				const given = `${local}@${domain}.${top}`;
				const trimmed = given.trim();
				const isWritable =
					WHATWG.test(trimmed) &&
					!/(^\.|\.@|\.\.)/.test(trimmed) &&
					/\.(?=[^.]*[a-z])[^.]{2,}$/i.test(trimmed);
				expect(readEmail(given) !== undefined).toBe(isWritable);
			}),
			{ numRuns: 5_000 },
		);
	});

	it('answers within a moment to hostile text', () => {
		const started = cpuMs();
		for (const piece of ['a', '.', '@', 'a.', '-', 'a@', ' ', '\u0000']) {
			readEmail(piece.repeat(1_000_000));
			readEmail(`a@${piece.repeat(1_000_000)}`);
		}
		expect(cpuMs() - started).toBeLessThan(MOMENT_MS);
	});
});
