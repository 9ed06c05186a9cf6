import { formOfRow } from '../../../../nodes/MetaBroker/leadForm/formOfRow';

describe('the form that a row holds', () => {
	it('is a lead as Graph answers it', () => {
		const row = {
			id: '233370042045345',
			created_time: '2015-11-12T15:27:06+0000',
			form_id: '2',
			ad_id: '3',
			ad_name: 'Carousel',
			campaign_name: 'bgc',
			is_organic: true,
			platform: 'ig',
			field_data: [
				{ name: 'email', values: ['a@example.com'] },
				{ name: 'areas', values: ['BGC', 7] },
				{ name: 'empty' },
				{ values: ['nobody asked'] },
				null,
			],
		};
		expect(formOfRow(row)).toEqual({
			id: '233370042045345',
			createdAt: '2015-11-12T15:27:06.000Z',
			formId: '2',
			adId: '3',
			adName: 'Carousel',
			campaignName: 'bgc',
			isOrganic: true,
			platform: 'ig',
			answers: [
				{ name: 'email', values: ['a@example.com'] },
				{ name: 'areas', values: ['BGC', '7'] },
				{ name: 'empty', values: [] },
			],
		});
	});

	it("is a row of Meta's file, in which every other column is a question", () => {
		const row = {
			id: 'l:1',
			created_time: '2026-11-20T17:30:00+08:00',
			ad_id: 'ag:3',
			adset_id: 'as:4',
			campaign_id: 'c:5',
			form_id: 'f:2',
			form_name: 'Homes',
			is_organic: 'TRUE',
			platform: 'fb',
			lead_status: 'CREATED',
			email: 'a@example.com',
			phone_number: 'p:+639175550123',
			bedrooms: 3,
			note: null,
		};
		expect(formOfRow(row)).toMatchObject({
			id: '1',
			createdAt: '2026-11-20T09:30:00.000Z',
			formId: '2',
			adId: '3',
			isOrganic: true,
			answers: [
				{ name: 'email', values: ['a@example.com'] },
				{ name: 'phone_number', values: ['+639175550123'] },
				{ name: 'bedrooms', values: ['3'] },
				{ name: 'note', values: [''] },
			],
		});
	});

	it.each([
		[true, true],
		['true', true],
		[false, false],
		['false', false],
		['', false],
		[undefined, false],
		[null, false],
	])('is organic where it says %s: %s', (given, isOrganic) => {
		expect(formOfRow({ id: '1', is_organic: given })).toMatchObject({ isOrganic });
	});

	it.each([[''], ['yesterday'], [undefined]])('has no time where it says "%s"', (given) => {
		expect(formOfRow({ id: '1', created_time: given })).not.toHaveProperty('createdAt');
	});

	it.each([[{}], [{ id: '' }], [{ id: 'l:' }], [{ id: null }], [{ id: {} }]])(
		'is none without an id: %j',
		(row) => {
			expect(formOfRow(row)).toBeUndefined();
		},
	);
});
