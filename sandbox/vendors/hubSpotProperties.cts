/** Which properties records have, and what HubSpot takes as their values. */
import { z } from 'zod';

import { invalidProperties, type PropertyProblem, Refusal } from './hubSpotAnswers.cts';

export type ObjectType = 'contacts' | 'notes' | 'tasks';

export interface Property {
	name: string;
	label: string;
	type: 'string' | 'number' | 'datetime' | 'enumeration' | 'bool';
	fieldType: string;
	groupName: string;
	hubspotDefined: boolean;
	hasUniqueValue?: boolean;
	readOnly?: boolean;
	required?: boolean;
	options?: Array<{ label: string; value: string }>;
	longest?: number;
}

const TEXT_MAX = 65_536;
const EMAIL = /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/;

export const newProperty = z.object({
	name: z.string().regex(/^[a-z][a-z0-9_]*$/),
	label: z.string().min(1),
	type: z.enum(['string', 'number', 'datetime', 'enumeration', 'bool']),
	fieldType: z.string(),
	groupName: z.string(),
	hasUniqueValue: z.boolean().optional(),
	options: z.array(z.object({ label: z.string(), value: z.string() })).optional(),
});

/** The properties of an account of an agency that has set up those of the platform. */
export function startingProperties(): Record<ObjectType, Property[]> {
	return {
		contacts: [
			...['email', 'firstname', 'lastname', 'phone', 'mobilephone', 'company'].map(standard),
			...['jobtitle', 'website', 'address', 'city', 'state', 'zip', 'country'].map(standard),
			standard('message'),
			{ ...standard('hubspot_owner_id'), type: 'number' },
			oneOf('lifecyclestage', ['subscriber', 'lead', 'marketingqualifiedlead', 'customer']),
			oneOf('hs_lead_status', ['NEW', 'OPEN', 'IN_PROGRESS', 'UNQUALIFIED']),
			{ ...standard('hs_email_optout'), type: 'bool', readOnly: true },
			{ ...standard('hs_marketable_status'), type: 'bool', readOnly: true },
			...['createdate', 'lastmodifieddate', 'hs_object_id'].map(readOnly),
			{ ...custom('property_platform_lead_id', 'Property platform lead'), hasUniqueValue: true },
			{ ...custom('lead_score', 'Lead score'), type: 'number' },
			custom('lead_grade', 'Lead grade'),
			custom('lead_priority', 'Lead priority'),
			{ ...custom('contact_consent', 'Consent to be contacted'), type: 'bool' },
		],
		notes: [
			{ ...standard('hs_timestamp'), type: 'datetime', required: true },
			{ ...standard('hs_note_body'), longest: TEXT_MAX },
			{ ...standard('hubspot_owner_id'), type: 'number' },
			...['hs_createdate', 'hs_lastmodifieddate', 'hs_object_id'].map(readOnly),
		],
		tasks: [
			{ ...standard('hs_timestamp'), type: 'datetime', required: true },
			standard('hs_task_subject'),
			{ ...standard('hs_task_body'), longest: TEXT_MAX },
			oneOf('hs_task_type', ['CALL', 'EMAIL', 'TODO', 'LINKED_IN_CONNECT', 'LINKED_IN_MESSAGE']),
			oneOf('hs_task_priority', ['NONE', 'LOW', 'MEDIUM', 'HIGH']),
			oneOf('hs_task_status', ['NOT_STARTED', 'IN_PROGRESS', 'WAITING', 'DEFERRED', 'COMPLETED']),
			{ ...standard('hs_task_reminders'), type: 'number' },
			{ ...standard('hubspot_owner_id'), type: 'number' },
			...['hs_createdate', 'hs_lastmodifieddate', 'hs_object_id'].map(readOnly),
		],
	};
}

/** The values as HubSpot keeps them: all of them text. Throws a Refusal with every problem. */
export function checkedValues(
	properties: Property[],
	given: Record<string, unknown>,
): Record<string, string> {
	const problems: PropertyProblem[] = [];
	const values: Record<string, string> = {};
	for (const [name, raw] of Object.entries(given)) {
		const value = raw === null ? '' : String(raw);
		const property = properties.find((one) => one.name === name);
		const problem = property
			? value !== '' && problemOf(property, value)
			: (['PROPERTY_DOESNT_EXIST', `Property "${name}" does not exist`] as const);
		if (problem) problems.push({ name, error: problem[0], message: problem[1] });
		else values[name] = property!.type === 'datetime' ? isoOf(value) : kept(name, value);
	}
	if (problems.length > 0) throw new Refusal(...invalidProperties(problems));
	return values;
}

/** Throws a Refusal where a new record lacks what it must have. */
export function checkRequired(
	type: ObjectType,
	properties: Property[],
	values: Record<string, string>,
): void {
	const missing = properties.filter(({ name, required }) => required && !values[name]);
	if (missing.length > 0) {
		throw lacking(
			type,
			missing.map(({ name }) => name),
		);
	}
	const naming = ['email', 'firstname', 'lastname'];
	if (type === 'contacts' && !naming.some((name) => values[name])) throw lacking(type, naming);
}

function lacking(type: ObjectType, properties: string[]): Refusal {
	const name = type.slice(0, -1).toUpperCase();
	const message = `Error creating ${name}. Some required properties were not set.`;
	return new Refusal(400, 'VALIDATION_ERROR', message, {
		errors: [{ message, code: 'REQUIRED_FIELD', context: { properties } }],
	});
}

function problemOf(property: Property, value: string): readonly [string, string] | undefined {
	const { name, type, options, longest = Infinity } = property;
	if (property.readOnly) return ['READ_ONLY_VALUE', `"${name}" is a read only property`];
	if (value.length > longest) return ['INVALID_LENGTH', `${name} was longer than ${longest}`];
	if (name === 'email' && !EMAIL.test(value)) {
		return ['INVALID_EMAIL', `Email address ${value} is invalid`];
	}
	if (type === 'string') return undefined;
	if (value !== value.trim()) {
		return ['LEADING_TRAILING_WHITESPACE', `"${value}" includes leading or trailing whitespace.`];
	}
	if (type === 'number' && Number.isNaN(Number(value))) {
		return ['INVALID_LONG', `${value} was not a valid number.`];
	}
	if (type === 'datetime' && isoOf(value) === '') {
		return ['INVALID_DATE', `${value} was not a valid date.`];
	}
	const allowed = type === 'bool' ? ['true', 'false'] : options?.map((option) => option.value);
	if (allowed && !allowed.includes(value)) {
		return ['INVALID_OPTION', `${value} was not one of the allowed options: [${allowed.join()}]`];
	}
	return undefined;
}

function kept(name: string, value: string): string {
	return name === 'email' ? value.trim().toLowerCase() : value;
}

function isoOf(value: string): string {
	const date = new Date(/^\d+$/.test(value) ? Number(value) : value);
	return Number.isNaN(date.getTime()) ? '' : date.toISOString();
}

function standard(name: string): Property {
	return {
		name,
		label: name,
		type: 'string',
		fieldType: 'text',
		groupName: 'contactinformation',
		hubspotDefined: true,
	};
}

function readOnly(name: string): Property {
	return { ...standard(name), readOnly: true };
}

function oneOf(name: string, values: string[]): Property {
	const options = values.map((value) => ({ label: value, value }));
	return { ...standard(name), type: 'enumeration', fieldType: 'select', options };
}

function custom(name: string, label: string): Property {
	return { ...standard(name), label, hubspotDefined: false };
}
