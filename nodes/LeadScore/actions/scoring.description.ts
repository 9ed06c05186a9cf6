import { type INodeProperties, NodeOperationError } from 'n8n-workflow';

import { readOnce } from '../../shared/n8n/readOnce';
import { createScorer } from '../scoring/scoreLead';
import { checkWeights, type Factor, WEIGHTS } from '../scoring/weights';

const WEIGHT_NAMES: Record<Factor, [name: string, label: string, description: string]> = {
	budget: ['budgetWeight', 'Budget Weight', 'How well the price fits the budget'],
	location: ['locationWeight', 'Location Weight', 'How near the listing is to where they look'],
	contact: ['contactWeight', 'Contact Weight', 'How well they can be reached'],
	engagement: ['engagementWeight', 'Engagement Weight', 'Where they came from and what they did'],
};

const FACTORS = Object.keys(WEIGHTS) as Factor[];

/** The weights and settings of the score, for every operation that scores. */
export function scoringProperties(show: Record<string, string[]>): INodeProperties[] {
	return [
		...FACTORS.map((factor): INodeProperties => {
			const [name, displayName, description] = WEIGHT_NAMES[factor];
			const weight = WEIGHTS[factor];
			return {
				displayName,
				name,
				type: 'number',
				typeOptions: { minValue: 0, maxValue: 100 },
				default: weight,
				description: `${description}. The four weights add up to 100.`,
				displayOptions: { show },
			};
		}),
		{
			displayName: 'Scoring Options',
			name: 'scoringOptions',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			displayOptions: { show },
			options: [
				{
					displayName: 'Default Country',
					name: 'defaultCountry',
					type: 'string',
					default: 'PH',
					description: 'Two letters; how phone numbers without a country code are read',
				},
				{
					displayName: 'Distance Scale (Km)',
					name: 'distanceScaleKm',
					type: 'number',
					typeOptions: { minValue: 0.1, maxValue: 500 },
					default: 5,
					description: 'A listing this far from where they look scores half for location',
				},
				{
					displayName: 'Engagement Half-Life (Days)',
					name: 'halfLifeDays',
					type: 'number',
					typeOptions: { minValue: 0.1, maxValue: 365 },
					default: 14,
					description: 'After this time an event counts half',
				},
				{
					displayName: 'Infer From Property',
					name: 'inferFromProperty',
					type: 'boolean',
					default: false,
					description:
						'Whether asking about a listing counts as weak evidence of the budget and area, where the lead states none',
				},
				{
					displayName: 'Neutral Score',
					name: 'neutralScore',
					type: 'number',
					typeOptions: { minValue: 0, maxValue: 100 },
					default: 50,
					description: 'What a factor counts while nothing is known about it',
				},
				{
					displayName: 'Place Aliases',
					name: 'places',
					type: 'string',
					typeOptions: { rows: 3 },
					default: '',
					placeholder: 'e.g. BGC = Bonifacio Global City',
					description: 'Other names of places, one per line, beside those that are built in',
				},
			],
		},
	];
}

/** The scorer that a node's parameters describe. Throws where they make no sense. */
export const readScorer = readOnce((context, itemIndex) => {
	const weights = Object.fromEntries(
		FACTORS.map((factor) => [
			factor,
			context.getNodeParameter(WEIGHT_NAMES[factor][0], itemIndex) as number,
		]),
	) as Record<Factor, number>;
	const problem = checkWeights(weights);
	if (problem) {
		const given = FACTORS.map((factor) => `${WEIGHT_NAMES[factor][1]} (${weights[factor]})`);
		throw new NodeOperationError(context.getNode(), problem, {
			itemIndex,
			description: `Correct ${given.join(', ').replace(/, (?=[^,]*$)/, ' or ')}.`,
		});
	}
	const { places = '', ...options } = context.getNodeParameter('scoringOptions', itemIndex) as {
		places?: string;
	};
	return createScorer({ weights, ...options, places: readAliases(places) });
});

/** Lines such as `BGC = Bonifacio Global City`. */
function readAliases(text: string): Record<string, string> {
	const pairs = text
		.split('\n')
		.map((line) => line.split('=').map((side) => side.trim()))
		.filter(([alias, name]) => alias && name);
	return Object.fromEntries(pairs as Array<[string, string]>);
}
