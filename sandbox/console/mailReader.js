/** One mail, opened: as its recipient sees it, and with what may become of it. */
import { call } from './call.js';
import { element, folded } from './element.js';

const BUTTONS = {
	open: ['Open', 'Opened.'],
	click: ['Click', 'Clicked.'],
	bounce: ['Bounce', 'Bounced for good.'],
	complain: ['Complain', 'Reported as spam.'],
	unsubscribe: ['Unsubscribe', 'Unsubscribed by one click.'],
};

/** Reads mails in `place`; `act` runs what a button does. */
export function mailReader(place, act) {
	let shown;
	const history = element('span.quiet');
	return {
		async read(id) {
			await act(async () => {
				shown = await call(`mails/${encodeURIComponent(id)}`);
				place.replaceChildren(...drawMail(shown, history, act));
				return '';
			});
			place.scrollIntoView({ block: 'nearest' });
		},
		/** Shows what has become of the mail since. */
		update(mails) {
			const mail = mails.find(({ id }) => id === shown?.id);
			if (mail) history.textContent = mail.events.join(' → ').replaceAll('_', ' ');
		},
	};
}

function drawMail(mail, history, act) {
	const link = element(
		'select',
		{ 'aria-label': 'Link' },
		...mail.links.map((address) => element('option', { value: address }, address)),
	);
	const button = (name) =>
		element(
			'button',
			{
				type: 'button',
				...(name === 'click' && mail.links.length === 0 && { disabled: '' }),
				click: () =>
					act(async () => {
						await call(`mails/${encodeURIComponent(mail.id)}/${name}`, { link: link.value });
						return BUTTONS[name][1];
					}),
			},
			BUTTONS[name][0],
		);
	return [
		element('strong', {}, mail.subject),
		element('span.quiet', {}, `${mail.from} → ${mail.to.join(', ')}`),
		history,
		element('div.row', {}, ...['open', 'bounce', 'complain', 'unsubscribe'].map(button)),
		element('div.row.clicks', {}, button('click'), link),
		// No scripts, no forms, no pop-ups, no way out: a mail is somebody else's HTML.
		mail.html && element('iframe', { sandbox: '', title: 'Mail', srcdoc: framed(mail.html) }),
		mail.text && folded('mail-text', 'Text part', mail.text),
		folded('mail-headers', 'Headers', mail.headers),
	];
}

/** Links ask for a window of their own, which the frame does not get: they lead nowhere there. */
const framed = (html) => `${html}<base target="_blank">`;
