import type { LeadSyncStatus } from '../../../shared/contracts/leadSyncStatus';
import { QUICK_RETRIES } from '../../../shared/http/retry';
import { systemClock } from '../../../shared/n8n/clock';
import type { Run } from '../../../shared/n8n/operation';
import { recordResult } from '../../../shared/stateStore/record';
import type { Statement } from '../../../shared/stateStore/statement';
import { noteAttempts, noteStep, type Trail } from '../../../shared/stateStore/trail';
import type { CrmAdapter, CrmPush, CrmSession } from '../../../shared/vendors/crm/port';
import { toCrmLead } from '../../crmLead';
import { mapFields, mappingFacts } from '../../fieldMapping';
import type { KnownLead } from '../../knownLead';
import { listingOf, priceOf } from '../../listing';
import type { PlannedFollowUp, ScoredLead } from '../../scoredLead';
import { skippedCallback, syncedCallback } from '../../syncStatus';
import { type CrmChoice, NO_CRM } from '../crm.description';

/** Longer waits are left to the platform's outbox, whose patience with one delivery is limited. */
const LONGEST_WAIT_MS = 10_000;

const UNREACHABLE = 'the lead has neither an e-mail address nor a phone number';

export interface PushedLead {
	scoring: ScoredLead;
	followUp?: PlannedFollowUp;
	/** What stands in the CRM now; absent where the lead was skipped. */
	crm?: CrmPush;
	callback: LeadSyncStatus;
	correlationId: string;
	durationMs: number;
	eventKey?: string;
	/** The statement that stores the result under the item's claim, where there is a claim. */
	stateStore?: { record: Statement };
}

/** Pushes a lead to the chosen CRM, or skips it, and makes the callback that reports it. */
export async function pushLead(
	run: Run,
	itemIndex: number,
	trail: Trail,
	choice: CrmChoice,
	known: KnownLead,
): Promise<PushedLead> {
	const startedAt = Date.now();
	const { lead, scoring, followUp } = known;
	noteStep(trail, 'score', 'ok', { detail: `${scoring.score}/100, ${scoring.grade}` });
	const outcome = await pushOrSkip(run, itemIndex, trail, choice, known);
	const durationMs = Date.now() - startedAt;
	noteStep(trail, 'push', outcome.crm ? 'ok' : 'skipped', { durationMs, detail: outcome.crmKey });
	const result = {
		scoring,
		...(followUp && { followUp }),
		...(outcome.crm && { crm: outcome.crm }),
		callback: outcome.crm
			? syncedCallback(lead.lead_id, outcome.crmKey, outcome.crm.externalId, scoring.score)
			: skippedCallback(lead.lead_id, outcome.crmKey, outcome.skipped),
	};
	return {
		...result,
		correlationId: trail.correlationId,
		durationMs,
		...recording(trail, {
			...result,
			// A repeat needs no contact details, so the state store does not keep any.
			scoring: { ...scoring, contact: undefined },
			// By these a campaign finds the leads that came of it.
			company_id: lead.company_id,
			utm: lead.utm,
		}),
	};
}

type Outcome =
	{ crmKey: string; crm: CrmPush } | { crmKey: string; crm?: undefined; skipped: string };

async function pushOrSkip(
	run: Run,
	itemIndex: number,
	trail: Trail,
	choice: CrmChoice,
	known: KnownLead,
): Promise<Outcome> {
	if ('skipReason' in choice) return { crmKey: NO_CRM, skipped: choice.skipReason };
	const { adapter, mappings, settings } = choice;
	const lead = toCrmLead({ ...known, fields: mapFields(mappings, mappingFacts(known)) });
	if (!lead.email && !lead.phone) return { crmKey: adapter.key, skipped: UNREACHABLE };
	const { amount, currency } = priceOf(listingOf(known)) ?? {};
	const session = openSession(run, itemIndex, trail, adapter);
	const crm = await adapter.push(
		lead,
		{ ...settings, ...(amount !== undefined && currency && { value: { amount, currency } }) },
		session,
	);
	return { crmKey: adapter.key, crm };
}

function openSession(
	run: Run,
	itemIndex: number,
	trail: Trail,
	{ key, credential, perSecond, retries }: CrmAdapter,
): CrmSession {
	const policy = {
		...QUICK_RETRIES,
		maxDelayMs: LONGEST_WAIT_MS,
		refusals: retries.refusals,
	};
	return {
		send: (step) => async (request) => {
			const onAttempt = noteAttempts(trail, step, key);
			const { isFinal, askedWaitMs } = retries;
			const options = { perSecond, policy, isFinal, askedWaitMs, onAttempt };
			return await (
				await run.send(credential, itemIndex, options)
			)(request);
		},
		clock: systemClock,
		isRepeat: !trail.isNew,
	};
}

function recording(
	{ eventKey, leaseToken, answers, log }: Trail,
	result: object,
): Pick<PushedLead, 'eventKey' | 'stateStore'> {
	if (!eventKey || !leaseToken) return {};
	return {
		eventKey,
		stateStore: { record: recordResult({ eventKey, leaseToken, result, answers, log }) },
	};
}
