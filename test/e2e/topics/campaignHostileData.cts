/** What people type into a form, or somebody else does in their name. */
import { mailsOf, newAudience, newCampaign, readersOf, sendCampaign } from '../campaigns.cts';
import { answered } from '../messages.cts';
import { heal } from '../world.cts';

describe('data that would like to be more than data', () => {
	const ROWS = [
		{ first_name: `<script>alert(1)</script><img src=x onerror="alert(2)">` },
		{ first_name: `" onmouseover="alert(3)` },
		{ first_name: 'Ana\r\nBcc: everybody@example.com', city: 'Taguig\r\nBcc: all@example.com' },
		{ first_name: '{{ 7 | times: 7 }}{% include "/etc/passwd" %}', city: '{{ unsubscribe_url }}' },
		{ first_name: '${7*7} $1 $2 {{$json.x}} =1+1', city: "Taguig'); DROP TABLE contact; --" },
		{ property_url: 'javascript:alert(document.domain)' },
		{ property_url: ' \u0001JaVaScRiPt:alert(1)' },
		{ property_url: 'data:text/html,<script>alert(1)</script>' },
		{ property_title: '\u202Egnp.exe\u200B', first_name: 'A'.repeat(5_000) },
	];
	let people: Awaited<ReturnType<typeof newAudience>>;
	let mails: ReturnType<typeof mailsOf>;

	beforeAll(async () => {
		heal();
		people = await newAudience(ROWS);
		const campaign = await newCampaign(people);
		await answered(await sendCampaign(campaign));
		expect(readersOf(campaign)).toEqual(people.map(({ email }) => email).sort());
		mails = mailsOf(campaign);
	});

	const mailTo = (row: number) => mails.find(({ to }) => to[0] === people[row]!.email)!;

	it('writes no tag and no attribute of its own', () => {
		for (const { html } of mails) {
			expect(html).not.toMatch(/<(?:script|img|iframe|style|svg)\b/i);
			expect(html).not.toMatch(/<[^>]*\son\w+\s*=/i);
		}
		expect(mailTo(0).html).toContain('Hello &lt;script&gt;alert(1)&lt;/script&gt;');
	});

	it('writes no header of its own', () => {
		for (const { subject, to, cc, bcc, headers } of mails) {
			expect(subject).not.toMatch(/[\r\n]/);
			expect({ to: to.length, cc, bcc }).toEqual({ to: 1, cc: [], bcc: [] });
			expect(Object.keys(headers).sort()).toEqual(['List-Unsubscribe', 'List-Unsubscribe-Post']);
			for (const value of Object.values(headers)) expect(value).not.toMatch(/[\r\n]/);
		}
		expect(mailTo(2).subject).toBe('New in Taguig Bcc: all@example.com: Two-bedroom condo in BGC');
	});

	it('is not a template itself, nor an expression of n8n, nor SQL', () => {
		expect(mailTo(3).html).toContain('Hello {{ 7 | times: 7 }}{% include &#34;/etc/passwd&#34; %}');
		expect(mailTo(3).subject).toContain('{{ unsubscribe_url }}');
		expect(mailTo(4).html).toContain('Hello ${7*7} $1 $2 {{$json.x}} =1+1,');
		expect(mailTo(4).subject).toContain("Taguig'); DROP TABLE contact; --");
	});

	it.each([5, 6, 7])('is no link unless it leads to the web (row %i)', (row) => {
		const links = [...mailTo(row).html!.matchAll(/href="([^"]*)"/g)].map(([, link]) => link!);
		expect(links).toEqual(['#', expect.stringMatching(/^http:.*token=/)]);
	});

	it('cannot turn what is written the other way round, or hide in it', () => {
		expect(mailTo(8).subject).toBe('New in Taguig: gnp.exe');
	});
});
