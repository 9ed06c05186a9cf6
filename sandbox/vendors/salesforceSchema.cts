/**
 * The objects of the stand-in's org: standard ones as far as leads need them, and the custom fields
 * of a real-estate agency on Lead.
 * @see https://developer.salesforce.com/docs/platform/object-reference/guide/sforce-api-objects-lead.html
 */

export type FieldType =
	| 'id'
	| 'string'
	| 'textarea'
	| 'email'
	| 'phone'
	| 'boolean'
	| 'double'
	| 'picklist'
	| 'reference'
	| 'date'
	| 'datetime'
	| 'base64';

export interface Field {
	type: FieldType;
	/** How error messages call it. */
	label: string;
	length?: number;
	isRequired?: boolean;
	isUnique?: boolean;
	/** Set by Salesforce alone. */
	isReadOnly?: boolean;
	/** Values of a picklist that takes no others. */
	values?: readonly string[];
	refersTo?: readonly ObjectName[];
}

export type ObjectName =
	'Lead' | 'Contact' | 'Task' | 'Note' | 'ContentNote' | 'ContentDocumentLink' | 'User';

export interface ObjectSchema {
	/** First three characters of its ids. */
	prefix: string;
	fields: Readonly<Record<string, Field>>;
	/** Child relationships by the name that a subquery uses. */
	children: Readonly<Record<string, { type: ObjectName; by: string }>>;
	/** Parents by the name that a path uses. */
	parents: Readonly<Record<string, { type: ObjectName; by: string }>>;
}

type Details = Omit<Field, 'type' | 'label'>;

const field =
	(type: FieldType) =>
	(label: string, details: Details = {}): Field => ({ type, label, ...details });

const text = (label: string, length: number, details: Details = {}) =>
	field('string')(label, { length, ...details });
const area = (label: string, length: number) => field('textarea')(label, { length });
const picklist = (label: string, values?: readonly string[]) =>
	field('picklist')(label, { length: 255, ...(values && { values }) });
const reference = (label: string, ...refersTo: ObjectName[]) =>
	field('reference')(label, { refersTo });
const email = field('email');
const phone = field('phone');
const checkbox = field('boolean');

const SYSTEM_FIELDS: Readonly<Record<string, Field>> = {
	Id: field('id')('Record ID', { isReadOnly: true }),
	CreatedDate: field('datetime')('Created Date', { isReadOnly: true }),
	LastModifiedDate: field('datetime')('Last Modified Date', { isReadOnly: true }),
	SystemModstamp: field('datetime')('System Modstamp', { isReadOnly: true }),
	OwnerId: reference('Owner ID', 'User'),
};

const ON_PERSON = {
	Tasks: { type: 'Task', by: 'WhoId' },
	Notes: { type: 'Note', by: 'ParentId' },
	ContentDocumentLinks: { type: 'ContentDocumentLink', by: 'LinkedEntityId' },
} as const;

const PERSON_FIELDS: Readonly<Record<string, Field>> = {
	FirstName: text('First Name', 40),
	LastName: text('Last Name', 80, { isRequired: true }),
	Email: email('Email', { length: 80 }),
	Phone: phone('Phone', { length: 40 }),
	MobilePhone: phone('Mobile Phone', { length: 40 }),
	LeadSource: picklist('Lead Source'),
	Description: area('Description', 32_000),
	HasOptedOutOfEmail: checkbox('Email Opt Out'),
	DoNotCall: checkbox('Do Not Call'),
};

