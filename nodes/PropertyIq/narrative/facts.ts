/** One thing that is known. A narrative says nothing that is not one of these. */
export interface Fact {
	id: string;
	label: string;
	value: number | string;
	/** A currency code, `sqm`, `percent`, `percent per month`… */
	unit?: string;
	/** How it may be written. */
	text: string;
	source: string;
}

export interface FactSheet {
	facts: Fact[];
	/** ISO 4217; undefined where the listing does not say. */
	currency?: string;
	/** What the listing says and a narrative may not: the field and the rule against it. */
	omitted: Array<{ label: string; rule: string }>;
}

/** A fact's number, or undefined where it is not known. */
export function numberFact(sheet: FactSheet, id: string): number | undefined {
	const value = sheet.facts.find((fact) => fact.id === id)?.value;
	return typeof value === 'number' ? value : undefined;
}

/** How a fact is written, or undefined where it is not known. */
export function factText(sheet: FactSheet, id: string): string | undefined {
	return sheet.facts.find((fact) => fact.id === id)?.text;
}

/** The names and features of the sheet, word for word: what the listing itself calls things. */
export function namesOf(sheet: FactSheet): string[] {
	return sheet.facts.flatMap(({ value }) => (typeof value === 'string' ? [value] : []));
}
