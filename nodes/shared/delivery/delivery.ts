/** What sort of work it is, and so how it is handed on. */
export type DeliveryKind = 'callback' | 'event' | 'rollup' | 'message';

/** By kind: what is needed to try again. Never a secret. */
export interface DeliveryPayloads {
	/** A request to the platform, signed anew each time: `/internal/n8n/…` and the body as its JSON. */
	callback: { path: string; body: string };
	/** What a workflow was given, for its trigger "When Handed Back". */
	event: { workflow: string; items: unknown[] };
	rollup: { companyId: string };
	message: Record<string, never>;
}

/** Work that could not be handed on and is still wanted. */
export interface ParkedWork<K extends DeliveryKind = DeliveryKind> {
	/** The idempotency key of a callback; what names any other work. */
	deliveryKey: string;
	kind: K;
	flow: string;
	correlationId: string;
	/** The claimed work that is complete once this has arrived. */
	eventKey?: string;
	payload: DeliveryPayloads[K];
	/** Kind of failure, such as `unavailable`; read by people, without personal data. */
	reason: string;
	/** False where no retry can heal it: a dead letter at once. */
	isPassing: boolean;
	/** True where nobody has tried it yet, so that it is due at once. */
	isUntried?: boolean;
}

/** The row of a delivery, as parking and settling answer it. */
export interface DeliveryRow {
	deliveryKey: string;
	kind: DeliveryKind;
	flow: string;
	correlationId: string;
	state: 'waiting' | 'delivered' | 'dead' | 'dismissed';
	attempts: number;
	/** Parking only: false where the work had been parked before; another execution sees to it. */
	isNew?: boolean;
}

/** The row of a delivery that was taken to be tried. */
export interface TakenDelivery extends DeliveryRow {
	eventKey: string | null;
	payload: unknown;
	leaseToken: string;
	/** Whether it is a dead letter if this try fails too. */
	isLastTry: boolean;
}
