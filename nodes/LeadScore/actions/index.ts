/** The operations of Lead Score, in the order of the menus. To add one, write its file and list it. */
import type { Operation } from '../../shared/n8n/operation';
import { push } from './crm/push.operation';
import { schedule } from './followUp/schedule.operation';
import { claim } from './lead/claim.operation';
import { processLead } from './lead/process.operation';
import { score } from './lead/score.operation';
import { report } from './syncStatus/report.operation';

export const OPERATIONS: readonly Operation[] = [processLead, score, claim, push, schedule, report];
