import type { HttpRequest } from '../../../http/send';
import type { CrmLead, CrmSettings, CrmValue } from '../port';
import type { KnownPerson } from './answers';
import { isSamePhone } from './phone';
import { owner, TIMEOUT_MS } from './wire';

const PATH = '/api/v2/persons';

/** Keys of the account's own fields; all others are Pipedrive's. */
const OWN_FIELD = /^[0-9a-f]{40}$/;

export type Phones = ReadonlyArray<{ value: string }>;

export function getPerson(id: number): HttpRequest {
	return { method: 'GET', path: `${PATH}/${id}`, timeoutMs: TIMEOUT_MS };
}

/** @see https://developers.pipedrive.com/docs/api/v1/Persons#addPerson */
export function createPerson(lead: CrmLead, settings: CrmSettings): HttpRequest {
	const { email, phone, leadId } = lead;
	const { leadIdField } = settings;
	return {
		method: 'POST',
		path: PATH,
		body: {
			name: [lead.firstName, lead.lastName].filter(Boolean).join(' ') || lead.placeholderName,
			...(email && { emails: [{ value: email, primary: true, label: 'home' }] }),
			...(phone && { phones: [{ value: phone, primary: true, label: 'mobile' }] }),
			...owner(settings),
			...marketingStatus(lead, settings),
			...placed({ ...(leadIdField && { [leadIdField]: leadId }), ...lead.fields }),
		},
		timeoutMs: TIMEOUT_MS,
	};
}

/**
 * What a lead changes in a person who is there already; undefined where that is nothing. `phones` are
 * the person's as they stand, given where the lead's has to be added: a PATCH replaces them all.
 * @see https://developers.pipedrive.com/docs/api/v1/Persons#updatePerson
 */
export function updatePerson(
	person: KnownPerson,
	phones: Phones | undefined,
	lead: CrmLead,
	settings: CrmSettings,
): HttpRequest | undefined {
	const added = { value: lead.phone, primary: phones?.length === 0, label: 'mobile' };
	const name = fullName(lead);
	const body = {
		...(name !== undefined && name !== person.name && { name }),
		...(phones && { phones: [...phones, added] }),
		...marketingStatus(lead, settings),
		...placed(lead.fields),
	};
	if (Object.keys(body).length === 0) return undefined;
	return {
		method: 'PATCH',
		path: `${PATH}/${person.id}`,
		body,
		timeoutMs: TIMEOUT_MS,
		isRepeatable: true,
	};
}

export function lacksPhone({ phones }: KnownPerson, { phone }: CrmLead): boolean {
	return phone !== undefined && !phones.some((known) => isSamePhone(known, phone));
}

/** Only `name` can be written, so half a name would wipe out the other half. */
function fullName({ firstName, lastName }: CrmLead): string | undefined {
	return firstName && lastName ? `${firstName} ${lastName}` : undefined;
}

/**
 * Without consent the person gets no campaigns. Nobody is ever subscribed here: consent to be called
 * about a home is none to a newsletter. Accounts without Campaigns refuse the field.
 */
function marketingStatus({ consent }: CrmLead, { hasCampaigns }: CrmSettings): object {
	return !consent && hasCampaigns ? { marketing_status: 'no_consent' } : {};
}

/** Mapped fields where Pipedrive wants them. It has no field for yes and no, so that is a text. */
function placed(fields: Readonly<Record<string, CrmValue>>): object {
	const filled = Object.entries(fields).filter(([, value]) => value !== '');
	const own = filled.filter(([key]) => OWN_FIELD.test(key));
	return {
		...Object.fromEntries(filled.filter(([key]) => !OWN_FIELD.test(key))),
		...(own.length > 0 && {
			custom_fields: Object.fromEntries(
				own.map(([key, value]) => [
					key,
					typeof value === 'boolean' ? (value ? 'Yes' : 'No') : value,
				]),
			),
		}),
	};
}
