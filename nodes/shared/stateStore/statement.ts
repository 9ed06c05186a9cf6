/**
 * One SQL statement for n8n's Postgres node: `query` is the node's query, `values` its parameters.
 *
 * The node's driver writes the values into the text as literals instead of binding them, so
 * every placeholder carries a cast (`$1::text`), and no query text may hold `{{`, a dollar sign
 * other than a placeholder's, or a placeholder inside quotes, all of which n8n rewrites.
 * JSON travels as text, cast `::jsonb`. Time is the database's own.
 */
export interface Statement {
	query: string;
	values: Array<string | number | boolean | null>;
}
