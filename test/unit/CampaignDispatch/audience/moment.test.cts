import fc from 'fast-check';

import { readMoment } from '../../../../nodes/CampaignDispatch/audience/moment';

const two = (value: number) => String(value).padStart(2, '0');

describe('a moment', () => {
	it('is read as JavaScript reads what is ISO 8601 to both', () => {
		const date = fc.date({
			min: new Date('0000-01-01T00:00:00Z'),
			max: new Date('9999-12-31T23:59:59.999Z'),
			noInvalidDate: true,
		});
		fc.assert(
			fc.property(date, fc.nat(14), fc.nat(59), fc.boolean(), (moment, hours, minutes, isEast) => {
				const iso = moment.toISOString();
				const zone = `${isEast ? '+' : '-'}${two(hours)}:${two(minutes)}`;
				const forms = [
					iso,
					iso.slice(0, 10),
					`${iso.slice(0, 19)}Z`,
					`${iso.slice(0, 16)}Z`,
					`${iso.slice(0, 23)}${zone}`,
					`${iso.slice(0, 16)}${zone}`,
				];
				expect(forms.map(readMoment)).toEqual(forms.map((form) => Date.parse(form)));
			}),
			{ numRuns: 2000 },
		);
	});

	it.each([
		['2026-01-31 10:30', '2026-01-31T10:30:00Z'],
		['2026-01-31T10:30:15', '2026-01-31T10:30:15Z'],
		['2026-01-31 10:30:15.5', '2026-01-31T10:30:15.500Z'],
		['2026-01-31 10:30:15.1239999', '2026-01-31T10:30:15.123Z'],
		['2026-01-31 10:30:15.000001+00:00', '2026-01-31T10:30:15.000Z'],
	])('%s is %s', (text, iso) => {
		expect(readMoment(text)).toBe(Date.parse(iso));
	});

	it.each([
		...['', '2026', '2026-01', '2026-1-31', '20260131', '2026-00-10', '2026-13-01', '2026-01-00'],
		...['2026-01-32', '2026-04-31', '2025-02-29', '1900-02-29', '+2026-01-31', '2026/01/31'],
		...['2026-01-31T', '2026-01-31 1', '2026-01-31 10', '2026-01-31 1:30', '2026-01-31_10:30'],
		...['2026-01-31 24:00', '2026-01-31 10:60', '2026-01-31 10:30:60', '2026-01-31 10:30:'],
		...['2026-01-31 10:30:15.', '2026-01-31 10:30:15,5', '2026-01-31 10:30:15.5.5', '2026-01-31Z'],
		...['2026-01-31 10:30z', '2026-01-31 10:30 Z', '2026-01-31 10:30Zx', '2026-01-31 10:30+08'],
		...['2026-01-31 10:30+0800', '2026-01-31 10:30+15:00', '2026-01-31 10:30+08:60', ' 2026-01-31'],
		...['2026-01-31 ', '2026-01-31 10:30 PM', 'now', 'infinity', '０２６-01-31'],
	])('"%s" is none', (text) => {
		expect(readMoment(text)).toBeNaN();
	});
});
