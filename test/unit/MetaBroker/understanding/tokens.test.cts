import { tokenize } from '../../../../nodes/MetaBroker/understanding/tokens';
import { wordsOf } from '../../../../nodes/MetaBroker/understanding/words';

function textsOf(text: string): string[] {
	return tokenize(text).map((token) => token.text);
}

describe('the parts of a message', () => {
	it.each([
		["don't stop", ['dont', 'stop']],
		["'quoted'", ['quoted']],
		['hellooo', ['hello']],
		['needed', ['needed']],
		['3br', ['3', 'br']],
		['mag-viewing', ['mag', '-', 'viewing']],
		['5,000,000', ['5,000,000']],
		['4.5m', ['4.5', 'm']],
		['3,4', ['3', ',', '4']],
		['5.', ['5', '.']],
		['₱5', ['₱', '5']],
		['t&b', ['t', '&', 'b']],
		['see https://example.com/a?b=5m now', ['see', 'now']],
		['www.example.com', []],
		['a👍b', ['a', 'b']],
		['', []],
	])('of "%s" are %j', (text, parts) => {
		expect(textsOf(text)).toEqual(parts);
	});

	it('say what stands together', () => {
		expect(tokenize('5m 5 m').map(({ isGlued }) => isGlued)).toEqual([false, true, false, false]);
	});
});

describe('the words that phrases are compared with', () => {
	it.each([
		['pwede po ba tumawad', ['pwede', 'tumawad']],
		['stop stop stop', ['stop']],
		['hindi ba available', ['available']],
		['hindi available', ['hindi', 'available']],
		['5 beds', ['5', 'beds']],
	])('of "%s" are %j', (text, words) => {
		expect(wordsOf(tokenize(text)).map((word) => word.text)).toEqual(words);
	});

	it.each([
		['no, thanks', [0, 1]],
		['not rent but buy', [0, 0, 1]],
		['sta. rosa', [0, 0]],
		['ok. go', [0, 1]],
	])('of "%s" are in the clauses %j', (text, clauses) => {
		expect(wordsOf(tokenize(text)).map(({ clause }) => clause)).toEqual(clauses);
	});
});
