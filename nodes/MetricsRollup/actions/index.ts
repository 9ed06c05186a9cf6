/** The operations of Metrics Rollup, in the order of the menus. To add one, write its file and list it. */
import type { Operation } from '../../shared/n8n/operation';
import { describe } from './alert/describe.operation';
import { raise } from './alert/raise.operation';
import { take } from './alert/take.operation';
import { tell } from './alert/tell.operation';
import { rollUp } from './company/rollUp.operation';
import { purge } from './eventLog/purge.operation';
import { trace } from './eventLog/trace.operation';
import { evaluate } from './health/evaluate.operation';
import { measure } from './health/measure.operation';
import { compute } from './rollup/compute.operation';
import { keep } from './rollup/keep.operation';
import { lookUp } from './rollup/lookUp.operation';
import { report } from './rollup/report.operation';
import { getSnapshot } from './snapshot/get.operation';

export const OPERATIONS: readonly Operation[] = [
	describe,
	raise,
	take,
	tell,
	rollUp,
	purge,
	trace,
	evaluate,
	measure,
	compute,
	keep,
	lookUp,
	report,
	getSnapshot,
];
