import { oneLine } from '../shared/text/oneLine';
import type { CrmValue } from '../shared/vendors/crm/port';
import type { KnownLead } from './knownLead';
import { listingOf, priceOf } from './listing';
import { reasonLines } from './note';

/** What can be written into fields of the user's own, with the names that people see. */
export const FIELD_SOURCES = {
	companyId: 'Company ID',
	consent: 'Consent',
	coverage: 'Coverage (Percent)',
	followUpDueAt: 'Follow-Up Due At',
	grade: 'Grade',
	leadId: 'Lead ID',
	nextBestQuestion: 'Next Best Question',
	priority: 'Priority',
	propertyId: 'Property ID',
	propertyPrice: 'Property Price',
	propertyTitle: 'Property Title',
	reasons: 'Reasons',
	score: 'Score',
	scoringVersion: 'Scoring Version',
	utmCampaign: 'UTM Campaign',
	utmMedium: 'UTM Medium',
	utmSource: 'UTM Source',
} as const;

export type FieldSource = keyof typeof FIELD_SOURCES;

export interface FieldMapping {
	/** The CRM's own name for the field. */
	field: string;
	value: FieldSource | 'other';
	/** Written where `value` is `other`. */
	other?: CrmValue | null;
}

export type MappingFacts = Readonly<Record<FieldSource, CrmValue | null | undefined>>;

/** As all three CRMs write the names of fields. */
const FIELD_NAME = /^\w{1,255}$/;

/** What identifies a person, names an owner or says whom not to write to: the adapters' own. */
const OWNED = new Set(
	[
		'id name email emails phone phones firstname first_name lastname last_name',
		'hs_object_id hs_additional_emails hubspot_owner_id hs_email_optout hs_marketable_status',
		'ownerid isconverted hasoptedoutofemail donotcall',
		'owner_id marketing_status custom_fields',
	].flatMap((names) => names.split(' ')),
);

/** What is wrong with a field mapping, in words; nothing where all is well. */
export function checkMappings(mappings: readonly FieldMapping[], leadIdField?: string): string[] {
	const seen = new Set<string>();
	return mappings.flatMap(({ field, value }, index) => {
		const name = field.trim();
		// Salesforce does not tell upper from lower case.
		const folded = name.toLowerCase();
		const isRepeated = seen.has(folded);
		seen.add(folded);
		if (name === '') return [`Row ${index + 1} names no CRM field`];
		if (!FIELD_NAME.test(name)) {
			return [`"${name}" is no name of a CRM field: only letters, digits and _ may be in it`];
		}
		if (OWNED.has(folded)) return [`"${name}" is written by the node itself`];
		if (folded === leadIdField?.toLowerCase()) return [`"${name}" is the Lead ID Field`];
		if (isRepeated) return [`"${name}" is mapped twice`];
		if (value !== 'other' && !Object.hasOwn(FIELD_SOURCES, value)) {
			return [`"${name}" is to hold "${String(value)}", which there is not`];
		}
		return [];
	});
}

export function mappingFacts(known: KnownLead): MappingFacts {
	const { lead, scoring, followUp } = known;
	const listing = listingOf(known);
	return {
		companyId: lead.company_id,
		consent: lead.consent === true,
		coverage: scoring.coverage,
		followUpDueAt: followUp && 'dueAt' in followUp ? followUp.dueAt : undefined,
		grade: scoring.grade,
		leadId: lead.lead_id,
		nextBestQuestion: scoring.nextBestQuestion,
		priority: scoring.priority,
		propertyId: listing.property_id,
		propertyPrice: priceOf(listing)?.amount,
		propertyTitle: oneLine(listing.title ?? '', 255),
		reasons: reasonLines(scoring).join('\n'),
		score: scoring.score,
		scoringVersion: scoring.scoringVersion,
		utmCampaign: lead.utm?.campaign,
		utmMedium: lead.utm?.medium,
		utmSource: lead.utm?.source,
	};
}

/** The fields to write. Nothing empty is among them: what is not known never overwrites. */
export function mapFields(
	mappings: readonly FieldMapping[],
	facts: MappingFacts,
): Record<string, CrmValue> {
	const fields = mappings.map(({ field, value, other }): [string, CrmValue | null | undefined] => [
		field.trim(),
		value === 'other' ? other : facts[value],
	]);
	return Object.fromEntries(fields.filter(isFilled));
}

function isFilled(field: [string, CrmValue | null | undefined]): field is [string, CrmValue] {
	const [, value] = field;
	if (typeof value === 'string') return value.trim() !== '';
	return typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value));
}
