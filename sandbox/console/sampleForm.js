import { element } from './element.js';

export const pretty = (value) => JSON.stringify(value, null, 2);

/** Fills a form's text from the sample that is chosen, made ready by `prepare`. */
export function offerSamples(form, samples, prepare = (payload) => payload) {
	const choice = form.querySelector('select');
	const text = form.querySelector('textarea');
	const show = () => {
		text.value = pretty(prepare(samples[choice.value].payload));
	};
	choice.append(...samples.map(({ label }, index) => element('option', { value: index }, label)));
	choice.addEventListener('change', show);
	show();
}
