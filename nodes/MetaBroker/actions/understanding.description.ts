import { type IExecuteFunctions, type INodeProperties, NodeOperationError } from 'n8n-workflow';

import { readOnce } from '../../shared/n8n/readOnce';
import { compileUnderstanding } from '../understanding/understand';
import type { Understanding } from '../understanding/understanding';

const DEFAULT_COUNTRY = 'PH';
const DEFAULT_THRESHOLD = 0.5;

/** What people add to what is understood without them, for a `collection` parameter. */
export const UNDERSTANDING_OPTIONS: INodeProperties[] = [
	{
		displayName: 'Confidence Needed',
		name: 'threshold',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 1, numberPrecision: 2 },
		default: DEFAULT_THRESHOLD,
		description: 'From 0 to 1. An intent below it does not count.',
	},
	{
		displayName: 'Country',
		name: 'country',
		type: 'string',
		default: DEFAULT_COUNTRY,
		placeholder: 'e.g. PH',
		description: 'Two letters: where phone numbers without a calling code belong',
	},
	{
		displayName: 'Intents',
		name: 'rules',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		default: {},
		placeholder: 'Add intent',
		description: 'Beside the built-in ones, or more phrases for them',
		options: [
			{
				displayName: 'Intent',
				name: 'rule',
				values: [
					{
						displayName: 'Intent',
						name: 'intent',
						type: 'string',
						default: '',
						placeholder: 'e.g. parking_inquiry',
					},
					{
						displayName: 'Phrases',
						name: 'phrases',
						type: 'string',
						default: '',
						placeholder: 'e.g. parking, parking slot, may paradahan',
						description:
							'Separated by commas. An asterisk stands for the rest of a word: "park*" is parking too.',
					},
					{
						displayName: 'Weight',
						name: 'weight',
						type: 'number',
						typeOptions: { minValue: 0, maxValue: 1, numberPrecision: 2 },
						default: 0.8,
						description: 'What one phrase adds to the confidence',
					},
				],
			},
		],
	},
	{
		displayName: 'Places',
		name: 'places',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		default: {},
		placeholder: 'Add place',
		description: 'Beside the built-in ones of the Philippines',
		options: [
			{
				displayName: 'Place',
				name: 'place',
				values: [
					{
						displayName: 'Name',
						name: 'place',
						type: 'string',
						default: '',
						placeholder: 'e.g. Nuvali',
						description: 'As the platform writes it',
					},
					{
						displayName: 'Other Names',
						name: 'aliases',
						type: 'string',
						default: '',
						placeholder: 'e.g. Nuvali Laguna, Sta Rosa Nuvali',
						description: 'Separated by commas',
					},
				],
			},
		],
	},
];

interface Options {
	threshold?: number;
	country?: string;
	rules?: { rule?: Array<{ intent: string; phrases: string; weight: number }> };
	places?: { place?: Array<{ place: string; aliases: string }> };
}

/** Understands a text that was written at a moment. */
export type Understand = (text: string, now: Date) => Understanding;

/** The rules of the node, made ready once for all items. Throws an error that names a bad one. */
export const readUnderstanding = readOnce<Understand>((context, itemIndex) => {
	const options = optionsOf(context, itemIndex);
	const { threshold = DEFAULT_THRESHOLD, country = DEFAULT_COUNTRY, rules, places } = options;
	try {
		return compileUnderstanding({
			threshold,
			country,
			rules: (rules?.rule ?? []).map((rule) => ({ ...rule, phrases: listed(rule.phrases) })),
			places: (places?.place ?? []).map(({ place, aliases }) => ({
				place: place.trim(),
				aliases: listed(aliases),
			})),
		});
	} catch (error) {
		throw new NodeOperationError(context.getNode(), error as Error, { itemIndex });
	}
});

function optionsOf(context: IExecuteFunctions, itemIndex: number): Options {
	return context.getNodeParameter('options', itemIndex, {}) as Options;
}

function listed(text: string): string[] {
	return text
		.split(',')
		.map((one) => one.trim())
		.filter((one) => one !== '');
}
