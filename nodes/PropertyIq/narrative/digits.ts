/** One way to read a number; `step` is the smallest difference that its writing can show. */
export interface Reading {
	value: number;
	step: number;
}

/**
 * The ways to read digits: `2,450` is a thousand English or a fraction Spanish, `5.000.000` is
 * grouped, `1.234,5` ends in a fraction.
 */
export function readingsOf(raw: string): Reading[] {
	const groups = raw.split(/[.,]/);
	const separators = raw.replace(/\d/g, '');
	const whole = { value: Number(groups.join('')), step: 1 };
	const last = groups.at(-1) ?? '';
	if (separators === '') return [whole];
	const fraction = {
		value: Number(`${groups.slice(0, -1).join('')}.${last}`),
		step: 10 ** -last.length,
	};
	const isGrouped = groups.slice(1).every((group) => group.length === 3);
	if (separators.length === 1) return isGrouped ? [whole, fraction] : [fraction];
	if (new Set(separators).size === 1) return isGrouped ? [whole] : [];
	return [fraction];
}

/** "About 4,900,000" is meant to the last figure that is not a zero. */
export function roundedReading({ value, step }: Reading): Reading {
	let roundedStep = step;
	while (value > 0 && value % (roundedStep * 10) === 0) roundedStep *= 10;
	return { value, step: roundedStep };
}
