const MOMENT = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d{1,3})?(Z|[+-]\d\d):?(\d\d)?$/;
const SECOND_MS = 1000;

/**
 * A moment as Graph writes it, in milliseconds since 1970; NaN where it is none. It is
 * `2015-11-12T15:27:06+0000`, or seconds since 1970 as a number or as text.
 * @see https://developers.facebook.com/docs/graph-api/guides/field-expansion
 */
export function readMoment(moment: string | number): number {
	if (typeof moment === 'number') return moment * SECOND_MS;
	if (/^\d{9,10}$/.test(moment)) return Number(moment) * SECOND_MS;
	const [, time, fraction = '', zone = '', minutes] = MOMENT.exec(moment) ?? [];
	if (time === undefined) return Number.NaN;
	return Date.parse(`${time}${fraction}${zone}${zone === 'Z' ? '' : `:${minutes ?? '00'}`}`);
}
