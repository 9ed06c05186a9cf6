import type { HttpResponse } from '../../../../../nodes/shared/http/send';
import { leadFormRequest, readLeadForm } from '../../../../../nodes/shared/vendors/meta/leadForm';
import { readMoment } from '../../../../../nodes/shared/vendors/meta/moment';

const NOW = Date.parse('2026-11-22T10:00:00Z');

function answered(body: unknown, status = 200): HttpResponse {
	return { status, headers: {}, body };
}

describe('the lead of a form', () => {
	it('is asked for in the name of the Page, with the ad it came from', () => {
		const { path, headers, query } = leadFormRequest('233370042045345123', '104857600000001');
		expect(path).toBe('/233370042045345123');
		expect(headers).toEqual({ 'X-Meta-Account': '104857600000001' });
		expect(String(query?.fields).split(',')).toEqual(
			expect.arrayContaining(['created_time', 'ad_name', 'campaign_name', 'form_id', 'field_data']),
		);
	});

	it('has the answers in the order of the form', () => {
		const body = {
			created_time: '2015-11-12T15:27:06+0000',
			id: '233370042045345123',
			ad_id: '6042150290847',
			ad_name: 'Ad',
			adset_id: '1',
			adset_name: 'Set',
			campaign_id: '2',
			campaign_name: 'Campaign',
			form_id: '172036835026334',
			is_organic: false,
			platform: 'ig',
			field_data: [
				{ name: 'email', values: ['test@example.org'] },
				{ name: 'which_area?', values: ['Makati', 'BGC'] },
				{ name: 'empty' },
			],
		};
		expect(readLeadForm(answered(body), NOW)).toEqual({
			id: '233370042045345123',
			createdAt: '2015-11-12T15:27:06.000Z',
			formId: '172036835026334',
			adId: '6042150290847',
			adName: 'Ad',
			adsetId: '1',
			adsetName: 'Set',
			campaignId: '2',
			campaignName: 'Campaign',
			isOrganic: false,
			platform: 'ig',
			answers: [
				{ name: 'email', values: ['test@example.org'] },
				{ name: 'which_area?', values: ['Makati', 'BGC'] },
				{ name: 'empty', values: [] },
			],
		});
	});

	it('needs no ad and no time', () => {
		const body = { id: '9', field_data: [], ad_id: null, created_time: 'yesterday' };
		expect(readLeadForm(answered(body), NOW)).toEqual({ id: '9', answers: [] });
	});

	it.each([{}, { id: '9' }, { id: 9, field_data: [] }, { id: '9', field_data: [{}] }, '<html>'])(
		'is not read out of %j',
		(body) => {
			expect(() => readLeadForm(answered(body), NOW)).toThrow('cannot be read');
		},
	);

	it('says what to do where the Page token may not read leads', () => {
		const error = { code: 200, message: 'Requires leads_retrieval permission' };
		expect(() => readLeadForm(answered({ error }, 403), NOW)).toThrow('lacks a permission');
	});
});

describe('a moment of Graph', () => {
	it.each<[string | number, string]>([
		['2015-11-12T15:27:06+0000', '2015-11-12T15:27:06.000Z'],
		['2015-11-12T15:27:06+0800', '2015-11-12T07:27:06.000Z'],
		['2015-11-12T15:27:06-05:30', '2015-11-12T20:57:06.000Z'],
		['2015-11-12T15:27:06.5Z', '2015-11-12T15:27:06.500Z'],
		[1_447_342_026, '2015-11-12T15:27:06.000Z'],
		['1447342026', '2015-11-12T15:27:06.000Z'],
	])('%s is %s', (moment, iso) => {
		expect(new Date(readMoment(moment)).toISOString()).toBe(iso);
	});

	it.each(['', 'yesterday', '2015-11-12', '12 Nov 2015', '5'])('%j is none', (moment) => {
		expect(readMoment(moment)).toBeNaN();
	});
});
