/** What people write out of habit and the language does not have. */
export interface Mistake {
	written: string;
	problem: string;
	hint: string;
}

const COMMENT = { problem: 'A query holds no comments', hint: 'Leave the comment out' };
const CALCULATION = { problem: 'A query does not calculate', hint: 'Write the result' };
const QUOTE = {
	problem: 'This is no quote of the language',
	hint: "Write text in single quotes, such as 'Makati', and field names without any",
};
const SPACE = {
	problem: 'This is no ordinary space',
	hint: 'It often comes along when text is pasted: type the space again',
};

/** The first that fits counts, so the longer ones come first. */
export const MISTAKES: readonly Mistake[] = [
	{ written: '--', ...COMMENT },
	{ written: '/*', ...COMMENT },
	{ written: '#', ...COMMENT },
	{ written: ';', problem: 'A query is one condition', hint: 'Leave the semicolon out' },
	{ written: '==', problem: 'There is no ==', hint: 'Write =' },
	{ written: '<=>', problem: 'There is no <=>', hint: 'Write =' },
	{ written: '=<', problem: 'There is no =<', hint: 'Write <=' },
	{ written: '=>', problem: 'There is no =>', hint: 'Write >=' },
	{ written: '&&', problem: 'There is no &&', hint: 'Write AND' },
	{ written: '||', problem: 'There is no ||', hint: 'Write OR' },
	{ written: '&', problem: 'There is no &', hint: 'Write AND' },
	{ written: '|', problem: 'There is no |', hint: 'Write OR' },
	{ written: '≠', problem: 'There is no ≠', hint: 'Write <>' },
	{ written: '≤', problem: 'There is no ≤', hint: 'Write <=' },
	{ written: '≥', problem: 'There is no ≥', hint: 'Write >=' },
	...['"', '`', '‘', '’', '‚', '“', '”', '„', '´', '«', '»', '[', ']'].map((written) => ({
		written,
		...QUOTE,
	})),
	...['+', '-', '*', '/', '%', '^'].map((written) => ({ written, ...CALCULATION })),
	...['\u00a0', '\u2007', '\u2009', '\u200b', '\u202f', '\u3000', '\ufeff'].map((written) => ({
		written,
		...SPACE,
	})),
	{ written: '!', problem: 'There is no !', hint: 'Write NOT' },
	{
		written: '.',
		problem: 'A point stands only inside a number',
		hint: 'Write 0.5 instead of .5, and a field without its table',
	},
];
