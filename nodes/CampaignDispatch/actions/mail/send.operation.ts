import {
	type IDataObject,
	type IExecuteFunctions,
	type INodeProperties,
	NodeOperationError,
} from 'n8n-workflow';

import { createRatePacer, type RatePacer } from '../../../shared/http/ratePace';
import type { RateMemory } from '../../../shared/http/rateSchedule';
import { systemClock } from '../../../shared/n8n/clock';
import type { Execute, Operation, Run } from '../../../shared/n8n/operation';
import { RESEND_CREDENTIAL, resendSecrets } from '../../../shared/n8n/resendCredential';
import { noteAttempts, type Trail } from '../../../shared/stateStore/trail';
import { type BatchValidation, resendRetries } from '../../../shared/vendors/resend';
import type { OpenedCampaign } from '../../definition';
import { countBy } from '../../delivery/countBy';
import { dispatchBatches, type Dispatched } from '../../delivery/dispatch';
import { itemBatches, keyedByContent } from '../../delivery/itemBatches';
import { type PreparedBatch, prepareBatch } from '../../delivery/prepareBatch';
import { selectForCampaign } from '../../delivery/selectForCampaign';
import { countSent } from '../../delivery/sentCounts';
import { type BatchResult, recordBatches } from '../../ledger/recordBatches';
import type { Batch as TakenBatch } from '../../ledger/takeBatches';
import { compileTemplate } from '../../rendering/compileTemplate';
import { campaignProperty, readCampaign } from '../campaign.description';
import { peopleProperty, readPeople, readPersonFields } from '../people.description';
import { readPortion } from '../portion.description';

const show = { resource: ['mail'], operation: ['send'] };
const showItems = { show: { ...show, people: ['items'] } };

const description: INodeProperties[] = [
	{
		displayName: 'People',
		name: 'people',
		type: 'options',
		default: 'ledger',
		options: [
			{
				name: 'From Input Items',
				value: 'items',
				description:
					'Each item is a person. Without a ledger: the same items sent again within 24 hours are not doubled, after that they are.',
			},
			{
				name: 'From the Ledger',
				value: 'ledger',
				description:
					'The portion that a Postgres node took. Each person gets one mail, whatever happens.',
			},
		],
		displayOptions: { show },
	},
	{ ...campaignProperty, displayOptions: showItems },
	{ ...peopleProperty, displayOptions: showItems },
	{
		displayName: 'Options',
		name: 'sendOptions',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		displayOptions: { show },
		options: [
			{
				displayName: 'Validation',
				name: 'validation',
				type: 'options',
				default: 'permissive',
				options: [
					{
						name: 'Permissive',
						value: 'permissive',
						description:
							'A mail that Resend refuses is noted, and the others of its batch are sent',
					},
					{
						name: 'Strict',
						value: 'strict',
						description: 'One mail that Resend refuses stops the campaign before its batch is sent',
					},
				],
			},
		],
	},
];

/** Renders and sends mails in batches at the pace that Resend names, and says what became of each. */
const execute: Execute = async (context, itemIndex, run, trail) =>
	context.getNodeParameter('people', itemIndex) === 'ledger'
		? await sendPortion(context, itemIndex, run, trail)
		: await sendItems(context, run, trail);

async function sendPortion(
	context: IExecuteFunctions,
	itemIndex: number,
	run: Run,
	trail: Trail,
): Promise<IDataObject> {
	const { campaign, leaseToken, batches, pace } = readPortion(context, itemIndex);
	const { campaignId } = campaign;
	const pacer = pacerOf(run, pace);
	const sent = await sendBatches(context, itemIndex, run, trail, campaign, batches);
	const { stopped, results } = sent;
	return {
		...shownOf(campaign, sent),
		stateStore: {
			record: {
				...recordBatches({
					campaignId,
					leaseToken,
					batches: results,
					...(stopped && { stop: `${stopped.message}. ${stopped.advice}` }),
					pace: pacer.memory(),
					log: trail.log,
				}),
			},
		},
	};
}

async function sendItems(context: IExecuteFunctions, run: Run, trail: Trail): Promise<IDataObject> {
	const campaign = readCampaign(context, 0);
	const template = compileTemplate(campaign.definition.template);
	const { recipients, leftOut } = selectForCampaign(
		readPeople(context),
		readPersonFields(context),
		template,
		campaign,
	);
	const batches = itemBatches(recipients);
	const sent = await sendBatches(context, 0, run, trail, campaign, batches, keyedByContent);
	const shown = shownOf(campaign, sent);
	return { ...shown, leftOut: { ...shown.leftOut, ...countBy(leftOut, ({ reason }) => reason) } };
}

interface Sent {
	results: BatchResult[];
	stopped?: Dispatched['stopped'];
}

async function sendBatches(
	context: IExecuteFunctions,
	itemIndex: number,
	run: Run,
	trail: Trail,
	campaign: OpenedCampaign,
	batches: readonly TakenBatch[],
	withKey: (batch: PreparedBatch) => PreparedBatch = (batch) => batch,
): Promise<Sent> {
	const { unsubscribe } = resendSecrets(await context.getCredentials(RESEND_CREDENTIAL, itemIndex));
	if (unsubscribe === '') {
		throw new NodeOperationError(context.getNode(), 'The credential has no Unsubscribe Secret', {
			itemIndex,
			description: 'Fill it in: any long random text, which signs the unsubscribe links.',
		});
	}
	const mails = {
		campaign,
		template: compileTemplate(campaign.definition.template),
		unsubscribeSecret: unsubscribe,
	};
	const prepared = batches.map((batch) => withKey(prepareBatch(batch, mails)));
	const { validation = 'permissive' } = context.getNodeParameter('sendOptions', itemIndex) as {
		validation?: BatchValidation;
	};
	const { outcomes, stopped } = await dispatchBatches({
		send: await run.send(RESEND_CREDENTIAL, itemIndex, {
			...resendRetries,
			pacer: pacerOf(run),
			onAttempt: noteAttempts(trail, 'send', 'resend'),
		}),
		clock: systemClock,
		validation,
		batches: prepared,
	});
	return {
		results: outcomes.map((outcome, index): BatchResult => {
			const { batch } = batches[index]!;
			return outcome.outcome === 'sent'
				? { batch, outcome: 'sent', results: prepared[index]!.resultsOf(outcome.results) }
				: { batch, outcome: 'unsent' };
		}),
		...(stopped && { stopped }),
	};
}

const pacers = new WeakMap<Run, RatePacer>();

/**
 * Resend counts the requests of all items of a run together, and of the run before: with what that
 * one left, this one begins at full pace.
 */
function pacerOf(run: Run, earlier?: RateMemory): RatePacer {
	const pacer = pacers.get(run) ?? createRatePacer(systemClock, earlier);
	pacers.set(run, pacer);
	return pacer;
}

function shownOf({ campaignId, correlationId }: OpenedCampaign, { results, stopped }: Sent) {
	return {
		campaignId,
		correlationId,
		...countSent(results),
		...(stopped && { stopped: { ...stopped } as IDataObject }),
	};
}

export const send: Operation = {
	resource: 'mail',
	operation: 'send',
	description,
	execute,
	takesAllItems: (context) => context.getNodeParameter('people', 0) === 'items',
};