export const OBJECTS: Readonly<Record<ObjectName, ObjectSchema>> = {
	Lead: object('00Q', {
		children: ON_PERSON,
		fields: {
			...PERSON_FIELDS,
			Company: text('Company', 255, { isRequired: true }),
			Title: text('Title', 128),
			City: text('City', 40),
			State: text('State/Province', 80),
			Country: text('Country', 80),
			Website: text('Website', 255),
			Rating: picklist('Rating'),
			Status: picklist('Lead Status'),
			IsConverted: checkbox('Converted', { isReadOnly: true }),
			ConvertedContactId: {
				...reference('Converted Contact ID', 'Contact'),
				isReadOnly: true,
			},
			PropertyIQ_Lead_Id__c: text('PropertyIQ Lead Id', 64, { isUnique: true }),
			Lead_Score__c: field('double')('Lead Score'),
			Lead_Grade__c: text('Lead Grade', 10),
			Lead_Consent__c: checkbox('Lead Consent'),
		},
	}),
	Contact: object('003', { children: ON_PERSON, fields: PERSON_FIELDS }),
	Task: object('00T', {
		fields: {
			WhoId: reference('Name ID', 'Lead', 'Contact'),
			Subject: text('Subject', 255),
			Description: area('Comments', 32_000),
			Status: picklist('Status', [
				'Not Started',
				'In Progress',
				'Completed',
				'Waiting on someone else',
				'Deferred',
			]),
			Priority: picklist('Priority', ['High', 'Normal', 'Low']),
			ActivityDate: field('date')('Due Date Only'),
			IsReminderSet: checkbox('Reminder Set'),
			ReminderDateTime: field('datetime')('Reminder Date/Time'),
			Type: picklist('Type'),
		},
	}),
	Note: object('002', {
		fields: {
			ParentId: { ...reference('Parent ID', 'Lead', 'Contact'), isRequired: true },
			Title: text('Title', 80, { isRequired: true }),
			Body: area('Body', 32_000),
			IsPrivate: checkbox('Private'),
		},
	}),
	ContentNote: object('069', {
		fields: {
			Title: text('Title', 255, { isRequired: true }),
			Content: field('base64')('Content'),
		},
	}),
	ContentDocumentLink: object('06A', {
		parents: { ContentDocument: { type: 'ContentNote', by: 'ContentDocumentId' } },
		fields: {
			ContentDocumentId: {
				...reference('ContentDocument ID', 'ContentNote'),
				isRequired: true,
			},
			LinkedEntityId: {
				...reference('Linked Entity ID', 'Lead', 'Contact', 'User'),
				isRequired: true,
			},
			ShareType: picklist('Share Type', ['V', 'C', 'I']),
			Visibility: picklist('Visibility', ['AllUsers', 'InternalUsers', 'SharedUsers']),
		},
	}),
	User: object('005', { fields: { Username: text('Username', 80, { isReadOnly: true }) } }),
};

function object(
	prefix: string,
	{ fields, children = {}, parents = {} }: Partial<Omit<ObjectSchema, 'prefix'>>,
): ObjectSchema {
	return { prefix, fields: { ...SYSTEM_FIELDS, ...fields }, children, parents };
}

export function isObjectName(name: string): name is ObjectName {
	return Object.hasOwn(OBJECTS, name);
}

/** A field by its API name, letters of either case, as Salesforce reads it. */
export function fieldNamed(type: ObjectName, name: string): [string, Field] | undefined {
	const wanted = name.toLowerCase();
	return Object.entries(OBJECTS[type].fields).find(([known]) => known.toLowerCase() === wanted);
}

/** `describe` of an object, cut to what clients and mappers look at. */
export function describe(type: ObjectName): object {
	return {
		name: type,
		label: type,
		keyPrefix: OBJECTS[type].prefix,
		createable: type !== 'User',
		updateable: type !== 'User',
		queryable: true,
		custom: false,
		fields: Object.entries(OBJECTS[type].fields).map(([name, known]) => ({
			name,
			label: known.label,
			type: known.type,
			length: known.length ?? 0,
			custom: name.endsWith('__c'),
			createable: !known.isReadOnly,
			updateable: !known.isReadOnly,
			nillable: !known.isRequired && known.type !== 'boolean',
			unique: known.isUnique ?? false,
			externalId: known.isUnique ?? false,
			idLookup: known.type === 'id' || known.type === 'email' || (known.isUnique ?? false),
			restrictedPicklist: known.values !== undefined,
			picklistValues: (known.values ?? []).map((value) => ({ value, label: value, active: true })),
			referenceTo: known.refersTo ?? [],
		})),
		childRelationships: Object.entries(OBJECTS[type].children).map(([relationshipName, child]) => ({
			relationshipName,
			childSObject: child.type,
			field: child.by,
		})),
	};
}
