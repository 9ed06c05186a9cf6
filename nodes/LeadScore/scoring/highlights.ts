import { certaintyOf, type Finding } from './finding';

/** The reasons that pull in one direction by a point or more, strongest first. */
export function strongest(
	findings: readonly Finding[],
	effects: readonly number[],
	direction: 1 | -1,
): string[] {
	const order: number[] = [];
	for (let index = 0; index < effects.length; index++) {
		const pull = effects[index]! * direction;
		if (Math.round(pull) < 1) continue;
		let at = order.length;
		for (; at > 0 && effects[order[at - 1]!]! * direction < pull; at--) order[at] = order[at - 1]!;
		order[at] = index;
	}
	const sign = direction > 0 ? ' (+' : ' (-';
	return order.map(
		(index) => findings[index]!.reason + sign + Math.round(effects[index]! * direction) + ')',
	);
}

/** The question whose answer would settle the most weight. */
export function nextQuestion(
	findings: readonly Finding[],
	weights: readonly number[],
): string | null {
	let most = 0;
	let next: string | null = null;
	for (let index = 0; index < findings.length; index++) {
		const finding = findings[index]!;
		const open = weights[index]! * (1 - certaintyOf(finding));
		if (finding.question === undefined || open <= most) continue;
		most = open;
		next = finding.question;
	}
	return next;
}
