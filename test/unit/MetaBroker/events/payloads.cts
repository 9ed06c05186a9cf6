import { parseEvents } from '../../../../nodes/MetaBroker/events/parseEvents';
import { checkContract } from '../../../../nodes/shared/contracts/check';
import { metaWebhook } from '../../../../nodes/shared/contracts/metaWebhook';

export const PAGE = '108723928465021';
export const PERSON = '24588129073655441';
export const AT = 1_458_692_752_478;
/** The same moment, by hand from `date -u -d @1458692752`. */
export const AT_TEXT = '2016-03-23T00:25:52.478Z';

/** The events of a payload that keeps to its contract. */
export function parse(payload: unknown) {
	const checked = checkContract(metaWebhook, payload);
	if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
	return parseEvents(checked.value);
}

export type EventList = 'messaging' | 'standby' | 'changes';

export function page(events: unknown[], list: EventList = 'messaging') {
	return { object: 'page', entry: [{ id: PAGE, time: AT + 500, [list]: events }] };
}

export function instagram(events: unknown[], list: EventList = 'messaging') {
	return { ...page(events, list), object: 'instagram' };
}

/** An event of the person's. */
export function fromPerson(content: object): object {
	return { sender: { id: PERSON }, recipient: { id: PAGE }, timestamp: AT, ...content };
}

/** An event of the account's own. */
export function fromAccount(content: object): object {
	return { sender: { id: PAGE }, recipient: { id: PERSON }, timestamp: AT, ...content };
}

/** The one event of a payload that has one. */
export function parseOne(payload: unknown) {
	const [event, ...more] = parse(payload);
	if (!event || more.length > 0) throw new Error(`${more.length + 1} events`);
	return event;
}
