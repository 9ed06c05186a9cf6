import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { requiredText } from '../../shared/n8n/requiredText';

/** Whose figures. */
export const companyIdProperty: INodeProperties = {
	displayName: 'Company ID',
	name: 'companyId',
	type: 'string',
	default: '={{ $json.companyId }}',
	required: true,
	description: 'As the platform calls the company',
};

/** Where each item is a company: a field's name, because an expression an item costs more than the work. */
export const companyFieldProperty: INodeProperties = {
	displayName: 'Company ID Field',
	name: 'companyField',
	type: 'string',
	default: 'companyId',
	required: true,
	description: 'The input field that holds the ID of the company',
};

/** The company of an item, also of one that was parked and is tried again; empty where there is none. */
export function companyOf(context: IExecuteFunctions, itemIndex: number): string {
	const field = context.getNodeParameter('companyField', 0) as string;
	const { json } = context.getInputData()[itemIndex]!;
	const given = json[field] ?? ((json.payload ?? {}) as IDataObject).companyId;
	return typeof given === 'string' || typeof given === 'number' ? String(given).trim() : '';
}

/** The parameter of `companyIdProperty`. */
export function readCompanyId(context: IExecuteFunctions, itemIndex: number): string {
	return requiredText(context, itemIndex, {
		...companyIdProperty,
		advice: 'Give the ID of a company, or connect a node that puts it into "companyId".',
	});
}

/** Where one item is one company. */
export const extraFieldsProperty: INodeProperties = {
	displayName: 'Send Extra Fields',
	name: 'sendExtraFields',
	type: 'boolean',
	default: false,
	description: "Whether to send rates and stale share beside the fields of the platform's guide",
};

/** What an item is about that was parked before and is tried again; undefined for any other. */
export function parkedIn({ delivery }: IDataObject): Parked | undefined {
	const { deliveryKey, leaseToken, isLastTry } = (delivery ?? {}) as IDataObject;
	return typeof deliveryKey === 'string' && typeof leaseToken === 'string'
		? { deliveryKey, leaseToken, isLastTry: isLastTry === true }
		: undefined;
}

export interface Parked {
	deliveryKey: string;
	leaseToken: string;
	isLastTry: boolean;
}
