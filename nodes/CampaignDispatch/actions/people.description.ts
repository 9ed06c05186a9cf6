import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { PersonFields } from '../delivery/selectRecipients';

/** As the options below show them: n8n's lint wants defaults spelled out where they stand. */
/** Which fields of an item say who a person is and whether mail is welcome. */
export const peopleProperty: INodeProperties = {
	displayName: 'Fields of a Person',
	name: 'personFields',
	type: 'collection',
	placeholder: 'Add field',
	default: {},
	description:
		'Which fields of the items say who the person is, and whether mail is welcome. Without a true value in the consent field nobody gets mail.',
	options: [
		{
			displayName: 'Consent Field',
			name: 'consentField',
			type: 'string',
			default: 'consent',
		},
		{
			displayName: 'Email Field',
			name: 'emailField',
			type: 'string',
			default: 'email',
		},
		{
			displayName: 'ID Field',
			name: 'idField',
			type: 'string',
			default: 'id',
		},
		{
			displayName: 'Unsubscribed Field',
			name: 'unsubscribedField',
			type: 'string',
			default: 'unsubscribed',
			description: 'Empty if the audience has no such field. A true value leaves the person out.',
		},
	],
};

/**
 * The people that come in. A page without rows comes as one empty item, because n8n would stop
 * otherwise.
 */
export function readPeople(context: IExecuteFunctions): IDataObject[] {
	return context
		.getInputData()
		.map(({ json }) => json)
		.filter((json) => Object.keys(json).length > 0);
}

/** As in `peopleProperty`, where n8n's lint wants them written out. */
const DEFAULTS: PersonFields = {
	emailField: 'email',
	idField: 'id',
	consentField: 'consent',
	unsubscribedField: 'unsubscribed',
};

/** The values of `peopleProperty`. */
export function readPersonFields(context: IExecuteFunctions): PersonFields {
	return { ...DEFAULTS, ...(context.getNodeParameter('personFields', 0) as Partial<PersonFields>) };
}
