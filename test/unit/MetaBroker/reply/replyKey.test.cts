import { isReplyKey, replyKey } from '../../../../nodes/MetaBroker/reply/replyKey';

describe('the mark of a reply', () => {
	it('is made of the SHA-256 of the event and the number of the part', () => {
		// printf %s abc | sha256sum: the test vector of FIPS 180-2.
		expect(replyKey('abc', 0)).toBe('pp1:ba7816bf8f01cfea414140de:0');
		expect(replyKey('abc', 12)).toBe('pp1:ba7816bf8f01cfea414140de:12');
		expect(replyKey('abc', 0, 'holding')).toBe('pp1:ba7816bf8f01cfea414140de:h0');
	});

	it.each([replyKey('abc', 0), replyKey('', 999), replyKey('ñ\u0000', 3, 'holding')])(
		'%s is one of ours',
		(key) => expect(isReplyKey(key)).toBe(true),
	);

	it.each([
		'',
		'pp1:ba7816bf8f01cfea414140de',
		'pp1:ba7816bf8f01cfea414140de:',
		'pp1:BA7816BF8F01CFEA414140DE:0',
		'pp1:ba7816bf8f01cfea414140de0:0',
		'pp2:ba7816bf8f01cfea414140de:0',
		'xpp1:ba7816bf8f01cfea414140de:0',
		'pp1:ba7816bf8f01cfea414140de:0\n',
	])('%j is not', (metadata) => expect(isReplyKey(metadata)).toBe(false));
});
