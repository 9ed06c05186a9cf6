/** The operations of Meta Broker, in the order of the menus. To add one, write its file and list it. */
import type { Operation } from '../../shared/n8n/operation';
import { forget } from './conversation/forget.operation';
import { keep } from './conversation/keep.operation';
import { take } from './conversation/take.operation';
import { parse } from './event/parse.operation';
import { get } from './leadForm/get.operation';
import { askPlatform } from './message/askPlatform.operation';
import { handle } from './message/handle.operation';
import { understand } from './message/understand.operation';
import { send } from './reply/send.operation';

export const OPERATIONS: readonly Operation[] = [
	forget,
	keep,
	take,
	parse,
	get,
	askPlatform,
	handle,
	understand,
	send,
];
