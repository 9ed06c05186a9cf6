/** A CRM of the conformance suite with somebody to push to it, and trouble on order. */
import { VendorError } from '../../../nodes/shared/http/vendorError';
import type { CrmLead, CrmPush, CrmSettings } from '../../../nodes/shared/vendors/crm/port';
import type { CrmRecord, CrmStandIn } from '../../../sandbox/vendors/crmView.cts';
import type { Failure } from '../../../sandbox/vendors/standIn.cts';
import { type FakeClock, fakeClock } from '../../unit/shared/http/fakeClock.cts';
import { fetchSend } from '../fetchSend.cts';
import { crmSession } from './crmSession.cts';
import type { Crm, Somebody } from './crms.cts';

/** Long enough for a stand-in in this very process. */
export const USUAL_PATIENCE_MS = 5_000;
/** Where no answer is what is to happen. */
export const SHORT_PATIENCE_MS = 60;
/** When a late vendor has done its work for certain. */
export const LATE_MS = 3 * SHORT_PATIENCE_MS;

export interface Run {
	settings?: CrmSettings;
	isRepeat?: boolean;
	headers?: Record<string, string>;
}

export interface Trouble {
	/** Which request from now on, counted from zero. */
	position: number;
	failure: Failure;
	/** Whether the vendor does what it is asked, and only the answer is lost. */
	accepted: boolean;
	/** Whether no later request gets through either. */
	isLasting?: boolean;
}

export interface CrmWorld {
	vendor: CrmStandIn;
	clock: FakeClock;
	/** How long an answer is waited for. */
	patienceMs: number;
	/** A lead with everything, of which the CRM knows nothing. */
	lead: CrmLead;
	push(lead?: CrmLead, run?: Run): Promise<CrmPush>;
	/** Pushes into trouble, and then in peace, as the platform's outbox would. */
	pushThrough(trouble: Trouble, lead?: CrmLead, run?: Run): Promise<CrmPush>;
	/** Pushes into trouble that may stop it; if so, with an error that says it may be tried again. */
	pushInto(troubles: readonly Trouble[], lead?: CrmLead, run?: Run): Promise<void>;
	make(trouble: Trouble): void;
	/** Has the vendor do a request only when it has been given up already. */
	makeLate(position: number): void;
	/** Writes somebody past the adapter; the id. */
	add(somebody: Somebody): Promise<string>;
	forbidDuplicates(): void;
	/** The one person there is. */
	only(): CrmRecord;
	/** How many notes and tasks each person has. */
	counts(): Array<{ notes: number; tasks: number }>;
	/** Method and path of the requests so far. */
	calls(): string[];
}

export const ONE_OF_EACH = [{ notes: 1, tasks: 1 }];

/** A world that starts anew before each test of the describe, but for its server. */
export function crmWorld(crm: Crm): CrmWorld {
	const clock = fakeClock();
	let usual: Record<string, string> = {};

	const world = {
		clock,
		lead: leadFor(crm),

		async push(lead = world.lead, { settings = {}, isRepeat = false, headers = usual } = {}) {
			const send = fetchSend(world.vendor.url, headers, world.patienceMs);
			return await crm.adapter.push(lead, settings, crmSession(crm.adapter, send, clock, isRepeat));
		},

		async pushThrough(trouble, lead, run) {
			await world.pushInto([trouble], lead, run);
			return await world.push(lead, { ...run, isRepeat: true });
		},

		async pushInto(troubles, lead, run) {
			troubles.forEach(world.make);
			world.patienceMs = SHORT_PATIENCE_MS;
			try {
				await world.push(lead, run);
			} catch (error) {
				if (!(error instanceof VendorError && error.isPassing)) throw error;
			} finally {
				world.patienceMs = USUAL_PATIENCE_MS;
				world.vendor.heal();
			}
		},

		make({ position, failure, accepted, isLasting = false }) {
			const { requests } = world.vendor;
			const due = requests.length + position + 1;
			world.vendor.failNext(failure, 1, { accepted, matching: () => requests.length === due });
			if (!isLasting) return;
			world.vendor.failNext(failure, 99, { matching: () => requests.length > due });
		},

		makeLate(position) {
			const { vendor } = world;
			const due = vendor.requests.length + position + 1;
			const matching = () => {
				vendor.delayMs = vendor.requests.length === due ? LATE_MS : 0;
				return false;
			};
			vendor.failNext('reset', 1, { matching });
		},

		async add(somebody) {
			await fetchSend(world.vendor.url, usual)(crm.create(somebody));
			world.vendor.requests.length = 0;
			return world.vendor.holds().at(-1)!.id;
		},

		only() {
			const [person, ...others] = world.vendor.holds();
			if (person && others.length === 0) return person;
			throw new Error(`There are ${others.length + (person ? 1 : 0)} people`);
		},

		counts: () =>
			world.vendor
				.holds()
				.map(({ notes, tasks }) => ({ notes: notes.length, tasks: tasks.length })),

		calls: () => world.vendor.requests.map(({ method, path }) => `${method} ${path}`),
	} as CrmWorld;

	beforeAll(async () => {
		const { vendor, headers, forbidDuplicates = () => {} } = await crm.start(clock.now);
		usual = headers;
		Object.assign(world, { vendor, forbidDuplicates });
	});
	beforeEach(() => {
		world.vendor.reset();
		world.patienceMs = USUAL_PATIENCE_MS;
		clock.waits.length = 0;
	});
	afterAll(() => world.vendor.close());
	return world;
}

function leadFor({ fields: { score, grade } }: Crm): CrmLead {
	return {
		leadId: '6f1c9a52-77aa-4b6e-9d3c-000000000001',
		email: 'jane.santos@example.com',
		phone: '+639171234567',
		firstName: 'Jane',
		lastName: 'Santos',
		placeholderName: 'New lead 6f1c9a52',
		consent: true,
		note: {
			title: 'Lead score 85/100 (A)',
			sections: [
				{ heading: 'Property', lines: ['2 BR condo & parking, BGC', 'PHP 5,000,000 <asking>'] },
				{ heading: 'Reasons', lines: ['Budget: 40 of 40', 'Location: 27 of 30'] },
			],
		},
		task: {
			subject: 'Call Jane Santos',
			lines: ['Score 85/100, grade A', 'Ask: when do you want to move?'],
			// 09:05 in Manila on the 23rd, still the 22nd in New York.
			dueAt: new Date('2026-11-23T01:05:00Z'),
			dueDate: '2026-11-23',
			priority: 'high',
			kind: 'call',
		},
		fields: { [score]: 85, [grade]: 'A' },
	};
}
