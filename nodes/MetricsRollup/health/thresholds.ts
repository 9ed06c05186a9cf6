/** Above which a value is a warning, and above which it is critical. */
export type Levels =
	{ warning: number; critical?: number } | { warning?: number; critical: number };

/** What is healthy. A value that is exactly at a level has not passed it. */
export interface Thresholds {
	/** Share of the units of work that fail, in percent. */
	failuresPercent: Levels;
	/** Within which 95 of 100 units of a flow are done, in milliseconds. */
	targetMs: Readonly<Record<string, number>>;
	/** How many times the usual time the median unit may take. */
	slowdown: number;
	/** Share of the calls to a vendor that fail, in percent. */
	vendorErrorsPercent: number;
	/** Messages in the platform's outbox. */
	outboxDepth: number;
	/** By how much the clocks of n8n and the platform differ, in seconds. */
	clockSkewSeconds: Levels;
	/** Since when the first of a flow's deliveries waits, in seconds. */
	waitingSeconds: number;
	/** Units of a flow, calls to a vendor and earlier units below which nothing is concluded. */
	leastUnits: number;
	leastCalls: number;
	leastUsual: number;
	/** An open alert ends at this share of the level that raised it, so that it does not flap. */
	clearShare: number;
	/** An alert that nothing measures ends once it was not seen for so long. */
	quietSeconds: number;
	/** So does one of which too little is measured: else it would hide the next breach for ever. */
	restSeconds: number;
}

/**
 * The figures of the platform's integration guide, "Monitoring & Observability"; a success rate above
 * 99 % is less than 1 % of failures. Beyond 300 s of skew signatures are refused.
 */
export const DEFAULT_THRESHOLDS: Thresholds = {
	failuresPercent: { warning: 1, critical: 5 },
	targetMs: { 'property-enrichment': 30_000, 'lead-score': 10_000 },
	slowdown: 2,
	vendorErrorsPercent: 10,
	outboxDepth: 100,
	clockSkewSeconds: { warning: 60, critical: 240 },
	waitingSeconds: 30 * 60,
	leastUnits: 10,
	leastCalls: 20,
	leastUsual: 20,
	clearShare: 0.8,
	quietSeconds: 60 * 60,
	restSeconds: 6 * 60 * 60,
};
