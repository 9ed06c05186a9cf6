/** The adapter in the surroundings that a run gives it, with a clock that does not really wait. */
import { pipedrive } from '../../../nodes/shared/vendors/crm/pipedrive';
import type { CrmLead, CrmPush, CrmSettings } from '../../../nodes/shared/vendors/crm/port';
import {
	PIPEDRIVE_PERSON_FIELDS,
	type PipedriveOptions,
	type PipedriveStandIn,
	startPipedrive,
} from '../../../sandbox/vendors/pipedrive.cts';
import { type FakeClock, fakeClock } from '../../unit/shared/http/fakeClock.cts';
import { fetchSend } from '../fetchSend.cts';
import { crmSession } from './crmSession.cts';

export const TOKEN = 'pipedrive-test-token';
/** Long enough for the stand-in, short enough for a test of no answer at all. */
const TIMEOUT_MS = 250;

export const LEAD: CrmLead = {
	leadId: '5f0c2f9e-6a55-4f0e-9a3e-0d6c1b7a2e11',
	email: 'maria.santos@example.com',
	phone: '+639171234567',
	firstName: 'Maria',
	lastName: 'Santos',
	placeholderName: 'Lead 5f0c2f9e',
	consent: true,
	note: {
		title: 'Lead for 2-bedroom condo in BGC',
		sections: [
			{ heading: 'Property', lines: ['2-bedroom condo, Bonifacio Global City', 'PHP 8,500,000'] },
			{ heading: 'Score 85/100', lines: ['Budget fits & leaves room'] },
		],
	},
	task: {
		subject: 'Call Maria Santos',
		lines: ['Asked about a viewing'],
		// 09:05 in Manila, on the next day by its calendar.
		dueAt: new Date('2026-11-22T18:35:00+02:00'),
		dueDate: '2026-11-23',
		priority: 'high',
		kind: 'call',
	},
	fields: { [PIPEDRIVE_PERSON_FIELDS.leadScore]: 85, [PIPEDRIVE_PERSON_FIELDS.leadGrade]: 'A' },
};

/** LEAD without what is named. */
export function leadWithout(...names: Array<keyof CrmLead>): CrmLead {
	return Object.fromEntries(
		Object.entries(LEAD).filter(([name]) => !names.includes(name as keyof CrmLead)),
	) as unknown as CrmLead;
}

export interface PushOptions {
	settings?: CrmSettings;
	isRepeat?: boolean;
	token?: string;
}

export interface World {
	standIn: PipedriveStandIn;
	clock: FakeClock;
	push(lead: CrmLead, options?: PushOptions): Promise<CrmPush>;
	/** Method and path of the requests since the last call of this, ids as `:id`. */
	calls(): string[];
	/** How many records of each kind there are. */
	counts(): { persons: number; leads: number; notes: number; activities: number };
	close(): Promise<void>;
}

export async function startWorld(options: PipedriveOptions = {}): Promise<World> {
	const clock = fakeClock();
	const standIn = await startPipedrive({ apiToken: TOKEN, now: clock.now, ...options });
	let seen = 0;
	return {
		standIn,
		clock,
		async push(lead, { settings = {}, isRepeat = false, token = TOKEN } = {}) {
			const send = fetchSend(standIn.url, { 'x-api-token': token }, TIMEOUT_MS);
			return await pipedrive.push(lead, settings, crmSession(pipedrive, send, clock, isRepeat));
		},
		calls() {
			seen = Math.min(seen, standIn.requests.length);
			const fresh = standIn.requests.slice(seen);
			seen = standIn.requests.length;
			return fresh.map(({ method, path }) => `${method} ${path.replace(/\/\d+$/, '/:id')}`);
		},
		counts() {
			const { persons, leads, notes, activities } = standIn.account;
			return {
				persons: persons.size,
				leads: leads.size,
				notes: notes.size,
				activities: activities.size,
			};
		},
		close: () => standIn.close(),
	};
}
