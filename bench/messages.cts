/** Sentences as people write them to an agency, with holes for what differs from one to the next. */
const SENTENCES = [
	'Hi, is the {beds}BR condo in {place} still available?',
	'Looking for {beds}BR condo in {place}, budget {millions}M',
	'magkano po yung {beds} bedroom sa {place}?',
	'hm po? {beds}br {place}, {name} here',
	'Good morning po, pwede po ba mag-viewing sa {day}? si {name} po ito',
	'naghahanap po ako ng bahay sa {place}, hanggang {millions}M lang po',
	'my number is 09{phone}, {name}',
	'you can email me at {name}@example.com thanks',
	'lf {beds}br for rent {place} {thousands}k monthly',
	'saan po ito banda sa {place}? malapit po ba sa MRT? - {name}',
	'pwede po ba hulugan or Pag-IBIG? around {millions},000,000 po',
	'available pa po ba? move in next month, {name}, {sqm} sqm up',
	'How much is the monthly amortization for {millions}M? {name}',
	'I want to talk to an agent about the {sqm} sqm lot in {place} pls',
	'thank you po {name}, see you on {day}',
];
const PLACES = ['BGC', 'Makati', 'Quezon City', 'Pasig', 'Cebu', 'Taguig', 'Sta. Rosa', 'Tagaytay'];
const DAYS = ['Saturday', 'Sunday', 'Monday', 'Friday'];

/** So many messages, no two of them alike, the same ones each time. */
export function makeMessages(count: number): string[] {
	return Array.from({ length: count }, (_, index) => {
		const values: Record<string, string> = {
			beds: String((index % 5) + 1),
			place: PLACES[index % PLACES.length]!,
			millions: String((index % 28) + 2),
			thousands: String((index % 60) + 8),
			sqm: String((index % 300) + 20),
			day: DAYS[index % DAYS.length]!,
			name: nameOf(index),
			phone: String(170_000_000 + index),
		};
		const sentence = SENTENCES[index % SENTENCES.length]!;
		const filled = sentence.replace(/\{(\w+)\}/g, (_hole, hole: string) => values[hole]!);
		return sentence.includes('{name}') ? filled : `${filled} ${nameOf(index)}`;
	});
}

/** A word of small letters that no other index has. */
function nameOf(index: number): string {
	return [...index.toString(26)]
		.map((digit) => String.fromCharCode(97 + parseInt(digit, 26)))
		.join('');
}
