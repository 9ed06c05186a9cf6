import type { IDataObject } from 'n8n-workflow';

import type { DeliveryRow, TakenDelivery } from '../../../nodes/shared/delivery/delivery';

export const PATH = '/internal/n8n/lead-sync-status';
export const BODY = { lead_id: 'l-1', status: 'synced', note: 'Piñon, ₱5,000,000 🏡' };

/** A row as parking or settling answers it. */
export const row = (changed: Partial<DeliveryRow> = {}): IDataObject => ({
	deliveryKey: 'lead-sync-status:l-1:1',
	kind: 'callback',
	flow: 'lead-score',
	correlationId: 'corr-1',
	state: 'waiting',
	attempts: 1,
	...changed,
});

/** A row as taking answers it. */
export const taken = (changed: Partial<TakenDelivery> = {}): IDataObject => ({
	...row(),
	eventKey: 'key-1',
	payload: { path: PATH, body: JSON.stringify(BODY) },
	leaseToken: 'lease-1',
	isLastTry: false,
	...(changed as IDataObject),
});
