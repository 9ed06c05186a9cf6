/** The operations of Property IQ, in the order of the menus. To add one, write its file and list it. */
import type { Operation } from '../../shared/n8n/operation';
import { claim } from './enrichment/claim.operation';
import { report } from './enrichment/report.operation';
import { validate } from './enrichment/validate.operation';
import { write } from './narrative/write.operation';
import { analyze } from './neighborhood/analyze.operation';
import { enrich } from './property/enrich.operation';
import { estimate } from './property/estimate.operation';
import { marketData } from './property/getMarketData.operation';

export const OPERATIONS: readonly Operation[] = [
	enrich,
	estimate,
	marketData,
	analyze,
	write,
	claim,
	report,
	validate,
];
