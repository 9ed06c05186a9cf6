/** The operations of Campaign Dispatch, in the order of the menus. To add one, write its file and list it. */
import type { Operation } from '../../shared/n8n/operation';
import { build } from './audience/build.operation';
import { enroll } from './audience/enroll.operation';
import { open } from './campaign/open.operation';
import { report } from './campaign/report.operation';
import { summarize } from './campaign/summarize.operation';
import { process } from './deliveryEvent/process.operation';
import { preview } from './mail/preview.operation';
import { send } from './mail/send.operation';
import { take } from './mail/take.operation';

export const OPERATIONS: readonly Operation[] = [
	build,
	enroll,
	open,
	report,
	summarize,
	process,
	preview,
	send,
	take,
];
