/** What Signed Webhook does item by item, in the order of the menus. Requests are checked and signed apart. */
import type { Operation } from '../../shared/n8n/operation';
import { dismiss } from './deadLetter/dismiss.operation';
import { list } from './deadLetter/list.operation';
import { replay } from './deadLetter/replay.operation';
import { deliver } from './delivery/deliver.operation';
import { plan } from './delivery/plan.operation';
import { settle } from './delivery/settle.operation';
import { take } from './delivery/take.operation';
import { unpack } from './delivery/unpack.operation';
import { recover } from './execution/recover.operation';

export const OPERATIONS: readonly Operation[] = [
	dismiss,
	list,
	replay,
	deliver,
	plan,
	settle,
	take,
	unpack,
	recover,
];
