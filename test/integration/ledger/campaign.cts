import { createHash } from 'node:crypto';

import {
	type DeliveryEventRow,
	type ReceivedEvent,
	recordDeliveryEvent,
} from '../../../nodes/CampaignDispatch/ledger/deliveryEvent';
import {
	type AudiencePage,
	enrollRecipients,
	type EnrollRow,
	type Recipient,
} from '../../../nodes/CampaignDispatch/ledger/enroll';
import {
	openCampaign,
	type OpenRow,
	type RequestedCampaign,
} from '../../../nodes/CampaignDispatch/ledger/open';
import {
	type MailResult,
	recordBatches,
	type RecordBatchesRow,
	type RecordedBatches,
} from '../../../nodes/CampaignDispatch/ledger/recordBatches';
import {
	summarizeCampaigns,
	type SummaryRequest,
	type SummaryRow,
} from '../../../nodes/CampaignDispatch/ledger/summarize';
import {
	type Batch,
	type BatchRequest,
	takeBatches,
	type TakeRow,
} from '../../../nodes/CampaignDispatch/ledger/takeBatches';
import type { Database, Protocol } from '../stateStore/database.cts';

export const DAY = 86_400;

/** Statements about one campaign, `c-1` of `company-1`, but for what a test changes. */
export const open = (changed: Partial<RequestedCampaign> = {}) =>
	openCampaign({
		campaignId: 'c-1',
		companyId: 'company-1',
		correlationId: 'correlation-1',
		definition: { subject: 'Hello' },
		definitionHash: 'hash-1',
		...changed,
	});

/** A page that is the whole audience, unless told otherwise. */
export const enroll = (changed: Partial<AudiencePage> = {}) =>
	enrollRecipients({
		campaignId: 'c-1',
		definitionHash: 'hash-1',
		recipients: [],
		leftOut: [],
		previousCursor: null,
		cursor: null,
		isLast: true,
		...changed,
	});

export const take = (changed: Partial<BatchRequest> = {}) =>
	takeBatches({
		campaignId: 'c-1',
		leaseToken: 'holder',
		leaseSeconds: 60,
		batchSize: 3,
		batches: 2,
		keyLifetimeSeconds: DAY,
		...changed,
	});

export const record = (changed: Partial<RecordedBatches> = {}) =>
	recordBatches({ campaignId: 'c-1', leaseToken: 'holder', batches: [], log: [], ...changed });

let events = 0;

/** What happened to the mail of `key('ana')`, as an event that was never delivered before. */
export const event = (kind: ReceivedEvent['kind'], changed: Partial<ReceivedEvent> = {}) =>
	recordDeliveryEvent({
		eventId: `event-${events++}`,
		kind,
		at: '2026-11-20T09:00:00.000Z',
		campaignId: 'c-1',
		recipient: key('ana'),
		emailId: 'mail-ana',
		...changed,
	});

export const summarize = (changed: Partial<SummaryRequest> = {}) =>
	summarizeCampaigns({ campaignId: 'c-1', conversionWindowDays: 30, ...changed });

/** The ledger's name for the address of a person, made without the code under test. */
export const key = (name: string) =>
	createHash('sha256').update(`${name}@example.com`).digest('hex').slice(0, 32);

export const person = (name: string, changed: Partial<Recipient> = {}): Recipient => ({
	recipient: key(name),
	email: `${name}@example.com`,
	personId: `person-${name}`,
	data: { first_name: name },
	...changed,
});

/** `people(3)` are `p0`, `p1` and `p2`. */
export const people = (count: number, first = 0) =>
	Array.from({ length: count }, (_value, index) => person(`p${first + index}`));

/** Every member of a batch was sent. */
export const sent = ({ batch, recipients }: Pick<Batch, 'batch' | 'recipients'>) => ({
	batch,
	outcome: 'sent' as const,
	results: recipients.map(({ recipient }): MailResult => ({
		recipient,
		state: 'sent',
		emailId: `mail-${recipient}`,
	})),
});

/** The ledger of one database, asked in one of the two ways in which values can travel. */
export function ledgerOn(database: Database, protocol: Protocol = 'bound') {
	return {
		open: (changed?: Partial<RequestedCampaign>) => database.run<OpenRow>(open(changed), protocol),
		enroll: (changed?: Partial<AudiencePage>) => database.run<EnrollRow>(enroll(changed), protocol),
		take: (changed?: Partial<BatchRequest>) => database.run<TakeRow>(take(changed), protocol),
		record: (changed?: Partial<RecordedBatches>) =>
			database.run<RecordBatchesRow>(record(changed), protocol),
		event: (kind: ReceivedEvent['kind'], changed?: Partial<ReceivedEvent>) =>
			database.run<DeliveryEventRow>(event(kind, changed), protocol),
		summarize: (changed?: Partial<SummaryRequest>) =>
			database.run<SummaryRow>(summarize(changed), protocol),

		/** How many of `c-1` were left out, by reason. */
		leftOut: async () => (await database.run<SummaryRow>(summarize(), protocol)).leftOut,

		/** A campaign whose whole audience is enrolled. */
		async start(recipients: readonly Recipient[], changed: Partial<RequestedCampaign> = {}) {
			const { campaignId, definitionHash } = await this.open(changed);
			await this.enroll({ campaignId, definitionHash, recipients });
		},

		/** A completed campaign in which everybody got a mail, `mail-` and the recipient its id. */
		async send(recipients: readonly Recipient[], changed: Partial<RequestedCampaign> = {}) {
			await this.start(recipients, changed);
			const { campaignId } = await this.open(changed);
			const { batches } = await this.take({ campaignId, batches: 100 });
			await this.record({ campaignId, batches: batches.map(sent) });
			await this.take({ campaignId });
		},

		/** How each recipient stands, in the order of the recipients. */
		async standing(columns = 'recipient, state, reason, batch', campaignId = 'c-1') {
			const { rows } = await database.pool.query<Record<string, unknown>>(
				`SELECT ${columns} FROM property_platform.campaign_recipients
				WHERE campaign_id = $1 ORDER BY recipient`,
				[campaignId],
			);
			return rows;
		},

		/** The leases of one execution end, or all of them, as when those who hold them died long ago. */
		async endLeases(leaseToken?: string) {
			await database.pool.query(
				`UPDATE property_platform.campaign_batches
				SET lease_until = now() - interval '1 second'
				WHERE state = 'sending' AND lease_token = COALESCE($1, lease_token)`,
				[leaseToken],
			);
		},

		/** The first attempts were so much earlier. */
		async age(seconds: number) {
			await database.pool.query(
				`UPDATE property_platform.campaign_batches
				SET first_attempt_at = first_attempt_at - make_interval(secs => $1)`,
				[seconds],
			);
		},

		async suppress(recipient: string, companyId = '', reason = 'bounced') {
			await database.pool.query(
				'INSERT INTO property_platform.suppressions VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
				[recipient, companyId, reason],
			);
		},

		/** Rows are deleted, not truncated, which on a server takes a hundred times as long. */
		async clear() {
			await database.pool.query(
				`DELETE FROM property_platform.campaigns;
				DELETE FROM property_platform.suppressions;
				DELETE FROM property_platform.delivery_events;
				DELETE FROM property_platform.processed_events;
				DELETE FROM property_platform.event_log`,
			);
		},
	};
}
