/** What Signed Webhook does with work that could not be handed on, in the workflow of `everyOperation`. */
import type { DeliveryRow, TakenDelivery } from '../../nodes/shared/delivery/delivery';
import { type Crashed, crashed } from '../unit/SignedWebhook/recovery/crashed.cts';
import { type OperationNode, operationOf, splitOut, type Step } from './operationNode.cts';

const ROW: DeliveryRow = {
	deliveryKey: 'lead-sync-status:l-1:1',
	kind: 'callback',
	flow: 'lead-score',
	correlationId: 'delivery-1',
	state: 'waiting',
	attempts: 1,
};

/** As the statement that parked them answers. */
const PARKED: DeliveryRow[] = [
	{ ...ROW, isNew: true },
	{ ...ROW, deliveryKey: 'lead-sync-status:l-2:2', state: 'dead', isNew: true },
];

const taken = (changed: Partial<TakenDelivery>): TakenDelivery => ({
	...ROW,
	eventKey: null,
	payload: { path: '/internal/n8n/lead-sync-status', body: '{"lead_id":"l-1"}' },
	leaseToken: 'token',
	isLastTry: false,
	...changed,
});

/** A path under which the platform knows nothing. */
export const UNKNOWN_PATH = '/internal/n8n/unknown';

/** One that arrives, and one that never can. */
const CALLBACKS: TakenDelivery[] = [
	taken({ eventKey: 'key-1' }),
	taken({ deliveryKey: 'unknown:1', payload: { path: UNKNOWN_PATH, body: '{}' }, isLastTry: true }),
];

const lost = (id: string, item: object) =>
	taken({
		deliveryKey: `execution:w-1:${id}`,
		kind: 'event',
		attempts: 0,
		payload: { workflow: 'w-1', items: [item] },
	});

/** Of the platform's trigger, of that of delivery events, and one that was handed back before. */
const LOST: TakenDelivery[] = [
	lost('1', {
		event: { lead_id: 'l-1' },
		correlationId: 'event-1',
		receivedAt: '2026-11-23T08:46:18.308Z',
		signedWith: 'current secret',
	}),
	lost('2', { event: { type: 'email.sent' }, eventId: 'msg_1', correlationId: 'event-2' }),
	lost('3', { event: { lead_id: 'l-3' }, handedBack: 1 }),
];

/** What Execute Sub-workflow puts out where the workflow is gone. */
const UNHANDED = LOST.map((delivery) => ({ delivery, error: 'Workflow does not exist.' }));

const SELECTIONS = [
	{ which: 'all' },
	{ which: 'one', deliveryKey: ROW.deliveryKey },
	{ which: 'kind', kind: 'event' },
	{ which: 'flow', flow: 'lead-score' },
	{ which: 'since', since: '2026-11-23T00:00:00Z' },
];

const crashedNow = (changed: Partial<Crashed>): Crashed => ({
	...crashed(),
	startedAt: new Date().toISOString(),
	...changed,
});

/** As n8n's own n8n node gets them: one to hand back, one that a person started. */
const EXECUTIONS = [crashedNow({}), crashedNow({ id: '4', mode: 'manual' })];

export const deliveryNodes = (): OperationNode[] => [
	...splitOut('Parked', PARKED),
	signedWebhook('delivery', 'plan', {}, 'Each Parked'),
	signedWebhook('delivery', 'take', {}, 'delivery plan'),
	...splitOut('Callback', CALLBACKS),
	signedWebhook('delivery', 'deliver', {}, 'Each Callback'),
	...splitOut('Lost', LOST),
	signedWebhook('delivery', 'unpack', {}, 'Each Lost'),
	signedWebhook('delivery', 'settle', {}, 'delivery unpack'),
	...splitOut('Unhanded', UNHANDED),
	{
		...signedWebhook('delivery', 'settle', {}, 'Each Unhanded'),
		name: 'delivery settle unhanded',
	},
	...splitOut('Selection', SELECTIONS),
	...['list', 'replay', 'dismiss'].map((operation) =>
		signedWebhook('deadLetter', operation, {}, 'Each Selection'),
	),
	...splitOut('Execution', EXECUTIONS),
	signedWebhook('execution', 'recover', {}, 'Each Execution'),
];

function signedWebhook(...step: Step): OperationNode {
	return operationOf('signedWebhook', ...step);
}
