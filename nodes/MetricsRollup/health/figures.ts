/** What one statement measures over a window of the event log, the deliveries and the alerts. */
export interface HealthFigures {
	/** ISO 8601, by the database's clock. */
	measuredAt: string;
	windowMinutes: number;
	flows: FlowFigures[];
	vendors: VendorFigures[];
	deliveries: DeliveryFigures[];
	openAlerts: OpenAlert[];
}

export type Severity = 'warning' | 'critical';

/** Units of work of one flow; `usual…` is the same measure over the longer past. */
export interface FlowFigures {
	flow: string;
	ok: number;
	failed: number;
	p50Ms: number | null;
	p95Ms: number | null;
	usualP50Ms: number | null;
	usualCount: number;
}

export interface VendorFigures {
	vendor: string;
	attempts: number;
	errors: number;
}

export interface DeliveryFigures {
	flow: string;
	waiting: number;
	dead: number;
	oldestWaitingSeconds: number | null;
}

export interface OpenAlert {
	alertKey: string;
	severity: Severity;
	lastSeenSecondsAgo: number;
}
