const MOMENT = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(\.\d{1,3})?\d*(Z|[+-]\d\d(?::?\d\d)?)$/;

/**
 * A moment as Resend writes it, in milliseconds since 1970; NaN where it is none. Webhooks have
 * `2024-02-22T23:41:12.126Z`, or six decimals and `+00:00`; lists have `2024-02-22 23:41:11.894+00`.
 * @see https://resend.com/docs/webhooks/introduction
 */
export function readMoment(text: string): number {
	const [, date, time, fraction = '', zone = ''] = MOMENT.exec(text) ?? [];
	if (date === undefined) return Number.NaN;
	const [, sign = '+', hours = '00', minutes = '00'] = /^([+-])(\d\d):?(\d\d)?$/.exec(zone) ?? [];
	return Date.parse(`${date}T${time}${fraction}${sign}${hours}:${minutes}`);
}
