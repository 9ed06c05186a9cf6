import { compileTemplate } from '../../../../nodes/CampaignDispatch/rendering/compileTemplate';
import type {
	CompiledTemplate,
	RenderedMail,
} from '../../../../nodes/CampaignDispatch/rendering/mailTemplate';
import { TemplateError } from '../../../../nodes/CampaignDispatch/rendering/templateError';

/** A template of which only one part matters. */
export function compilePart(part: 'subject' | 'html' | 'text', source: string): CompiledTemplate {
	return compileTemplate({ id: 'test', subject: 'Homes', html: '<p>Homes</p>', [part]: source });
}

/** One part of a mail, rendered. */
export function renderOne(
	part: keyof RenderedMail,
	source: string,
	data: Record<string, unknown> = {},
): string {
	return compilePart(part, source).render(data)[part];
}

/** The error of what must not work. */
export function errorOf(work: () => unknown): TemplateError {
	try {
		work();
	} catch (error) {
		if (error instanceof TemplateError) return error;
		throw error;
	}
	throw new Error('Nothing was refused');
}
