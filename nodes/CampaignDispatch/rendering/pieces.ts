import {
	AssignTag,
	BreakTag,
	CaseTag,
	ContinueTag,
	ForTag,
	IfTag,
	Output,
	type Template,
	type Token,
	TypeGuards,
	UnlessTag,
	type Value,
} from 'liquidjs';

/** A parsed template in the few shapes that checks need to tell apart. */
export type Piece =
	| { kind: 'text'; text: string; token: Token }
	| { kind: 'output'; output: Output; token: Token }
	| { kind: 'assign'; name: string; value: Value; token: Token }
	| { kind: 'choice'; arms: Arm[]; token: Token }
	| { kind: 'loop'; loop: ForTag; body: Piece[]; otherwise: Piece[]; token: Token }
	| { kind: 'leave'; token: Token };

/** One way through an `if`, `unless` or `case`. The last arm has no condition and may be empty. */
export interface Arm {
	condition?: Condition;
	body: Piece[];
}

/** `holds`: what makes the arm be taken; `among`: what `case` compares its value with. */
export interface Condition {
	value: Value;
	holds: boolean;
	among?: readonly Token[];
}

/** Reads what the engine has parsed. */
export function toPieces(templates: readonly Template[]): Piece[] {
	return templates.flatMap((template) => toPiece(template) ?? []);
}

function toPiece(template: Template): Piece | undefined {
	const { token } = template;
	if (TypeGuards.isHTMLToken(token)) return { kind: 'text', text: token.getContent(), token };
	if (template instanceof Output) return { kind: 'output', output: template, token };
	if (template instanceof AssignTag) return readAssign(template);
	if (template instanceof IfTag || template instanceof UnlessTag) return readChoice(template);
	if (template instanceof CaseTag) return readCase(template);
	if (template instanceof ForTag) {
		const body = toPieces(template.templates);
		return {
			kind: 'loop',
			loop: template,
			body,
			otherwise: toPieces(template.elseTemplates),
			token,
		};
	}
	if (template instanceof BreakTag || template instanceof ContinueTag)
		return { kind: 'leave', token };
	return undefined;
}

function readAssign(tag: AssignTag): Piece {
	const [value] = tag.arguments() as Iterable<Value>;
	const [name] = tag.localScope();
	return { kind: 'assign', name: name!.content, value: value!, token: tag.token };
}

function readChoice(tag: IfTag | UnlessTag): Piece {
	const arms = tag.branches.map(({ value, templates }, index): Arm => ({
		condition: { value, holds: !(tag instanceof UnlessTag && index === 0) },
		body: toPieces(templates),
	}));
	arms.push({ body: toPieces(tag.elseTemplates ?? []) });
	return { kind: 'choice', arms, token: tag.token };
}

function readCase(tag: CaseTag): Piece {
	const arms = tag.branches.map(({ values, templates }): Arm => ({
		condition: { value: tag.value, holds: true, among: values },
		body: toPieces(templates),
	}));
	arms.push({ body: toPieces(tag.elseTemplates) });
	return { kind: 'choice', arms, token: tag.token };
}
