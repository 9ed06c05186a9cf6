import { readMoment } from '../../shared/vendors/meta/moment';
import type { LeadAnswer, LeadForm } from '../../shared/vendors/meta/leadForm';

/** Columns that are about the lead; all others are questions. */
const ABOUT = new Set([
	'id',
	'created_time',
	'ad_id',
	'ad_name',
	'adset_id',
	'adset_name',
	'campaign_id',
	'campaign_name',
	'form_id',
	'form_name',
	'is_organic',
	'platform',
	'lead_status',
	'field_data',
]);

/** Meta marks ids and phone numbers in its files, so that no spreadsheet takes them for numbers. */
const MARK = /^(?:l|ag|as|c|f|p):/;

/**
 * The form that a row holds: a lead as Graph answers it, with `field_data`, or a row of the file that
 * Meta offers for download, with a column for each question. Undefined where it has no id.
 * @see https://www.facebook.com/business/help/1526849577645829 downloading leads
 */
export function formOfRow(row: Readonly<Record<string, unknown>>): LeadForm | undefined {
	const textOf = (column: string) => {
		const value = row[column];
		return typeof value === 'string' || typeof value === 'number'
			? String(value).replace(MARK, '') || undefined
			: undefined;
	};
	const id = textOf('id');
	if (id === undefined) return undefined;
	const createdMs = readMoment(textOf('created_time') ?? '');
	const { is_organic: isOrganic } = row;
	return {
		id,
		...(!Number.isNaN(createdMs) && { createdAt: new Date(createdMs).toISOString() }),
		formId: textOf('form_id'),
		adId: textOf('ad_id'),
		adName: textOf('ad_name'),
		campaignName: textOf('campaign_name'),
		isOrganic: isOrganic === true || /^true$/i.test(String(isOrganic)),
		platform: textOf('platform'),
		answers: Array.isArray(row.field_data)
			? row.field_data.flatMap(answerOf)
			: Object.keys(row)
					.filter((column) => !ABOUT.has(column))
					.map((name) => ({ name, values: [textOf(name) ?? ''] })),
	};
}

function answerOf(given: unknown): LeadAnswer[] {
	const { name, values } = (given ?? {}) as { name?: unknown; values?: unknown };
	if (typeof name !== 'string') return [];
	return [{ name, values: Array.isArray(values) ? values.map(String) : [] }];
}
