/** What the tests of the adapter share: a stand-in, a clock that does not wait, and a few leads. */
import type { Send } from '../../../nodes/shared/http/send';
import type { VendorErrorDetails } from '../../../nodes/shared/http/vendorError';
import { hubSpot } from '../../../nodes/shared/vendors/crm/hubSpot';
import type { CrmLead, CrmPush, CrmSettings } from '../../../nodes/shared/vendors/crm/port';
import type { CrmStandIn } from '../../../sandbox/vendors/crmView.cts';
import { type HubSpotOptions, startHubSpot } from '../../../sandbox/vendors/hubSpot.cts';
import { type FakeClock, fakeClock } from '../../unit/shared/http/fakeClock.cts';
import { fetchSend } from '../fetchSend.cts';
import { crmSession, vendorErrorOf } from './crmSession.cts';

const TOKEN = 'pat-na1-test';

export const CONTACTS = '/crm/objects/2026-09/contacts';
export const NOTES = '/crm/objects/2026-09/notes';
export const TASKS = '/crm/objects/2026-09/tasks';

export const JOHN: CrmLead = {
	leadId: '7b0e1c9a-4f0e-4e47-9c3e-2f6f2f1f8a11',
	email: 'john@example.com',
	phone: '+639171234567',
	firstName: 'John',
	placeholderName: 'Lead 7b0e1c9a',
	consent: true,
	note: {
		title: 'Lead from Facebook',
		sections: [
			{ heading: 'Property', lines: ['Two bedrooms in BGC', 'PHP 5,000,000 <asking>'] },
			{ heading: 'Score 85/100', lines: ['Budget: fits'] },
		],
	},
	task: {
		subject: 'Call John',
		lines: ['Asked about two bedrooms in BGC'],
		dueAt: new Date('2026-11-23T01:00:00Z'),
		dueDate: '2026-11-23',
		priority: 'high',
		kind: 'call',
	},
	fields: { lead_score: 85, lead_grade: 'A', contact_consent: true },
};

export const PHONE_ONLY: CrmLead = { ...JOHN, email: undefined };
export const NO_CONSENT: CrmLead = {
	...JOHN,
	task: undefined,
	consent: false,
	fields: { ...JOHN.fields, contact_consent: false },
};
export const BY_LEAD_ID: CrmSettings = { leadIdField: 'property_platform_lead_id' };

export interface Run {
	settings?: CrmSettings;
	isRepeat?: boolean;
	/** Instead of the world's own. */
	by?: Send;
}

export interface World {
	vendor: CrmStandIn;
	clock: FakeClock;
	/** Once and without retries. */
	send: Send;
	push(lead: CrmLead, run?: Run): Promise<CrmPush>;
	/** The requests so far, with the ids of records as `:id`. */
	calls(): string[];
	/** How many notes and tasks each contact has. */
	counts(): Array<{ notes: number; tasks: number }>;
	/** Creates a contact of earlier days. */
	seed(properties: Record<string, string>): Promise<string>;
}

/** A world that starts anew before each test of the file, but for its server. */
export function hubSpotWorld(options: HubSpotOptions = {}): World {
	const world = {
		clock: fakeClock(),

		async push(lead, { settings = {}, isRepeat = false, by = world.send } = {}) {
			const session = crmSession(hubSpot, by, world.clock, isRepeat);
			return await hubSpot.push(lead, settings, session);
		},

		calls: () =>
			world.vendor.requests.map(
				({ method, path }) => `${method} ${path.replace(/\/\d{6,}/, '/:id')}`,
			),

		counts: () =>
			world.vendor.holds().map(({ notes, tasks }) => ({
				notes: notes.length,
				tasks: tasks.length,
			})),

		async seed(properties) {
			const { body } = await world.send({ method: 'POST', path: CONTACTS, body: { properties } });
			world.vendor.requests.length = 0;
			return (body as { id: string }).id;
		},
	} as World;

	beforeAll(async () => {
		world.vendor = await startHubSpot({ accessToken: TOKEN, ...options });
		world.send = fetchSend(world.vendor.url, { authorization: `Bearer ${TOKEN}` }, 150);
	});
	beforeEach(() => {
		world.vendor.reset();
		world.clock = fakeClock(Date.parse('2026-11-22T10:00:00Z'));
	});
	afterAll(() => world.vendor.close());
	return world;
}

export async function errorOf(work: Promise<unknown>): Promise<VendorErrorDetails> {
	return (await vendorErrorOf(work)).details;
}
