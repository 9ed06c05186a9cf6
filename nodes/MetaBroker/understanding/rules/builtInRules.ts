import { ENGLISH_IDIOMS, ENGLISH_RULES } from './english';
import { type BuiltInRule, split } from './rule';
import { TAGALOG_IDIOMS, TAGALOG_RULES } from './tagalog';

export const BUILT_IN_RULES: readonly BuiltInRule[] = [...ENGLISH_RULES, ...TAGALOG_RULES];

export const IDIOMS: readonly string[] = [...split(ENGLISH_IDIOMS), ...split(TAGALOG_IDIOMS)];

/** What asks or greets keeps its sense behind a "not": "is it not available?", "no, thanks". */
export const UNDENIABLE: ReadonlySet<string> = new Set([
	'availability_inquiry',
	'budget_inquiry',
	'greeting',
	'location_inquiry',
	'price_inquiry',
	'thanks',
]);
