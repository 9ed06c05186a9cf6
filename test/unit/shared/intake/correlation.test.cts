import fc from 'fast-check';

import { correlationIdFrom } from '../../../../nodes/shared/intake/correlation';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe('the correlation id', () => {
	it.each(['corr-1', '3d1f0a52-7c84-4b6e-9a2f-5e6d7c8b9a01', 'a.b_c:1', 'x'.repeat(128)])(
		'is kept when it is %s',
		(id) => {
			expect(correlationIdFrom(id)).toBe(id);
		},
	);

	it.each<[string, unknown]>([
		['missing', undefined],
		['empty', ''],
		['too long', 'x'.repeat(129)],
		['with a space', 'a b'],
		['with a line break, which would forge a header or a log line', 'a\r\nX-Admin: 1'],
		['ending in a line break', 'a\n'],
		['sent twice', ['a', 'b']],
		['a number', 7],
		['markup', '<script>'],
	])('is made anew when it is %s', (_name, header) => {
		expect(correlationIdFrom(header)).toMatch(UUID);
	});

	it('is a new one each time it is made', () => {
		expect(correlationIdFrom(undefined)).not.toBe(correlationIdFrom(undefined));
	});

	it('can always stand in a header, whatever was sent', () => {
		fc.assert(
			fc.property(fc.anything(), (header) => {
				expect(correlationIdFrom(header)).toMatch(/^[\w.:-]{1,128}$/);
			}),
		);
	});
});
