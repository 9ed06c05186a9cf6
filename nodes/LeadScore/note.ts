import type { LeadProperty } from '../shared/contracts/leadCreated';
import { oneLine } from '../shared/text/oneLine';
import type { CrmNote } from '../shared/vendors/crm/port';
import type { KnownLead } from './knownLead';
import { listingOf, priceOf } from './listing';
import { reachOf } from './reach';
import type { ScoredLead } from './scoredLead';

export const NO_CONSENT =
	'No consent to be contacted: do not call, text or e-mail. The score was made without contacting anyone.';

/** Longest texts, in characters: together a note stays below 8,000, which every CRM takes. */
const LONGEST = { line: 300, details: 400, link: 400, tag: 100, message: 1200 };
const MESSAGE_LINES = 20;

/** What the people of the agency read at the lead in their CRM. */
export function leadNote(known: KnownLead): CrmNote {
	const { lead, scoring, followUp } = known;
	const { score, grade, priority } = scoring;
	const sections = [
		{
			heading: `Score ${score}/100, grade ${grade}, ${priority} priority`,
			lines: scoreLines(scoring),
		},
		{ heading: 'Listing', lines: listingLines(listingOf(known)) },
		{ heading: 'Ask next', lines: [oneLine(scoring.nextBestQuestion ?? '', LONGEST.line)] },
		{ heading: 'Follow-up', lines: lead.consent ? followUpLines(followUp) : [] },
		{
			heading: 'Consent',
			lines: [lead.consent ? 'The lead agreed to be contacted.' : NO_CONSENT],
		},
		{ heading: 'Contact details that could not be used', lines: unusable(known) },
		{ heading: 'Where the lead came from', lines: sourceLines(lead.utm) },
		{ heading: 'What the lead wrote', lines: messageLines(lead.message) },
	];
	return {
		title: `Lead score ${score}/100, grade ${grade}`,
		sections: sections
			.map(({ heading, lines }) => ({ heading, lines: lines.filter((line) => line !== '') }))
			.filter(({ lines }) => lines.length > 0),
	};
}

/** One line a factor, such as `Budget 37 of 40: Price 8 % above the budget`. */
export function reasonLines({ factors }: ScoredLead): string[] {
	return factors.map(({ key, weight, points, status, reason, details = [] }) => {
		const label = key.charAt(0).toUpperCase() + key.slice(1);
		const certainty = { known: '', inferred: ', inferred', missing: ', neutral' }[status];
		const parts = oneLine(details.join('; '), LONGEST.details);
		const why = oneLine(reason, LONGEST.line) + (parts && ` (${parts})`);
		return `${label} ${points} of ${weight}${certainty}: ${why}`;
	});
}

function scoreLines(scoring: ScoredLead): string[] {
	const { coverage, isProvisional, grade, gradeCappedFrom } = scoring;
	return [
		...reasonLines(scoring),
		...(coverage < 100
			? [`${Math.round(coverage)} % of the weights could be judged; the rest counts as neutral.`]
			: []),
		...(isProvisional ? ['The score is provisional: too little is known.'] : []),
		...(gradeCappedFrom
			? [`The grade is held at ${grade} instead of ${gradeCappedFrom} until more is known.`]
			: []),
	];
}

/** The listing in words: title, address, price with its currency, link. */
export function listingLines(listing: LeadProperty): string[] {
	const { title, property_id, url } = listing;
	const name = title ?? (property_id ? `Property ${property_id}` : '');
	const isLink = url && /^https?:\/\//i.test(url) && url.length <= LONGEST.link;
	const price = priceInWords(listing);
	return [
		oneLine(name, LONGEST.line),
		oneLine(addressOf(listing), LONGEST.line),
		price && `Price: ${price}`,
		isLink ? oneLine(url, LONGEST.link) : '',
	].filter((line) => line !== '');
}

function priceInWords(listing: LeadProperty): string {
	const price = priceOf(listing);
	if (price) {
		const amount = price.amount.toLocaleString('en-US');
		return price.currency ? `${price.currency} ${amount}` : amount;
	}
	const { price_amount } = listing;
	return typeof price_amount === 'string' ? oneLine(price_amount, LONGEST.tag) : '';
}

/** Without the parts that the address itself names already. */
function addressOf({
	address,
	neighborhood,
	city,
	state,
	zip_code,
	country,
}: LeadProperty): string {
	return [neighborhood, city, state, zip_code, country].reduce<string>((written, part) => {
		if (!part || written.toLowerCase().includes(part.toLowerCase())) return written;
		return written ? `${written}, ${part}` : part;
	}, address ?? '');
}

function followUpLines(followUp: KnownLead['followUp']): string[] {
	if (!followUp) return [];
	if ('skipped' in followUp) return [`None. ${oneLine(followUp.skipped, LONGEST.line)}.`];
	const { kind, dueLocal, reason } = followUp;
	return [
		`${kind === 'email' ? 'E-mail' : 'Call'} by ${oneLine(dueLocal, LONGEST.tag)}.`,
		oneLine(reason, LONGEST.line),
	];
}

function unusable({ lead, scoring }: KnownLead): string[] {
	const reach = reachOf(scoring.contact);
	const given = (label: string, text: string | null | undefined) =>
		text?.trim() ? `${label}: ${oneLine(text, LONGEST.tag)}` : '';
	return [
		reach.phone ? '' : given('Phone', lead.phone),
		reach.email ? '' : given('E-mail', lead.email),
	];
}

function sourceLines(utm: KnownLead['lead']['utm']): string[] {
	const { source, medium, campaign, term, content } = utm ?? {};
	return Object.entries({ source, medium, campaign, term, content })
		.filter(([, tag]) => tag)
		.map(([name, tag]) => `utm_${name}: ${oneLine(tag!, LONGEST.tag)}`);
}

function messageLines(message: string | null | undefined): string[] {
	const text = message ?? '';
	const lines = text
		.slice(0, LONGEST.message)
		.split(/[\r\n\u2028\u2029]+/)
		.map((line) => oneLine(line, LONGEST.message))
		.filter((line) => line !== '');
	const shown = lines.slice(0, MESSAGE_LINES);
	const isCut = text.length > LONGEST.message || lines.length > shown.length;
	return isCut ? [...shown, '(The message goes on.)'] : shown;
}
