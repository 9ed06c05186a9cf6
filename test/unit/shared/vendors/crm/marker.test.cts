import { execFileSync } from 'node:child_process';

import fc from 'fast-check';

import { leadMarker } from '../../../../../nodes/shared/vendors/crm/marker';
import { escapeHtml } from '../../../../../nodes/shared/vendors/crm/noteText';

describe('the marker of a lead', () => {
	it.each(['uuid', '7d3f0c1a-52b1-4e6a-9c57-0f6a2f1f9d11', 'ñ'])(
		'is the beginning of the SHA-256 of %s, as sha256sum computes it',
		(leadId) => {
			const sum = execFileSync('sha256sum', { input: leadId }).toString();
			expect(leadMarker(leadId)).toBe(`lead-ref-${sum.slice(0, 20)}`);
		},
	);

	it('survives escaping, and no id has a part of it that is the marker of another', () => {
		fc.assert(
			fc.property(fc.string(), fc.string(), (one, other) => {
				const marker = leadMarker(one);
				expect(escapeHtml(marker)).toBe(marker);
				expect(encodeURIComponent(marker)).toBe(marker);
				expect(marker.includes(leadMarker(other))).toBe(one === other);
			}),
		);
	});
});
