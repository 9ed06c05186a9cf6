import {
	checkMappings,
	FIELD_SOURCES,
	type FieldMapping,
	type FieldSource,
	mapFields,
	mappingFacts,
} from '../../../nodes/LeadScore/fieldMapping';
import { known } from './samples.cts';

const SOURCES = Object.keys(FIELD_SOURCES) as FieldSource[];

describe('a field mapping', () => {
	it.each<[FieldSource, unknown]>([
		['score', 85],
		['grade', 'A'],
		['priority', 'high'],
		['coverage', 100],
		['consent', true],
		['nextBestQuestion', 'When do you want to move in?'],
		['utmSource', 'facebook'],
		['utmCampaign', 'summer2024'],
		['propertyId', 'p-9'],
		['propertyTitle', 'Two-bedroom condo with a view'],
		['propertyPrice', 5_000_000],
		['companyId', 'c-1'],
		['leadId', '7d3f0c1a-52b1-4e6a-9c57-0f6a2f1f9d11'],
		['followUpDueAt', '2026-11-23T01:05:00Z'],
		['scoringVersion', '1'],
	])('can write %s', (value, written) => {
		const facts = mappingFacts(known());
		expect(mapFields([{ field: 'mine__c', value }], facts)).toEqual({ mine__c: written });
	});

	it('can write the reasons as one text', () => {
		const { reasons } = mapFields([{ field: 'reasons', value: 'reasons' }], mappingFacts(known()));
		expect(String(reasons).split('\n')).toHaveLength(4);
		expect(reasons).toMatch(/^Budget 37 of 40: Price 4 % above the budget\nLocation 26 of 30/);
	});

	it('writes values of its own, of any kind', () => {
		const mappings: FieldMapping[] = [
			{ field: 'team', value: 'other', other: 'BGC' },
			{ field: ' stage ', value: 'other', other: 3 },
			{ field: 'hot', value: 'other', other: false },
		];
		expect(mapFields(mappings, mappingFacts(known()))).toEqual({
			team: 'BGC',
			stage: 3,
			hot: false,
		});
	});

	it('writes nothing that is empty or not known, so that nothing is overwritten by it', () => {
		const bare = mappingFacts({
			...known(),
			lead: { lead_id: 'l-1', company_id: 'c-1' },
			scoring: { ...known().scoring, nextBestQuestion: null },
			followUp: { skipped: 'No consent' },
		});
		const empty = ['', '  ', null, undefined, Number.NaN].map((other, index) => ({
			field: `other_${index}`,
			value: 'other' as const,
			other,
		}));
		const all = SOURCES.map((value): FieldMapping => ({ field: value, value }));
		expect(Object.keys(mapFields([...all, ...empty], bare)).sort()).toEqual([
			'companyId',
			'consent',
			'coverage',
			'grade',
			'leadId',
			'priority',
			'reasons',
			'score',
			'scoringVersion',
		]);
	});

	it('says no to consent where nobody asked', () => {
		const facts = mappingFacts(known({ consent: null }));
		expect(mapFields([{ field: 'consent', value: 'consent' }], facts)).toEqual({ consent: false });
	});

	it('writes a price as a number only where it is one', () => {
		const price = (price_amount: string, currency: string) =>
			mappingFacts(known({ property: { price_amount, currency } })).propertyPrice;
		expect(price('5M', 'PHP')).toBe(5_000_000);
		expect(price('on request', 'PHP')).toBeUndefined();
		expect(price('€90,000', 'PHP')).toBeUndefined();
	});

	it('survives a field with the name of something in every object', () => {
		const fields = mapFields([{ field: '__proto__', value: 'score' }], mappingFacts(known()));
		expect(Object.keys(fields)).toEqual(['__proto__']);
		expect(({} as { score?: number }).score).toBeUndefined();
	});

	it('names its values in the order of the alphabet', () => {
		const names = Object.values(FIELD_SOURCES);
		expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b)));
	});
});

describe('a field mapping with a mistake', () => {
	const map = (...fields: string[]): FieldMapping[] =>
		fields.map((field) => ({ field, value: 'score' }));

	it('is told from one without', () => {
		const everything = SOURCES.map((value): FieldMapping => ({ field: `${value}__c`, value }));
		expect(checkMappings([])).toEqual([]);
		expect(checkMappings(everything, 'PropertyIQ_Lead_Id__c')).toEqual([]);
		expect(checkMappings(map('0f6a2f1f9d110f6a2f1f9d110f6a2f1f9d110f6a'))).toEqual([]);
	});

	it.each([
		'email',
		'Email',
		'emails',
		'phone',
		'firstname',
		'FirstName',
		'last_name',
		'Id',
		'OwnerId',
		'hubspot_owner_id',
		'HasOptedOutOfEmail',
		'marketing_status',
	])('may not touch %s, which is ours', (field) => {
		expect(checkMappings(map(field))).toEqual([`"${field}" is written by the node itself`]);
	});

	it('may not touch the field that holds the id', () => {
		expect(checkMappings(map('propertyiq_lead_id__C'), 'PropertyIQ_Lead_Id__c')).toEqual([
			'"propertyiq_lead_id__C" is the Lead ID Field',
		]);
	});

	it('has each mistake said in words', () => {
		const mappings = [
			...map('lead_score', ' ', 'lead score', 'Lead_Score', '@{lead.id}'),
			{ field: 'grade', value: 'toString' as never },
		];
		expect(checkMappings(mappings)).toEqual([
			'Row 2 names no CRM field',
			'"lead score" is no name of a CRM field: only letters, digits and _ may be in it',
			'"Lead_Score" is mapped twice',
			'"@{lead.id}" is no name of a CRM field: only letters, digits and _ may be in it',
			'"grade" is to hold "toString", which there is not',
		]);
	});
});
