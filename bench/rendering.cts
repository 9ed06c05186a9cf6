import { Liquid } from 'liquidjs';

import { compileTemplate } from '../nodes/CampaignDispatch/rendering/compileTemplate';
import { cpuMicroseconds } from './cpuTime.cts';
import { mailTemplate, makeRecipients } from './mails.cts';
import type { Measurement } from './report.cts';
import { interleave } from './rounds.cts';

/** A round of them; five rounds are 100,000 mails. */
const MAILS = 20_000;

/**
 * A personal mail, checked and bounded, against liquidjs alone: the same three templates, parsed
 * once, with its own escaping for the HTML.
 */
export async function benchRendering(isQuick: boolean): Promise<Measurement[]> {
	const recipients = makeRecipients(MAILS);
	const compiled = compileTemplate(mailTemplate);
	const renderAlone = liquidjsAlone();
	const measure = (render: (data: (typeof recipients)[number]) => unknown) => () =>
		cpuMicroseconds(() => recipients.forEach((data) => void render(data)), 1) / MAILS;
	const subjects = { ours: measure(compiled.render), alone: measure(renderAlone) };
	subjects.ours();
	subjects.alone();
	const rounds = await interleave(subjects, isQuick ? 3 : 5);
	return [
		{
			name: 'subject, HTML and text of a mail',
			measured: rounds.cost('ours'),
			against: 'liquidjs alone',
			alternative: rounds.cost('alone'),
			unit: 'µs',
			ratio: rounds.ratio('ours', 'alone'),
			target: { atMost: 1.3 },
		},
	];
}

function liquidjsAlone(): (data: object) => unknown {
	const plain = new Liquid();
	const escaping = new Liquid({ outputEscape: 'escape' });
	const subject = plain.parse(mailTemplate.subject);
	const html = escaping.parse(mailTemplate.html);
	const text = plain.parse(mailTemplate.text);
	return (data) => ({
		subject: plain.renderSync(subject, data),
		html: escaping.renderSync(html, data),
		text: plain.renderSync(text, data),
	});
}
