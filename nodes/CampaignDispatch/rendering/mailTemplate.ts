import type { Use } from './uses';

export type MailPart = 'subject' | 'html' | 'text';

/** A mail as its author writes it, in Liquid. */
export interface MailTemplate {
	id: string;
	subject: string;
	html: string;
	/** Absent or blank: made from the HTML. */
	text?: string;
}

export interface RenderedMail {
	subject: string;
	html: string;
	text: string;
}

/** What a template asks of a recipient's data. */
export interface TemplateVariable {
	/** `first_name`, `property.title`, and `properties[].title` for a field of each item of a list. */
	path: string;
	/** Only looped over: an empty list is not missing. */
	isList: boolean;
	/** Whether a mail without it would have a hole, where the conditions around it hold. */
	required: boolean;
	parts: readonly MailPart[];
}

/** A template that was checked and parsed once, to be rendered for every recipient. */
export interface CompiledTemplate {
	id: string;
	variables: readonly TemplateVariable[];
	/** Where the variables stand, for `missingVariables`. */
	uses: readonly Use[];
	/** The same bytes for the same data, always. Throws `TemplateError`, which holds no data. */
	render(data: Record<string, unknown>): RenderedMail;
}
