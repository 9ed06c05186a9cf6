import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { connectedChatModel } from '../../shared/n8n/chatModel';
import type { NarrativeRequest } from '../narrative/writeNarrative';

const DEFAULT_MODEL_TIMEOUT_SECONDS = 15;

/** Options of a collection that say how a narrative is written. */
export const WRITING_OPTIONS: INodeProperties[] = [
	{
		displayName: 'Blocked Phrases',
		name: 'blockedPhrases',
		type: 'string',
		default: '',
		placeholder: 'e.g. bargain, once in a lifetime',
		description: 'Your own, beside the fair-housing rules; separated by commas',
	},
	{
		displayName: 'Language',
		name: 'language',
		type: 'string',
		default: 'English',
		description: 'What the model writes in. The template that stands in for it is English.',
	},
	{
		displayName: 'Max Words',
		name: 'maxWords',
		type: 'number',
		typeOptions: { minValue: 30, maxValue: 500 },
		default: 150,
		description: 'How long the description may be',
	},
	{
		displayName: 'Model Timeout (Seconds)',
		name: 'modelTimeoutSeconds',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 120 },
		default: DEFAULT_MODEL_TIMEOUT_SECONDS,
		description: 'After that the narrative is written from the template',
	},
	{
		displayName: 'Tone',
		name: 'tone',
		type: 'string',
		default: 'factual and warm',
		description: 'How the text should sound to its readers',
	},
];

/** Reads the values of `WRITING_OPTIONS` and the connected model. */
export async function readWriting(
	context: IExecuteFunctions,
	itemIndex: number,
	options: IDataObject,
): Promise<Omit<NarrativeRequest, 'factSheet' | 'description'>> {
	const seconds = Number(options.modelTimeoutSeconds ?? DEFAULT_MODEL_TIMEOUT_SECONDS);
	const ask = await connectedChatModel(context, itemIndex, seconds * 1000);
	const blocked = String(options.blockedPhrases ?? '')
		.split(',')
		.map((phrase) => phrase.trim())
		.filter((phrase) => phrase !== '');
	return {
		...(ask && { ask }),
		style: {
			...(typeof options.language === 'string' && { language: options.language }),
			...(typeof options.tone === 'string' && { tone: options.tone }),
			...(typeof options.maxWords === 'number' && { maxWords: options.maxWords }),
		},
		extraRules: blocked.map((phrase) => ({ phrase, tier: 'block' as const })),
	};
}
