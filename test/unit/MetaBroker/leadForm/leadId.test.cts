import fc from 'fast-check';

import { leadIdOf } from '../../../../nodes/MetaBroker/leadForm/leadId';

describe('the id of a lead', () => {
	it.each([
		['233370042045345', 'ebeb2cae-f570-562d-b3ce-ae617e00a8db'],
		['9007199254740993', '8df7f882-9759-56e9-9cd5-a19b3cc6f920'],
		['1', '8c1f86c4-53d5-5982-8d2e-fc12a8234493'],
		['', 'ffa33923-63eb-544c-828f-40ca5f231a28'],
	])(
		"of %s is python's uuid.uuid5(NAMESPACE_URL, 'https://www.facebook.com/lead/…')",
		(id, uuid) => {
			expect(leadIdOf(id)).toBe(uuid);
		},
	);

	it('is a UUID of version 5, another one for each lead', () => {
		fc.assert(
			fc.property(fc.string(), fc.string(), (one, other) => {
				expect(leadIdOf(one)).toMatch(
					/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
				);
				expect(leadIdOf(one) === leadIdOf(other)).toBe(one === other);
			}),
		);
	});
});
