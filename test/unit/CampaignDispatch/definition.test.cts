import {
	type CampaignDefinition,
	defineCampaign,
	definitionHash,
	openedCampaign,
	templateData,
} from '../../../nodes/CampaignDispatch/definition';
import { checkContract } from '../../../nodes/shared/contracts/check';

const REQUESTED = {
	campaign_id: 'c-1',
	company_id: 'company-1',
	audience_query: 'beds >= 2',
	template_id: 'news',
	sender: 'sales@company.com',
};

const TEMPLATES = [
	{ id: 'other', subject: 'Other', html: '<p>Other</p>' },
	{ id: 'news', subject: 'News', html: '<p>News</p>' },
];

const SETTINGS = {
	templates: TEMPLATES,
	unsubscribeUrl: 'https://n8n.example.com/leave',
	allowEverybody: false,
};

const define = (changed = {}, settings = {}): CampaignDefinition =>
	defineCampaign({ ...REQUESTED, ...changed }, { ...SETTINGS, ...settings })!;

describe('the definition of a campaign', () => {
	it('is what was requested, with the template it names', () => {
		expect(define()).toEqual({
			audienceQuery: 'beds >= 2',
			template: TEMPLATES[1],
			from: 'sales@company.com',
			unsubscribeUrl: 'https://n8n.example.com/leave',
			data: {},
			utm: { source: 'property-platform', medium: 'email', campaign: 'c-1' },
			allowEverybody: false,
		});
	});

	it('is none where no template has the name', () => {
		expect(define({ template_id: 'NEWS' })).toBeUndefined();
	});

	it.each([
		[null, {}],
		[{ season: 'dry' }, { season: 'dry' }],
	])('has as its data %p', (data, expected) => {
		expect(define({ data }).data).toEqual(expected);
	});

	it('takes the utm tags that were given, and its own for the others', () => {
		expect(define({ utm: { medium: 'newsletter', campaign: null } }).utm).toEqual({
			source: 'property-platform',
			medium: 'newsletter',
			campaign: 'c-1',
		});
	});

	it.each([
		[false, undefined, false],
		[false, null, false],
		[false, true, true],
		[true, false, true],
	])(
		'lets everybody be meant where the node or the platform says so: %p, %p',
		(node, platform, expected) => {
			expect(define({ allow_everybody: platform }, { allowEverybody: node }).allowEverybody).toBe(
				expected,
			);
		},
	);

	it('has an address for answers only where one was given', () => {
		expect(define({ reply_to: null })).not.toHaveProperty('replyTo');
		expect(define({ reply_to: 'ana@company.com' }).replyTo).toBe('ana@company.com');
	});
});

describe('the hash of a definition', () => {
	it('does not depend on the order of its parts', () => {
		const { from, ...rest } = define({ data: { a: 1, b: [1, 2] } });
		const turned = { ...rest, from, data: { b: [1, 2], a: 1 } };
		expect(definitionHash(turned)).toBe(definitionHash(define({ data: { a: 1, b: [1, 2] } })));
	});

	it.each([
		['the query', { audience_query: 'beds >= 3' }],
		['the order of a list', { data: { a: [2, 1] } }],
		['a yes', { allow_everybody: true }],
	])('depends on %s', (_what, changed) => {
		const data = { a: [1, 2] };
		expect(definitionHash(define({ data, ...changed }))).not.toBe(definitionHash(define({ data })));
	});

	it('is 32 hex digits', () => {
		expect(definitionHash(define())).toMatch(/^[0-9a-f]{32}$/);
	});
});

describe('what a template may show', () => {
	const campaign = { definition: define({ data: { season: 'dry', city: 'Manila' } }) };

	it('is the data of the campaign, those of the person before it, and the links before both', () => {
		const personal = { city: 'Taguig', unsubscribe_url: 'https://evil.example', utm: 'mine' };
		expect(templateData(campaign, personal, 'https://n8n.example.com/leave?token=t')).toEqual({
			season: 'dry',
			city: 'Taguig',
			utm: campaign.definition.utm,
			unsubscribe_url: 'https://n8n.example.com/leave?token=t',
		});
	});
});

describe('an opened campaign, as the ledger answers it', () => {
	const opened = {
		campaignId: 'c-1',
		companyId: 'company-1',
		correlationId: 'corr-1',
		definition: define(),
		definitionHash: 'hash',
	};

	it.each([{ cursor: null }, { cursor: 'p-7' }, {}])(
		'may stand anywhere in its audience: %p',
		(more) => {
			const checked = checkContract(openedCampaign, { ...opened, ...more, state: 'sending' });
			expect(checked).toEqual({ ok: true, value: { ...opened, ...more, state: 'sending' } });
		},
	);

	it('has a definition', () => {
		expect(checkContract(openedCampaign, { ...opened, definition: null })).toMatchObject({
			ok: false,
		});
	});
});
