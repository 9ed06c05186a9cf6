/** The adapter as a run of a node would use it, over real HTTP and on a clock that does not wait. */
import type { Send } from '../../../nodes/shared/http/send';
import type { CrmLead, CrmPush, CrmSettings } from '../../../nodes/shared/vendors/crm/port';
import { salesforce } from '../../../nodes/shared/vendors/crm/salesforce';
import { type SalesforceStandIn, startSalesforce } from '../../../sandbox/vendors/salesforce.cts';
import { type FakeClock, fakeClock } from '../../unit/shared/http/fakeClock.cts';
import { fetchSend } from '../fetchSend.cts';
import { crmSession } from './crmSession.cts';

const SHORT_TIMEOUT_MS = 250;

export const LEAD_ID_FIELD = 'PropertyIQ_Lead_Id__c';
export const WITH_LEAD_ID: CrmSettings = { leadIdField: LEAD_ID_FIELD };

export const LEAD: CrmLead = {
	leadId: '6f1c9a52-0000-4000-8000-000000000001',
	email: 'jane@example.com',
	phone: '+639171234567',
	firstName: 'Jane',
	lastName: 'Doe',
	placeholderName: 'jane',
	consent: true,
	note: {
		title: 'Lead score 85/100',
		sections: [
			{ heading: 'Property', lines: ['2 BR <condo> & parking, BGC'] },
			{ heading: 'Score', lines: ['Budget: 40 of 40'] },
		],
	},
	task: {
		subject: 'Call Jane Doe (grade A)',
		lines: ['Score 85/100', 'Asked about a condo in BGC'],
		dueAt: new Date('2026-11-23T01:05:00Z'),
		dueDate: '2026-11-23',
		priority: 'high',
		kind: 'call',
	},
	fields: { Lead_Score__c: 85, Lead_Grade__c: 'A' },
};

export interface World {
	readonly standIn: SalesforceStandIn;
	readonly clock: FakeClock;
	push(lead?: Partial<CrmLead>, settings?: CrmSettings, isRepeat?: boolean): Promise<CrmPush>;
	/** Calls of the API since the start of the test. */
	calls(): number;
	/** Parts of the composites that were sent, such as `POST Lead`. */
	parts(): string[][];
	/** One call past the adapter, as other people of the agency make them. */
	call: Send;
	/** Makes a record past the adapter; its id. */
	make(type: string, body: object): Promise<string>;
	startAnew(): Promise<void>;
}

export async function salesforceWorld(): Promise<World> {
	const standIn = await startSalesforce({ clientId: 'app', clientSecret: 'secret' });
	let call: Send = fetchSend(standIn.url);
	const world: World = {
		standIn,
		clock: fakeClock(),
		call: async (request) => await call(request),
		async push(lead = {}, settings = WITH_LEAD_ID, isRepeat = false) {
			const session = crmSession(salesforce, call, world.clock, isRepeat);
			return await salesforce.push({ ...LEAD, ...lead }, settings, session);
		},
		calls: () => standIn.requests.length,
		parts: () =>
			standIn.requests.map(({ body }) => {
				const { compositeRequest } = body as { compositeRequest: Part[] };
				return compositeRequest.map(({ method, url }) => {
					const [, type] = /\/sobjects\/(\w+)/.exec(url) ?? [];
					return `${method} ${type ?? 'query'}`;
				});
			}),
		async make(type, body) {
			const path = `/services/data/v64.0/sobjects/${type}`;
			const answer = await call({ method: 'POST', path, body });
			standIn.requests.length = 0;
			return (answer.body as { id: string }).id;
		},
		async startAnew() {
			standIn.reset();
			const answer = await fetch(`${standIn.url}/services/oauth2/token`, {
				method: 'POST',
				body: new URLSearchParams({
					grant_type: 'client_credentials',
					client_id: 'app',
					client_secret: 'secret',
				}),
			});
			const { access_token: token } = (await answer.json()) as { access_token: string };
			call = fetchSend(standIn.url, { authorization: `Bearer ${token}` }, SHORT_TIMEOUT_MS);
			standIn.requests.length = 0;
			world.clock.waits.length = 0;
		},
	};
	return world;
}

interface Part {
	method: string;
	url: string;
}
