import { Client, type QueryResultRow } from 'pg';

import {
	type DismissedLetter,
	dismissDeadLetters,
} from '../../../nodes/SignedWebhook/deadLetters/dismissDeadLetters';
import {
	type DeadLetter,
	listDeadLetters,
} from '../../../nodes/SignedWebhook/deadLetters/listDeadLetters';
import {
	type ReplayedLetter,
	replayDeadLetters,
} from '../../../nodes/SignedWebhook/deadLetters/replayDeadLetters';
import type { DeadLetterSelection } from '../../../nodes/SignedWebhook/deadLetters/selection';
import type {
	DeliveryRow,
	ParkedWork,
	TakenDelivery,
} from '../../../nodes/shared/delivery/delivery';
import { parkWork } from '../../../nodes/shared/delivery/parkWork';
import {
	type SettledDelivery,
	settleDeliveries,
} from '../../../nodes/shared/delivery/settleDeliveries';
import {
	type DeliveryRequest,
	takeDeliveries,
} from '../../../nodes/shared/delivery/takeDeliveries';
import type { EventLogRow } from '../../../nodes/shared/stateStore/eventLog';
import type { Statement } from '../../../nodes/shared/stateStore/statement';
import type { Database, Protocol } from '../stateStore/database.cts';

export const WAITS = [60, 300, 900];

/** A callback that failed once, but for what a test changes. */
export const work = (changed: Partial<ParkedWork> = {}): ParkedWork => ({
	deliveryKey: 'd-1',
	kind: 'callback',
	flow: 'lead-score',
	correlationId: 'correlation-1',
	payload: { path: '/internal/n8n/lead-sync-status', body: '{"lead_id":"l-1"}' },
	reason: 'The platform: unavailable',
	isPassing: true,
	...changed,
});

export const event = (changed: Partial<ParkedWork> = {}) =>
	work({
		deliveryKey: 'execution:w:1',
		kind: 'event',
		payload: { workflow: 'w', items: [{ lead_id: 'l-1' }] },
		isUntried: true,
		...changed,
	});

export const take = (changed: Partial<DeliveryRequest> = {}) =>
	takeDeliveries({
		kind: 'callback',
		waitsSeconds: WAITS,
		graceSeconds: 0,
		limit: 100,
		leaseSeconds: 60,
		leaseToken: 'holder',
		...changed,
	});

type Held = Pick<TakenDelivery, 'deliveryKey' | 'leaseToken'>;

export const delivered = ({ deliveryKey, leaseToken }: Held): SettledDelivery => ({
	deliveryKey,
	leaseToken,
	outcome: 'delivered',
});

export const failed = (
	{ deliveryKey, leaseToken, isLastTry = false }: Held & { isLastTry?: boolean },
	changed: { reason?: string; isPassing?: boolean } = {},
): SettledDelivery => ({
	deliveryKey,
	leaseToken,
	outcome: 'failed',
	reason: 'The platform: unavailable',
	isPassing: true,
	isLastTry,
	...changed,
});

/** The deliveries of one database, asked in one of the two ways in which values can travel. */
export function deliveriesOn(database: Database, protocol: Protocol = 'bound') {
	const change = (query: string, values: unknown[] = []) => database.pool.query(query, values);
	/** As many rows as there are. */
	async function rows<Row extends QueryResultRow>({ query, values }: Statement): Promise<Row[]> {
		const statement =
			protocol === 'bound' ? { text: query, values } : { text: interpolate({ query, values }) };
		return (await database.pool.query<Row>(statement)).rows;
	}
	return {
		park: (parked: readonly ParkedWork[] = [work()], log: readonly EventLogRow[] = []) =>
			rows<DeliveryRow>(parkWork(parked, log)),
		take: (changed?: Partial<DeliveryRequest>) => rows<TakenDelivery>(take(changed)),
		settle: (settled: readonly SettledDelivery[], log: readonly EventLogRow[] = []) =>
			rows<DeliveryRow>(settleDeliveries(settled, log)),
		list: (selection: DeadLetterSelection = { which: 'all' }, limit?: number) =>
			rows<DeadLetter>(listDeadLetters(selection, limit)),
		replay: (selection: DeadLetterSelection = { which: 'all' }) =>
			rows<ReplayedLetter>(replayDeadLetters(selection)),
		dismiss: (selection: DeadLetterSelection = { which: 'all' }) =>
			rows<DismissedLetter>(dismissDeadLetters(selection)),

		/** The rows of a table, all columns unless told otherwise. */
		rows: async (table: string, columns = '*', order = '1') =>
			(await change(`SELECT ${columns} FROM property_platform.${table} ORDER BY ${order}`)).rows,

		/** Lets so many seconds go by for every delivery. */
		wait: (seconds: number) =>
			change(
				`UPDATE property_platform.deliveries SET
					parked_at = parked_at - make_interval(secs => $1),
					last_attempt_at = last_attempt_at - make_interval(secs => $1),
					settled_at = settled_at - make_interval(secs => $1),
					lease_until = lease_until - make_interval(secs => $1)`,
				[seconds],
			),

		/** Rows are deleted, not truncated, which on a server takes a hundred times as long. */
		clear: () =>
			change(
				`DELETE FROM property_platform.deliveries;
				DELETE FROM property_platform.alerts;
				DELETE FROM property_platform.processed_events;
				DELETE FROM property_platform.channel_events;
				DELETE FROM property_platform.conversations;
				DELETE FROM property_platform.event_log`,
			).then(() => undefined),
	};
}

function interpolate({ query, values }: Statement): string {
	return query.replace(/\$(\d+)/g, (_placeholder, position) => {
		const value = values[Number(position) - 1]!;
		return typeof value === 'string' ? Client.prototype.escapeLiteral(value) : String(value);
	});
}
