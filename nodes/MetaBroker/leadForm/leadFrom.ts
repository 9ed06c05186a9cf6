import { cut } from '../../shared/text/cut';
import type { LeadForm } from '../../shared/vendors/meta/leadForm';
import { type LeadField, questionKey, STANDARD_QUESTIONS } from './leadFields';
import { leadIdOf } from './leadId';

/** As the platform's contract has it. */
const LONGEST_MESSAGE = 10_000;
const MOST_AREAS = 50;
const WHOLE_NUMBER = /\d{1,3}/;
const IDENTIFIER = /^[\x21-\x7e]{1,128}$/;

/** What does not look so cannot stand in its field, and goes into the message. */
const LOOKS: Partial<Record<LeadField, RegExp>> = { beds: WHOLE_NUMBER, property_id: IDENTIFIER };

const SOURCES: Readonly<Record<string, string>> = { fb: 'facebook', ig: 'instagram' };

export interface LeadMapping {
	companyId: string;
	/** Own questions beside Meta's, by `questionKey`. */
	fields: ReadonlyMap<string, LeadField>;
	/** Whether sending the form counts as consent to be contacted. */
	consent: boolean;
}

/** The lead as the platform posts one, of a form that a person filled in. */
export function leadFrom(form: LeadForm, { companyId, fields, consent }: LeadMapping) {
	const answers = new Map<LeadField, string>();
	const answer = (field: LeadField, longest: number) => {
		const given = answers.get(field);
		return given === undefined ? undefined : cut(given, longest);
	};
	const unmapped: string[] = [];
	for (const { name, values } of form.answers) {
		const key = questionKey(name);
		const field = fields.get(key) ?? STANDARD_QUESTIONS.get(key);
		const value = values.join(', ').trim();
		if (value === '' || field === 'ignore') continue;
		const isUsable = field && field !== 'message' && (LOOKS[field]?.test(value) ?? true);
		if (isUsable && !answers.has(field)) answers.set(field, value);
		else unmapped.push(field === 'message' ? value : `${name.replaceAll('_', ' ')}: ${value}`);
	}
	const [first = '', ...others] = (answers.get('full_name') ?? '').split(/\s+/);
	const firstName = answers.get('first_name') ?? first;
	const lastName = answers.get('last_name') ?? others.join(' ');
	const beds = WHOLE_NUMBER.exec(answers.get('beds') ?? '')?.[0];
	const areas = (answers.get('areas') ?? '')
		.split(',')
		.map((area) => cut(area.trim(), 120))
		.filter((area) => area !== '');
	const preferences = filled({
		budget_min: answer('budget_min', 60),
		budget_max: answer('budget_max', 60),
		areas: areas.length > 0 ? areas.slice(0, MOST_AREAS) : undefined,
		preferred_city: answer('preferred_city', 120),
		beds: beds === undefined ? undefined : Number(beds),
		property_type: answer('property_type', 60),
	});
	return {
		lead_id: leadIdOf(form.id),
		company_id: companyId,
		email: answer('email', 320) ?? null,
		phone: answer('phone', 64) ?? null,
		property_id: answer('property_id', 128) ?? null,
		utm: filled({
			source: SOURCES[form.platform ?? ''] ?? 'facebook',
			medium: form.isOrganic ? 'organic_social' : 'paid_social',
			campaign: form.campaignName && cut(form.campaignName, 200),
			content: form.adName && cut(form.adName, 200),
		}),
		consent,
		...filled({
			first_name: cut(firstName, 120) || undefined,
			last_name: cut(lastName, 120) || undefined,
			message: cut(unmapped.join('\n'), LONGEST_MESSAGE) || undefined,
			created_at: form.createdAt,
		}),
		...(Object.keys(preferences).length > 0 && { preferences }),
	};
}

function filled<T extends object>(fields: T): Partial<T> {
	return Object.fromEntries(
		Object.entries(fields).filter(([, value]) => value !== undefined),
	) as Partial<T>;
}
