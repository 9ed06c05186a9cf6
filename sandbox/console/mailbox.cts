/** The mailbox: what the stand-in of Resend holds, and what people and mail providers do with it. */
import type { ResendMail, ResendStandIn } from '../vendors/resend.cts';
import { linksOf } from './mailLinks.cts';
import { unsubscribe } from './oneClick.cts';

const LATEST_MAILS = 30;

/** The newest mails first, without their content. */
export function listMails({ mails }: ResendStandIn) {
	return mails
		.slice(-LATEST_MAILS)
		.reverse()
		.map(({ id, to, subject, at, lastEvent, events }) => ({
			id,
			to,
			subject,
			at,
			lastEvent,
			events: events.map(({ type }) => type.replace('email.', '')),
		}));
}

/** One mail as it is opened; undefined where there is none. */
export function readMail({ mails }: ResendStandIn, id: string) {
	const mail = mails.find((each) => each.id === id);
	if (!mail) return undefined;
	const { from, to, subject, html, text, headers } = mail;
	return { id, from, to, subject, html, text, headers, links: linksOf(html) };
}

/** Does one thing with a mail; answers what stands in the way, or undefined where nothing did. */
type Act = (
	mailbox: ResendStandIn,
	mail: ResendMail,
	link: unknown,
) => string | undefined | Promise<string | undefined>;

const ACTS: Readonly<Record<string, Act>> = {
	open(mailbox, { id }) {
		mailbox.open(id);
		return undefined;
	},
	click(mailbox, { id, html }, link) {
		const isInMail = linksOf(html).some((each) => each === link);
		if (!isInMail) return 'The mail has no such link.';
		mailbox.click(id, link as string);
		return undefined;
	},
	bounce(mailbox, { id }) {
		mailbox.bounce(id, 'Permanent');
		return undefined;
	},
	complain(mailbox, { id }) {
		mailbox.complain(id);
		return undefined;
	},
	unsubscribe: async (_mailbox, { headers }) => await unsubscribe(headers),
};

export type ActOutcome = { done: true } | { done: false; status: 404 | 409; error: string };

/** Presses a button of a mail: open, click, bounce, complain or unsubscribe. */
export async function actOnMail(
	mailbox: ResendStandIn,
	id: string,
	name: string,
	link: unknown,
): Promise<ActOutcome> {
	const mail = mailbox.mails.find((each) => each.id === id);
	const act = Object.hasOwn(ACTS, name) ? ACTS[name] : undefined;
	if (!mail || !act) return { done: false, status: 404, error: 'There is no such mail or button.' };
	const error = await act(mailbox, mail, link);
	return error === undefined ? { done: true } : { done: false, status: 409, error };
}
