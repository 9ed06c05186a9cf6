import { oneLine } from './oneLine';

const EMAIL = /(?:"[^"\n]{1,64}"|[^\s@()<>,;:="']{1,64})@[^\s@()<>,;:="']{1,255}/g;
/** As people write it, with its country or area code: dates and ids of records are no numbers. */
const PHONE = /(?<![\w.-])(?:\+|\(|0(?!\.))(?:[ ()./-]{0,2}\d){6,14}(?!\w)/g;

/** One line of a text that somebody else wrote, without e-mail addresses and phone numbers. */
export function impersonal(text: string, maxLength: number): string {
	const line = oneLine(text, maxLength);
	const masked = line.replace(EMAIL, '(e-mail)').replace(PHONE, '(phone number)');
	return oneLine(masked, maxLength);
}
