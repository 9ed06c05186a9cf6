import { z } from 'zod';

type Takes = (value: unknown) => boolean;

const made = new WeakMap<z.ZodTypeAny, Takes>();

/**
 * True only where parsing a JSON value would succeed and change nothing, as for nearly every event.
 * Zod copies each object and keeps a path for each field, which costs a lead three times its score;
 * to look alone takes a tenth of it. False means that zod has to say: the value may be wrong, or
 * right once it is trimmed or converted. The contract stays the only one who says what is right.
 */
export function takesAsIs(schema: z.ZodTypeAny, value: unknown): boolean {
	let takes = made.get(schema);
	if (!takes) {
		takes = make(schema);
		made.set(schema, takes);
	}
	return takes(value);
}

/** What is not known here is left to zod. */
function make(schema: z.ZodTypeAny): Takes {
	if (schema instanceof z.ZodOptional) return orElse(undefined, make(schema.unwrap()));
	if (schema instanceof z.ZodNullable) return orElse(null, make(schema.unwrap()));
	const takes =
		schema instanceof z.ZodObject
			? makeObject(schema)
			: schema instanceof z.ZodArray
				? makeArray(schema)
				: schema instanceof z.ZodString
					? makeString(schema)
					: schema instanceof z.ZodNumber
						? makeNumber(schema)
						: schema instanceof z.ZodUnion
							? makeUnion(schema)
							: undefined;
	return takes ?? askZod(schema);
}

function askZod(schema: z.ZodTypeAny): Takes {
	return (value) => {
		const parsed = schema.safeParse(value);
		return parsed.success && Object.is(parsed.data, value);
	};
}

function orElse(nothing: null | undefined, takes: Takes): Takes {
	return (value) => value === nothing || takes(value);
}

function makeObject(schema: z.AnyZodObject): Takes | undefined {
	const { catchall, unknownKeys } = schema._def;
	if (!(catchall instanceof z.ZodNever) || unknownKeys !== 'passthrough') return undefined;
	const fields = Object.entries(schema.shape).map(
		([key, field]) => [key, make(field as z.ZodTypeAny)] as const,
	);
	return (value) => {
		if (!isPlainObject(value)) return false;
		for (const [key, takes] of fields) if (!takes(value[key])) return false;
		return true;
	};
}

/** A key "__proto__", which zod drops, cannot be told from a prototype by reading it. */
function isPlainObject(value: unknown): value is Record<string, unknown> {
	return (
		typeof value === 'object' &&
		value !== null &&
		Object.getPrototypeOf(value) === Object.prototype &&
		!Object.hasOwn(value, '__proto__')
	);
}

function makeArray({
	_def: { type, minLength, maxLength, exactLength },
}: z.ZodArray<z.ZodTypeAny>): Takes | undefined {
	if (minLength || exactLength) return undefined;
	const takes = make(type);
	const most = maxLength?.value ?? Infinity;
	return (value) => Array.isArray(value) && value.length <= most && value.every(takes);
}

function makeString({ _def: { checks, coerce } }: z.ZodString): Takes | undefined {
	if (coerce) return undefined;
	const rules: Array<(text: string) => boolean> = [];
	for (const check of checks) {
		if (check.kind === 'trim') rules.push((text) => text.trim() === text);
		else if (check.kind === 'min') rules.push((text) => text.length >= check.value);
		else if (check.kind === 'max') rules.push((text) => text.length <= check.value);
		else if (check.kind === 'regex' && !check.regex.global && !check.regex.sticky) {
			rules.push((text) => check.regex.test(text));
		} else return undefined;
	}
	return (value) => typeof value === 'string' && rules.every((holds) => holds(value));
}

function makeNumber({ _def: { checks, coerce } }: z.ZodNumber): Takes | undefined {
	if (coerce) return undefined;
	let [least, most] = [-Infinity, Infinity];
	for (const check of checks) {
		if (check.kind === 'min' && check.inclusive) least = Math.max(least, check.value);
		else if (check.kind === 'max' && check.inclusive) most = Math.min(most, check.value);
		else return undefined;
	}
	return (value) => typeof value === 'number' && value >= least && value <= most;
}

/** Zod takes the first option that accepts a value. */
function makeUnion(schema: z.ZodUnion<z.ZodUnionOptions>): Takes {
	const [first, rest] = [make(schema.options[0]), askZod(schema)];
	return (value) => first(value) || rest(value);
}
