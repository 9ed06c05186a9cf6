import { element } from './element.js';
import { offerChoice } from './sampleForm.js';

/**
 * The form of a campaign, filled from the sample that is chosen. Answers a function that reads it as
 * a new campaign; what the sample has beside the fields of the form goes with it.
 */
export function campaignForm(form, { campaigns, companies }) {
	const fields = form.querySelectorAll('[name]');
	form.elements.company_id.append(
		...companies.map(({ id, name }) => element('option', { value: id }, name)),
	);
	let sample;
	offerChoice(form.querySelector('select'), campaigns, (payload) => {
		sample = payload;
		for (const field of fields) field.value = payload[field.name];
	});
	return () => ({
		...sample,
		...Object.fromEntries([...fields].map(({ name, value }) => [name, value])),
		campaign_id: crypto.randomUUID(),
	});
}
