import fc from 'fast-check';

import { isConsent, isUnsubscribed } from '../../../../nodes/CampaignDispatch/delivery/consent';
import { recipientKey } from '../../../../nodes/CampaignDispatch/delivery/recipient';
import {
	type AudienceRow,
	type PersonFields,
	selectRecipients,
} from '../../../../nodes/CampaignDispatch/delivery/selectRecipients';

const FIELDS: PersonFields = {
	emailField: 'email',
	idField: 'id',
	consentField: 'consent',
	unsubscribedField: 'unsubscribed',
};

const ANA = { id: 1, email: 'ana@example.com', consent: true, unsubscribed: null, beds: 3 };
const BEN = { ...ANA, id: 2, email: 'ben@example.com' };

const nothingMissing = () => [];

function reasons(rows: AudienceRow[], fields: Partial<PersonFields> = {}) {
	const { leftOut } = selectRecipients(rows, { ...FIELDS, ...fields }, nothingMissing);
	return leftOut.map(({ reason }) => reason);
}

describe('who of the audience is written to', () => {
	it('is everybody with consent and an address, in order, with what is known of them', () => {
		const { recipients, leftOut } = selectRecipients([BEN, ANA], FIELDS, nothingMissing);
		expect(leftOut).toEqual([]);
		expect(recipients).toEqual([
			{ recipient: recipientKey(BEN.email), email: BEN.email, personId: '2', data: BEN },
			{ recipient: recipientKey(ANA.email), email: ANA.email, personId: '1', data: ANA },
		]);
	});

	it.each([true, 1, 1n, '1', 'true', 'TRUE', 't', 'yes', 'Y', ' on '])(
		'has given consent with %p',
		(consent) => {
			expect(reasons([{ ...ANA, consent }])).toEqual([]);
		},
	);

	it.each([
		false,
		0,
		2,
		-1,
		null,
		undefined,
		'',
		'false',
		'no',
		'maybe',
		'2026-11-22',
		'truefalse',
		{},
		[true],
		{ toString: () => 'true' },
		Number.NaN,
	])('has not given consent with %p', (consent) => {
		expect(reasons([{ ...ANA, consent }])).toEqual(['no_consent']);
	});

	it('is nobody where there is no field of consent', () => {
		const { consent: _consent, ...row } = ANA;
		const { leftOut } = selectRecipients([row], FIELDS, nothingMissing);
		expect(leftOut[0]).toMatchObject({ reason: 'no_consent', detail: 'no field "consent"' });
	});

	it.each([null, undefined, false, 0, '', 'false', 'f', 'NO', 'n', 'off', '0', ' '])(
		'has not left with %p',
		(unsubscribed) => {
			expect(reasons([{ ...ANA, unsubscribed }])).toEqual([]);
		},
	);

	it.each([true, 1, 'yes', 't', 'perhaps', '2026-11-22T10:00:00Z', new Date(0), {}, []])(
		'has left with %p',
		(unsubscribed) => {
			expect(reasons([{ ...ANA, unsubscribed }])).toEqual(['unsubscribed']);
		},
	);

	it('is nobody where the field that says who left is not there, and says so', () => {
		const { unsubscribed: _unsubscribed, ...row } = ANA;
		const { leftOut } = selectRecipients([row], FIELDS, nothingMissing);
		expect(leftOut[0]).toMatchObject({ reason: 'unsubscribed', detail: 'no field "unsubscribed"' });
		expect(reasons([row], { unsubscribedField: '' })).toEqual([]);
	});

	it.each([0, 1])('is nobody who has left in another row (%i)', (position) => {
		const rows = [ANA, ANA];
		rows[position] = { ...ANA, email: 'ANA@example.com', unsubscribed: 'yes' as unknown as null };
		expect(reasons(rows)).toEqual(['unsubscribed', 'unsubscribed']);
	});

	it('is everybody once, the first row counts', () => {
		const rows = [ANA, BEN, { ...ANA, id: 3, email: ' ANA@EXAMPLE.COM ' }];
		const { recipients, leftOut } = selectRecipients(rows, FIELDS, nothingMissing);
		expect(recipients.map(({ personId }) => personId)).toEqual(['1', '2']);
		expect(leftOut).toEqual([
			{ recipient: recipientKey(ANA.email), personId: '3', reason: 'duplicate' },
		]);
	});

	it('is nobody of an earlier page again', () => {
		const known = new Set([recipientKey(ANA.email)]);
		const { recipients } = selectRecipients([ANA, BEN], FIELDS, nothingMissing, known);
		expect(recipients.map(({ personId }) => personId)).toEqual(['2']);
	});

	it.each(['', 'ana', 'Ana <ana@example.com>', 'a@b.co,c@d.co', null, undefined, 7, {}])(
		'is nobody with the address %p',
		(email) => {
			const { leftOut } = selectRecipients([{ ...ANA, email }], FIELDS, nothingMissing);
			expect(leftOut).toEqual([{ recipient: null, personId: '1', reason: 'broken_address' }]);
		},
	);

	it('is nobody for whom the template has nothing to show, and names the variables', () => {
		const missing = (data: AudienceRow) => (data.id === 2 ? ['first_name', 'property.title'] : []);
		const { recipients, leftOut } = selectRecipients([ANA, BEN], FIELDS, missing);
		expect(recipients.map(({ personId }) => personId)).toEqual(['1']);
		expect(leftOut).toEqual([
			{
				recipient: recipientKey(BEN.email),
				personId: '2',
				reason: 'missing_variables',
				detail: 'first_name, property.title',
				missing: ['first_name', 'property.title'],
			},
		]);
	});

	it('is a later row of a person whose first one lacks a variable', () => {
		const missing = (data: AudienceRow) => (data.id === 1 ? ['beds'] : []);
		const rows = [ANA, { ...ANA, id: 9 }];
		const { recipients } = selectRecipients(rows, FIELDS, missing);
		expect(recipients.map(({ personId }) => personId)).toEqual(['9']);
	});

	it('is nobody of another company, nor of none, where the company is to be checked', () => {
		const fields = { companyField: 'company_id', companyId: 'c-1' };
		const rows = ['c-1', 'c-2', undefined].map((company_id) => ({ ...ANA, company_id }));
		expect(reasons(rows, fields)).toEqual(['other_company', 'other_company']);
		const everywhere = rows.map((row) => ({ ...row, company_id: undefined }));
		expect(reasons(everywhere, { companyField: 'company_id' })).toHaveLength(3);
	});

	it('has no id where there is none', () => {
		const { recipients } = selectRecipients([{ ...ANA, id: null }], FIELDS, nothingMissing);
		expect(recipients[0]?.personId).toBeNull();
	});

	it('never says an address where it says why', () => {
		const rows = [{ ...ANA, consent: 0 }, { ...ANA, email: 'Ana <a@b.co>' }, ANA, ANA];
		const { leftOut } = selectRecipients(rows, FIELDS, nothingMissing);
		expect(leftOut).toHaveLength(3);
		expect(JSON.stringify(leftOut)).not.toContain('@');
	});

	it('accounts for every row once, and never takes one without consent', () => {
		const row = fc.record({
			id: fc.nat({ max: 5 }),
			email: fc.constantFrom('ana@example.com', 'ANA@example.com', 'ben@example.com', 'broken'),
			consent: fc.constantFrom(true, false, 'yes', null),
			unsubscribed: fc.constantFrom(false, true, null),
		});
		fc.assert(
			fc.property(fc.array(row), (rows) => {
				const { recipients, leftOut } = selectRecipients(rows, FIELDS, nothingMissing);
				expect(recipients.length + leftOut.length).toBe(rows.length);
				const keys = recipients.map(({ recipient }) => recipient);
				expect(new Set(keys).size).toBe(keys.length);
				for (const { data, recipient } of recipients) {
					expect([true, 'yes']).toContain(data.consent);
					const same = rows.filter(({ email }) => recipientKey(email) === recipient);
					expect(same.some(({ unsubscribed }) => unsubscribed === true)).toBe(false);
				}
			}),
		);
	});
});

describe('reading consent', () => {
	it('never finds a yes in both', () => {
		fc.assert(
			fc.property(fc.anything(), (value) => {
				// Who has given a clear yes to leaving has not been left in by the same word.
				if (isConsent(value)) expect(isUnsubscribed({ left: value }, 'left')).toBe(true);
			}),
		);
	});
});
