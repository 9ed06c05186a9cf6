import type { MailPart, TemplateVariable } from './mailTemplate';
import { formatPath } from './paths';
import type { Use } from './uses';

/** What the parts of a template ask for together, in the order of the first use. */
export function variablesOf(
	parts: ReadonlyArray<readonly [MailPart, readonly Use[]]>,
): TemplateVariable[] {
	const variables = new Map<string, TemplateVariable & { parts: MailPart[] }>();
	for (const [part, uses] of parts) {
		for (const { path, isList, required } of uses) {
			const name = formatPath(path);
			const known = variables.get(name);
			if (!known) variables.set(name, { path: name, isList, required, parts: [part] });
			else {
				known.isList &&= isList;
				known.required ||= required;
				if (!known.parts.includes(part)) known.parts.push(part);
			}
		}
	}
	return [...variables.values()];
}
