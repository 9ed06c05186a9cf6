import { execFileSync } from 'node:child_process';

import {
	addressScope,
	answerScopes,
	zipScope,
} from '../../../../nodes/PropertyIq/enrichment/marketScopes';

const HOME = { address: '5500 Grand Lake Dr', city: 'San Antonio', state: 'TX', zip_code: '78244' };

describe('the scopes of paid answers', () => {
	it('are the address as sha256 has it, and the ZIP code', () => {
		const program =
			'import hashlib, sys; print(hashlib.sha256(sys.argv[1].encode()).hexdigest()[:32])';
		const written = '5500 grand lake dr|san antonio|tx|78244';
		const hash = execFileSync('python3', ['-c', program, written]).toString().trim();
		expect(answerScopes(HOME)).toEqual([`address:${hash}`, 'zip:78244']);
	});

	it('do not hold the address in clear', () => {
		expect(addressScope(HOME)).toMatch(/^address:[0-9a-f]{32}$/);
	});

	it('are the same however spaces and letter case are written', () => {
		const sloppy = { ...HOME, address: ' 5500  GRAND\tLake dr ', state: 'tx' };
		expect(addressScope(sloppy)).toBe(addressScope(HOME));
	});

	it.each([
		['address', '5501 Grand Lake Dr'],
		['city', 'Austin'],
		['state', 'OK'],
		['zip_code', '78245'],
		['zip_code', null],
	])('are others when %s is %p', (field, value) => {
		expect(addressScope({ ...HOME, [field]: value })).not.toBe(addressScope(HOME));
	});

	it('do not mix one field up with the next', () => {
		expect(addressScope({ address: 'a b', city: 'c' })).not.toBe(
			addressScope({ address: 'a', city: 'b c' }),
		);
	});

	it.each([undefined, null, '', '  '])('leave the ZIP code out where it is %p', (zip) => {
		expect(answerScopes({ ...HOME, zip_code: zip })).toHaveLength(1);
	});

	it('take ZIP+4 for its ZIP code', () => {
		expect(zipScope(' 78244-1234 ')).toBe('zip:78244');
	});
});
