import { element } from './element.js';

export const pretty = (value) => JSON.stringify(value, null, 2);

/** Offers samples by their labels, and shows the one that is chosen: at first the first. */
export function offerChoice(choice, samples, show) {
	const showChosen = () => show(samples[choice.value].payload);
	choice.append(...samples.map(({ label }, index) => element('option', { value: index }, label)));
	choice.addEventListener('change', showChosen);
	showChosen();
}

/** Fills a form's text from the sample that is chosen, made ready by `prepare`. */
export function offerSamples(form, samples, prepare = (payload) => payload) {
	const text = form.querySelector('textarea');
	offerChoice(form.querySelector('select'), samples, (payload) => {
		text.value = pretty(prepare(payload));
	});
}
