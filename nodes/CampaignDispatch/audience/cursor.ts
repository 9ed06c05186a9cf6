import { AudienceError } from './audienceError';
import type { AudienceField } from './fields';
import type { Token } from './lexer';
import { MAX_CONDITIONS, MAX_DEPTH } from './limits';

/** Where a parser stands in a query. */
export class Cursor {
	readonly fields: ReadonlyMap<string, AudienceField>;
	private readonly query: string;
	private readonly tokens: readonly Token[];
	private at = 0;
	private conditions = 0;

	constructor(query: string, tokens: readonly Token[], fields: ReadonlyMap<string, AudienceField>) {
		this.query = query;
		this.tokens = tokens;
		this.fields = fields;
	}

	get token(): Token {
		return this.tokens[this.at]!;
	}

	get isAtEnd(): boolean {
		return this.token.kind === 'end';
	}

	/** The token behind the current one; at the end, `end` again. */
	get next(): Token {
		return this.tokens[Math.min(this.at + 1, this.tokens.length - 1)]!;
	}

	/** Steps over the current token and gives it. */
	advance(): Token {
		const { token } = this;
		if (!this.isAtEnd) this.at++;
		return token;
	}

	isAt(...signs: string[]): boolean {
		return this.token.kind === 'sign' && signs.includes(this.token.sign);
	}

	/** Steps over one of the signs, if the cursor stands before it. */
	take(...signs: string[]): Token | undefined {
		return this.isAt(...signs) ? this.advance() : undefined;
	}

	/** Steps over a sign that must stand here. */
	expect(sign: string, problem: string, hint?: string): Token {
		const token = this.take(sign);
		if (!token) throw this.error(this.token, problem, hint);
		return token;
	}

	checkDepth(depth: number): void {
		if (depth > MAX_DEPTH) {
			throw this.error(this.token, `Brackets and NOT stand at most ${MAX_DEPTH} deep`);
		}
	}

	countCondition(token: Token): void {
		this.conditions++;
		if (this.conditions > MAX_CONDITIONS) {
			throw this.error(token, `A query has at most ${MAX_CONDITIONS} conditions`);
		}
	}

	/** What is wrong at a token, for the caller to throw. */
	error({ position, text }: Token, problem: string, hint?: string): AudienceError {
		return new AudienceError(this.query, { problem, position, text, ...(hint && { hint }) });
	}
}
