import type { HttpRequest } from '../../../http/send';
import type { CrmLead, CrmSettings } from '../port';
import { objectsPath, question, texts, TIMEOUT_MS } from './wire';

/**
 * Creates the contact. With an e-mail or a value of `leadIdField` HubSpot itself refuses a second
 * one, so that it may be repeated.
 * @see https://developers.hubspot.com/docs/api-reference/latest/crm/objects/contacts/guide
 */
export function createContact(lead: CrmLead, settings: CrmSettings): HttpRequest {
	const { leadIdField, ownerId } = settings;
	const isNamed = lead.email || lead.firstName || lead.lastName;
	return {
		method: 'POST',
		path: objectsPath('contacts', settings),
		body: {
			properties: texts({
				...(!isNamed && { lastname: lead.placeholderName }),
				...whatTheLeadGave(lead),
				hubspot_owner_id: ownerId,
				...lead.fields,
				email: lead.email,
				...(leadIdField && { [leadIdField]: lead.leadId }),
			}),
		},
		isRepeatable: isKeyed(lead, settings),
		timeoutMs: TIMEOUT_MS,
	};
}

/** Whether HubSpot can tell a second contact of this lead from the first. */
export function isKeyed(lead: CrmLead, { leadIdField }: CrmSettings): boolean {
	return Boolean(lead.email || leadIdField);
}

/** Updates the contact; undefined where there is nothing to write. */
export function updateContact(
	id: string,
	lead: CrmLead,
	settings: CrmSettings,
): HttpRequest | undefined {
	const properties = texts({ ...whatTheLeadGave(lead), ...lead.fields, email: undefined });
	if (Object.keys(properties).length === 0) return undefined;
	return {
		method: 'PATCH',
		path: `${objectsPath('contacts', settings)}/${id}`,
		body: { properties },
		isRepeatable: true,
		timeoutMs: TIMEOUT_MS,
	};
}

/** Asks for the contact with a value of a property that HubSpot keeps unique. */
export function contactByKey(property: string, value: string, settings: CrmSettings): HttpRequest {
	return question(`${objectsPath('contacts', settings)}/batch/read`, {
		idProperty: property,
		inputs: [{ id: value }],
		properties: [],
	});
}

/**
 * Asks for the oldest contact with exactly this phone. The index lags behind by seconds.
 * @see https://developers.hubspot.com/docs/api-reference/latest/crm/search-the-crm
 */
export function contactByPhone(phone: string, settings: CrmSettings): HttpRequest {
	return question(`${objectsPath('contacts', settings)}/search`, {
		filterGroups: ['phone', 'mobilephone'].map((propertyName) => ({
			filters: [{ propertyName, operator: 'EQ', value: phone }],
		})),
		sorts: [{ propertyName: 'createdate', direction: 'ASCENDING' }],
		properties: [],
		limit: 1,
	});
}

function whatTheLeadGave({ phone, firstName, lastName }: CrmLead): Record<string, unknown> {
	return {
		...(phone && { phone }),
		...(firstName && { firstname: firstName }),
		...(lastName && { lastname: lastName }),
	};
}
