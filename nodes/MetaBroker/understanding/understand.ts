import { countryCode } from '../../shared/contact/country';
import { findEmails } from '../../shared/contact/findEmails';
import { findPhones } from '../../shared/contact/findPhones';
import { blank } from '../../shared/contact/span';
import { findingsOf } from './findings';
import { intentsOf } from './intents';
import { languageOf } from './language';
import { fold, readableText } from './readableText';
import { RuleProblem } from './ruleProblem';
import { slotsOf } from './slots';
import { tokenize } from './tokens';
import type { Contact, Understanding, UnderstandingSettings } from './understanding';
import { createVocabulary } from './vocabulary';
import { wordsOf } from './words';

/** Understands a message that was written at a moment. */
export type Understand = (text: string, now: Date) => Understanding;

/**
 * Makes a function that says what a message wants: the same answer for the same text and moment,
 * in time that grows with its length alone. Throws a RuleProblem for a rule, a place, a country or
 * a threshold that cannot be used.
 */
export function compileUnderstanding(settings: Omit<UnderstandingSettings, 'now'>): Understand {
	const { rules, places, threshold } = settings;
	const home = countryCode(settings.country);
	if (home === undefined) {
		throw new RuleProblem(
			`"${settings.country}" is no country`,
			'Write its two letters (ISO 3166), such as PH.',
		);
	}
	if (!(threshold >= 0 && threshold <= 1)) {
		throw new RuleProblem(`The threshold is ${threshold}`, 'Give one from 0 to 1.');
	}
	const vocabulary = createVocabulary(rules, places);
	return (text, now) => {
		const readable = readableText(text);
		const emails = findEmails(readable);
		const withoutEmails = blank(readable, emails);
		const phones = findPhones(withoutEmails, home);
		const tokens = tokenize(fold(blank(withoutEmails, phones)));
		const words = wordsOf(tokens);
		const findings = findingsOf(vocabulary, words);
		const slots = slotsOf(tokens, findings, now);
		const contact: Contact = {};
		if (emails[0]) contact.email = emails[0].address;
		if (phones[0]) contact.phone = phones[0].number;
		return {
			intents: intentsOf(findings, slots, contact, threshold),
			slots,
			contact,
			language: languageOf(tokens),
		};
	};
}

/** Understands one message; for many, compile the settings once. */
export function understand(text: string, settings: UnderstandingSettings): Understanding {
	return compileUnderstanding(settings)(text, settings.now);
}
