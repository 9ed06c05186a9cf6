import type { CrmStandIn } from '../vendors/crmView.cts';
import type { MetaStandIn } from '../vendors/meta.cts';
import type { Behaviour, OpenAiStandIn } from '../vendors/openAi.cts';
import type { ResendStandIn } from '../vendors/resend.cts';
import type { StandIn } from '../vendors/standIn.cts';

export type Vendor = StandIn | OpenAiStandIn | CrmStandIn | ResendStandIn | MetaStandIn;

/** The running stand-ins, by a key that the console's addresses use. */
export type Vendors = Readonly<Record<string, Vendor>>;

export interface Breakage {
	key: string;
	label: string;
	apply(options: { times: number; status: number }): void;
}

const SLOW_MS = 8_000;

const MISBEHAVIOURS: { key: Behaviour; label: string }[] = [
	{ key: 'lies', label: 'Make things up' },
	{ key: 'refuses', label: 'Refuse to write' },
	{ key: 'obeys-injection', label: 'Obey the listing text' },
];

/**
 * What the console can do to a vendor. Failures count for the next requests; slowness and a model's
 * misbehaviour last until it is back to normal. A CRM keeps its records then, the mailbox its mails
 * and Meta its conversations; the others forget their behaviour and their limits with all else.
 */
export function breakagesOf(vendor: Vendor): Breakage[] {
	return [
		{
			key: 'status',
			label: 'Fail with a status',
			apply: ({ times, status }) => vendor.failNext({ status }, times),
		},
		{
			key: 'silent',
			label: 'Never answer',
			apply: ({ times }) => vendor.failNext('timeout', times),
		},
		...(keepsRecords(vendor)
			? [
					{
						key: 'accept-silent',
						label: 'Accept, but never answer',
						apply: ({ times }: { times: number }) =>
							vendor.failNext('timeout', times, { accepted: true }),
					},
				]
			: []),
		{
			key: 'cut',
			label: 'Cut the connection',
			apply: ({ times }) => vendor.failNext('reset', times),
		},
		{
			key: 'html',
			label: 'Answer with a web page',
			apply: ({ times }) => vendor.failNext('html', times),
		},
		{
			key: 'slow',
			label: `Answer after ${SLOW_MS / 1000} s`,
			apply: () => {
				vendor.delayMs = SLOW_MS;
			},
		},
		...('exhaustQuota' in vendor
			? [{ key: 'quota', label: 'Use up the daily quota', apply: () => vendor.exhaustQuota() }]
			: []),
		...('behave' in vendor
			? MISBEHAVIOURS.map(({ key, label }) => ({ key, label, apply: () => vendor.behave(key) }))
			: []),
		{
			key: 'normal',
			label: 'Back to normal',
			apply: () => (keepsRecords(vendor) ? vendor.heal() : vendor.reset()),
		},
	];
}

/** Whether something stays in it, so that an answer can be lost and the work be done. */
function keepsRecords(vendor: Vendor): boolean {
	return 'holds' in vendor || 'mails' in vendor || 'conversations' in vendor;
}
