export type Outcome<T> = { value: T } | { failure: unknown };

/** Turns a throw of the library into a value, so that what it means can be decided outside a catch. */
export function attempt<T>(work: () => T): Outcome<T> {
	try {
		return { value: work() };
	} catch (failure) {
		return { failure };
	}
}
