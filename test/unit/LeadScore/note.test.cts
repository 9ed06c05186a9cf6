import type { KnownLead } from '../../../nodes/LeadScore/knownLead';
import { leadNote } from '../../../nodes/LeadScore/note';
import { noteHtml, noteText } from '../../../nodes/shared/vendors/crm/noteText';
import { known, LEAD, SCORING } from './samples.cts';

const NO_CONSENT =
	'No consent to be contacted: do not call, text or e-mail. The score was made without contacting anyone.';

function linesUnder(heading: string, lead: KnownLead): readonly string[] | undefined {
	return leadNote(lead).sections.find((section) => section.heading === heading)?.lines;
}

describe('the note of a lead', () => {
	it('says who asked about what, why the score is what it is, and what to do', () => {
		const lead = known({ message: 'Is it still available?\nI can view on Saturday.' });
		expect(leadNote(lead)).toEqual({
			title: 'Lead score 85/100, grade A',
			sections: [
				{
					heading: 'Score 85/100, grade A, high priority',
					lines: [
						'Budget 37 of 40: Price 4 % above the budget',
						'Location 26 of 30, inferred: Asked about a listing in Bonifacio Global City',
						'Contact 20 of 20: Can be called and written to (valid e-mail address; valid mobile number)',
						'Engagement 2 of 10, neutral: Source not known',
					],
				},
				{
					heading: 'Listing',
					lines: [
						'Two-bedroom condo with a view',
						'Unit 5, 8th Avenue, Taguig, Bonifacio Global City',
						'Price: PHP 5,000,000',
						'https://homes.example/p-9',
					],
				},
				{ heading: 'Ask next', lines: ['When do you want to move in?'] },
				{
					heading: 'Follow-up',
					lines: [
						'Call by Mon 23 Nov 2026, 09:05 (Asia/Manila).',
						'Grade A is followed up within 5 minutes of business hours.',
					],
				},
				{ heading: 'Consent', lines: ['The lead agreed to be contacted.'] },
				{
					heading: 'Where the lead came from',
					lines: ['utm_source: facebook', 'utm_campaign: summer2024'],
				},
				{
					heading: 'What the lead wrote',
					lines: ['Is it still available?', 'I can view on Saturday.'],
				},
			],
		});
	});

	it('leaves out what is not known', () => {
		const bare = { lead_id: 'l-1', company_id: 'c-1' };
		const lead: KnownLead = { lead: bare, scoring: { ...SCORING, nextBestQuestion: null } };
		expect(leadNote(lead).sections.map(({ heading }) => heading)).toEqual([
			'Score 85/100, grade A, high priority',
			'Consent',
		]);
	});

	it.each([false, null, undefined])('asks not to be in touch where consent is %p', (consent) => {
		const lead = known({ consent });
		expect(linesUnder('Consent', lead)).toEqual([NO_CONSENT]);
		expect(linesUnder('Follow-up', lead)).toBeUndefined();
	});

	it('says why nobody follows up', () => {
		const followUp = { skipped: 'The lead left neither a phone number nor an e-mail address' };
		expect(linesUnder('Follow-up', known({}, {}, { followUp }))).toEqual([
			'None. The lead left neither a phone number nor an e-mail address.',
		]);
	});

	it('says how much the score rests upon', () => {
		const lead = known({}, { coverage: 30, isProvisional: true, gradeCappedFrom: 'A', grade: 'B' });
		const lines = linesUnder('Score 85/100, grade B, high priority', lead);
		expect(lines?.slice(4)).toEqual([
			'30 % of the weights could be judged; the rest counts as neutral.',
			'The score is provisional: too little is known.',
			'The grade is held at B instead of A until more is known.',
		]);
	});

	it('has the listing from the look-up where the lead does not carry it', () => {
		const property = { title: 'Looked up', price_amount: '7500000.00', currency: 'PHP' };
		const lead = known({ property: { title: 'From the lead' } }, {}, { property });
		expect(linesUnder('Listing', lead)).toEqual(['From the lead', 'Price: PHP 7,500,000']);
	});

	it.each([
		['a number without a currency', { price_amount: 5_000_000 }, 'Price: 5,000,000'],
		['text with a magnitude', { price_amount: '5M', currency: 'PHP' }, 'Price: PHP 5,000,000'],
		['text with its currency', { price_amount: '₱5,250,000' }, 'Price: PHP 5,250,000'],
		['cents', { price_amount: 1250.5, currency: 'USD' }, 'Price: USD 1,250.5'],
		['a range, as it was given', { price_amount: '3M-5M', currency: 'PHP' }, 'Price: 3M-5M'],
		['words, as they were given', { price_amount: 'on request' }, 'Price: on request'],
		[
			'another currency, never converted',
			{ price_amount: '€90,000', currency: 'PHP' },
			'Price: €90,000',
		],
	])('writes a price given as %s', (_how, property, line) => {
		expect(linesUnder('Listing', known({ property }))).toContain(line);
	});

	it('names the listing by its id where it has no title', () => {
		expect(linesUnder('Listing', known({ property: null }))).toEqual(['Property p-9']);
	});

	it('links to web pages and nothing else', () => {
		for (const url of [
			'javascript:alert(1)',
			'data:text/html,x',
			`https://a.example/${'x'.repeat(400)}`,
		]) {
			expect(linesUnder('Listing', known({ property: { title: 'A', url } }))).toEqual(['A']);
		}
	});

	it('shows contact details that are of no use as they were given', () => {
		const lead = known({ email: 'john@@', phone: 'call me' }, { contact: { phone: 'call me' } });
		expect(linesUnder('Contact details that could not be used', lead)).toEqual([
			'Phone: call me',
			'E-mail: john@@',
		]);
	});

	it('repeats no contact detail that stands at the contact already', () => {
		const text = noteText(leadNote(known()), '');
		expect(text).not.toMatch(/john|4567/i);
	});

	it('shows a message as text, without what cannot be seen', () => {
		const message = 'Hi\r\n\r\n<b>Offer\u202e</b>\u0000 \u200bnow';
		const lead = known({ message });
		expect(linesUnder('What the lead wrote', lead)).toEqual(['Hi', '<b>Offer</b> now']);
		expect(noteHtml(leadNote(lead), '')).toContain('&lt;b&gt;Offer&lt;/b&gt; now');
	});

	it('says where a message goes on', () => {
		const long = linesUnder('What the lead wrote', known({ message: 'word '.repeat(1000) }));
		expect(long).toHaveLength(2);
		expect(long?.[0]).toHaveLength(1199);
		expect(long?.[1]).toBe('(The message goes on.)');
		const tall = linesUnder('What the lead wrote', known({ message: 'line\n'.repeat(40) }));
		expect(tall).toHaveLength(21);
	});

	it.each(['x', '&', '"', '\n', '🏡', 'ab '])(
		'stays below 8,000 characters however much %p there is',
		(unit) => {
			const much = (length: number) => unit.repeat(length).slice(0, length);
			const lead: KnownLead = {
				lead: {
					...LEAD,
					email: much(320),
					phone: much(64),
					message: much(10_000),
					utm: {
						source: much(200),
						medium: much(200),
						campaign: much(200),
						term: much(200),
						content: much(200),
					},
					property: {
						title: much(300),
						url: `https://${'x'.repeat(1990)}`,
						address: much(300),
						neighborhood: much(120),
						city: much(120),
						price_amount: much(60),
					},
				},
				scoring: {
					...SCORING,
					coverage: 33.3,
					isProvisional: true,
					gradeCappedFrom: 'A',
					contact: {},
					nextBestQuestion: much(9000),
					factors: SCORING.factors.map((factor) => ({
						...factor,
						weight: 33.333333333333336,
						status: 'missing',
						reason: much(9000),
						details: Array<string>(50).fill(much(9000)),
					})),
				},
				followUp: { ...known().followUp, reason: much(9000), dueLocal: much(9000) } as never,
			};
			const note = leadNote(lead);
			expect(noteText(note, 'lead-ref-0123456789abcdef0123').length).toBeLessThan(8000);
			expect(note.title.length).toBeLessThan(80);
			expect(noteHtml(note, 'lead-ref-0123456789abcdef0123').length).toBeLessThan(65_536);
		},
	);
});
