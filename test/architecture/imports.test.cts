import { RULES } from './rules.cts';
import { importsOf, shippedSources } from './source.cts';

const SOURCES = shippedSources();

/** What breaks a rule, and the sentence that says so. */
const SAMPLES: Array<
	[what: string, rule: keyof typeof RULES, file: string, text: string, says: string]
> = [
	[
		'a node that imports another node',
		'rooms',
		'nodes/LeadScore/scoring/score.ts',
		"import { median } from '../../PropertyIq/valuation/robustStatistics';",
		'nodes/LeadScore/scoring/score.ts imports nodes/PropertyIq/valuation/robustStatistics.ts',
	],
	[
		'a shared file that imports a node',
		'rooms',
		'nodes/shared/http/extra.ts',
		"export * from '../../PropertyIq/enrichment/findings';",
		'nodes/shared/http/extra.ts imports nodes/PropertyIq/enrichment/findings.ts',
	],
	[
		'a credential that imports a node',
		'rooms',
		'credentials/Extra.credentials.ts',
		"import '../nodes/PropertyIq/actions';",
		'credentials/Extra.credentials.ts imports nodes/PropertyIq/actions/index.ts',
	],
	...['test/unit/x.cts', 'sandbox/clock.cts', 'bench/main.cts'].map(
		(target): (typeof SAMPLES)[number] => [
			`a node that imports ${target}`,
			'rooms',
			'nodes/PropertyIq/extra.ts',
			`import { x } from '../../${target}';`,
			`nodes/PropertyIq/extra.ts imports ../../${target}, which is not shipped`,
		],
	),
	[
		'a library of the tests',
		'libraries',
		'nodes/PropertyIq/extra.ts',
		"import fc from 'fast-check';",
		'nodes/PropertyIq/extra.ts imports fast-check',
	],
	[
		'a Node module that n8n does not allow, required late',
		'libraries',
		'nodes/PropertyIq/extra.ts',
		"export const read = () => require('node:fs');",
		'nodes/PropertyIq/extra.ts imports node:fs',
	],
	[
		'a library of another room',
		'libraries',
		'nodes/LeadScore/scoring/extra.ts',
		"import { DateTime } from 'luxon';",
		'nodes/LeadScore/scoring/extra.ts imports luxon',
	],
	[
		'a part of a library that nobody needs',
		'libraries',
		'nodes/LeadScore/scoring/extra.ts',
		"import 'libphonenumber-js/max';",
		'nodes/LeadScore/scoring/extra.ts imports libphonenumber-js/max',
	],
	[
		'a library imported on demand',
		'libraries',
		'nodes/PropertyIq/extra.ts',
		"export const load = async () => await import('zod/v4');",
		'nodes/PropertyIq/extra.ts imports zod/v4',
	],
	[
		"a plain file that uses one of n8n's types",
		'knowing',
		'nodes/shared/http/extra.ts',
		"import type { IDataObject } from 'n8n-workflow';",
		'nodes/shared/http/extra.ts imports n8n-workflow',
	],
	[
		"a plain file that names one of n8n's types in passing",
		'knowing',
		'nodes/shared/http/extra.ts',
		"export type Item = import('n8n-workflow').IDataObject;",
		'nodes/shared/http/extra.ts imports n8n-workflow',
	],
	[
		'a plain file that knows n8n through the bridge',
		'knowing',
		'nodes/shared/intake/extra.ts',
		"import { systemClock } from '../n8n/clock';",
		'nodes/shared/intake/extra.ts imports nodes/shared/n8n/clock.ts',
	],
	[
		'a plain file that knows n8n through an operation',
		'knowing',
		'nodes/PropertyIq/enrichment/extra.ts',
		"import { OPERATIONS } from '../actions';",
		'nodes/PropertyIq/enrichment/extra.ts imports nodes/PropertyIq/actions/index.ts',
	],
	[
		'a file of 301 lines',
		'length',
		'nodes/PropertyIq/extra.ts',
		'// line\n'.repeat(301),
		'nodes/PropertyIq/extra.ts has 301 lines',
	],
	...['helpers.ts', 'http.utils.ts', 'common/dates.ts'].map((name): (typeof SAMPLES)[number] => [
		`a file called ${name}`,
		'names',
		`nodes/shared/${name}`,
		'export const x = 1;',
		`nodes/shared/${name}`,
	]),
	[
		'a value of type any',
		'types',
		'nodes/PropertyIq/extra.ts',
		'export const x = 1;\nexport const y = x as any;',
		'nodes/PropertyIq/extra.ts:2',
	],
	[
		'a list of any',
		'types',
		'nodes/PropertyIq/extra.ts',
		'export function f(rows: Array<any>) { return rows; }',
		'nodes/PropertyIq/extra.ts:1',
	],
];

describe('the house', () => {
	it.each(Object.values(RULES))('$title', ({ check }) => {
		expect(check(SOURCES)).toEqual([]);
	});

	it.each(SAMPLES)('would notice %s', (_what, rule, file, text, says) => {
		expect(RULES[rule].check(new Map([...SOURCES, [file, text]]))).toEqual([says]);
	});

	it('has no rule that nothing could break', () => {
		const broken = new Set(SAMPLES.map(([, rule]) => rule));
		expect([...broken]).toEqual(Object.keys(RULES));
	});

	it('lets 300 lines, zod, node:crypto and words such as "any" in a comment through', () => {
		const text = ["import 'zod'; import 'node:crypto';", ...Array(299).fill('// any helpers')];
		const sample = new Map([['nodes/PropertyIq/anyHelper.ts', `${text.join('\n')}\n`]]);
		for (const { check } of Object.values(RULES)) expect(check(sample)).toEqual([]);
	});
});

describe('reading the sources', () => {
	it('finds the nodes, the credentials and the shared rooms', () => {
		expect([...SOURCES.keys()]).toEqual(
			expect.arrayContaining([
				'nodes/PropertyIq/PropertyIq.node.ts',
				'nodes/SignedWebhook/SignedWebhook.node.ts',
				'nodes/shared/signing/platform.ts',
				'nodes/shared/stateStore/claim.ts',
				'credentials/SignedWebhookApi.credentials.ts',
			]),
		);
	});

	it('sees every way to import, and no import that stands in a text or a comment', () => {
		const text = `
			import a from 'a'; import type { B } from 'b'; import 'c';
			export { d } from 'd'; export * from 'e';
			import f = require('f'); const g = require('g'); const h = import('h');
			type I = import('i').I;
			// import 'no'
			const text = "import 'neither'";
		`;
		expect(importsOf('x.ts', text)).toEqual(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i']);
	});
});
