import { readFileSync } from 'node:fs';
import path from 'node:path';

import type { INode } from 'n8n-workflow';

import { loadPackage, openWorkspace, ROOT, type Workspace } from './packed.cts';
import { STICKY_RULES } from './stickyRules.cts';
import { TEMPLATE_RULES } from './templateRules.cts';
import { type FindType, readTemplates, type Template, typesOf } from './templates.cts';

const RULES = { ...TEMPLATE_RULES, ...STICKY_RULES };
const TEMPLATES = readTemplates();

let workspace: Workspace;
let findType: FindType;

beforeAll(async () => {
	workspace = await openWorkspace();
	findType = typesOf(await loadPackage(await workspace.unpackTarball()));
}, 60_000);

afterAll(async () => await workspace.remove());

describe.each(TEMPLATES)('the template %s', (file, template) => {
	it.each(Object.entries(RULES))('%s', (_title, rule) => {
		expect(rule(template, file, findType)).toEqual([]);
	});

	it('stands in the README, with its nodes and its credentials', () => {
		const readme = readFileSync(path.join(ROOT, 'workflows', 'README.md'), 'utf8');
		const row =
			readme.split('\n').find((line) => line.startsWith(`| [\`${file}\`](${file})`)) ?? '';
		const [, , purpose = '', nodes = '', credentials = ''] = row.split('|');
		expect(purpose.trim()).not.toBe('');
		for (const node of template.nodes) {
			const { displayName = '', defaults } = findType(node) ?? {};
			if (displayName === 'Sticky Note') continue;
			const names = [displayName, String(defaults?.name)].map(readable);
			expect(names.some((name) => nodes.includes(name)) ? '' : names).toBe('');
			for (const { name } of Object.values(node.credentials ?? {})) {
				expect(credentials).toContain(`_${name}_`);
			}
		}
	});
});

it('the README lists no template that is not there', () => {
	const readme = readFileSync(path.join(ROOT, 'workflows', 'README.md'), 'utf8');
	const listed = [...readme.matchAll(/^\| \[`([^`]+)`\]/gm)].map(([, file]) => file);
	expect(listed.sort()).toEqual(TEMPLATES.map(([file]) => file).sort());
});

it('Prepare the state store runs sql/state-store.sql, to the letter', () => {
	const [, template] = TEMPLATES.find(([file]) => file === 'prepare-state-store.json')!;
	expect(nodeOf(template, 'Create Tables').parameters.query).toBe(
		readFileSync(path.join(ROOT, 'sql', 'state-store.sql'), 'utf8'),
	);
});

/** A way to break each rule, done to the enrichment template, and what the rule then says. */
const BREAKS: Array<[rule: string, says: string, breaks: (template: Template) => void]> = [
	['has the id', 'id "Zq81"', (t) => (t.id = 'Zq81')],
	['has the id', 'no description to speak of', (t) => (t.description = '')],
	['has a name in', 'begins with "Property"', (t) => (t.name = 'Property enrichment')],
	['has a name in', 'capital in "Listings"', (t) => (t.name = 'Enrich Listings')],
	[
		'names its credentials',
		'Record Result: postgres',
		(t) =>
			(nodeOf(t, 'Record Result').credentials = { postgres: { id: '7', name: 'State store' } }),
	],
	['carries no', 'pinned data', (t) => (t.pinData = { 'Sample Listing': [] })],
	['carries no', 'an instance id', (t) => (t.meta = { instanceId: 'abc' })],
	[
		'carries no',
		"Record Result: password = 'hunter22",
		(t) => (nodeOf(t, 'Record Result').parameters.query = "SELECT 1 -- password = 'hunter22'"),
	],
	[
		'uses node types',
		'Prepare Claim: n8n-nodes-property-platform.propertyIq 9',
		(t) => (nodeOf(t, 'Prepare Claim').typeVersion = 9),
	],
	[
		'uses node types',
		'Record Result: n8n-nodes-base.postgre 2.7',
		(t) => (nodeOf(t, 'Record Result').type = 'n8n-nodes-base.postgre'),
	],
	[
		'sets only',
		'Prepare Claim: listingColumn',
		(t) => (nodeOf(t, 'Prepare Claim').parameters.listingColumn = 'event'),
	],
	[
		'sets only',
		'Enrich Property: options.tonality',
		(t) => (nodeOf(t, 'Enrich Property').parameters.options = { tonality: 'dry' }),
	],
	[
		'sets only',
		'Prepare Claim: useRentCast',
		(t) => (nodeOf(t, 'Prepare Claim').parameters.useRentCast = true),
	],
	[
		'gives its nodes',
		'Property IQ Trigger: Parameter "Path" is required.',
		(t) => (nodeOf(t, 'Property IQ Trigger').parameters.path = ''),
	],
	[
		'gives its nodes',
		'Enrich Property: comparablesFrom has no "items"',
		(t) => (nodeOf(t, 'Enrich Property').parameters.comparablesFrom = 'items'),
	],
	[
		'gives triggers',
		'Property IQ Trigger',
		(t) => delete nodeOf(t, 'Property IQ Trigger').webhookId,
	],
	['can be tried', 'no manual trigger', (t) => (t.nodes = t.nodes.slice(0, 6))],
	[
		'can be tried',
		'no manual trigger',
		(t) => (nodeOf(t, 'Try It With a Sample').type = 'n8n-nodes-base.scheduleTrigger'),
	],
	['wires every', 'Enrich Property', (t) => t.connections['Enrich Property']?.main?.pop()],
	[
		'names and wires',
		'New or Repeat?: output 2 has no name',
		(t) => (nodeOf(t, 'New or Repeat?').parameters.options = { fallbackOutput: 'extra' }),
	],
	[
		'names and wires',
		'New or Repeat?: output 1 ends',
		(t) => (t.connections['New or Repeat?']!.main![1] = []),
	],
	['connects every', 'OpenAI Chat Model', (t) => delete t.connections['OpenAI Chat Model']],
	['has one yellow', '0 overviews', (t) => (nodeOf(t, 'Overview').parameters.color = 4)],
	['has one yellow', '1 words', (t) => (nodeOf(t, 'Overview').parameters.content = '### Setup')],
	[
		'has white sections',
		'Section: Enrich: color 5',
		(t) => (nodeOf(t, 'Section: Enrich').parameters.color = 5),
	],
	[
		'has white sections',
		'Section: Enrich: 50 words',
		(t) => (nodeOf(t, 'Section: Enrich').parameters.content = `### 2. ${'word '.repeat(49)}`),
	],
	[
		'lays every node',
		'Record Result lies in 0 sections',
		(t) => (nodeOf(t, 'Record Result').position = [0, 9000]),
	],
	[
		'lets no two',
		'Section: Enrich and Section: Report',
		(t) => (nodeOf(t, 'Section: Enrich').parameters.width = 9000),
	],
	[
		'lets no two',
		'Enrich Property and Record Result',
		(t) => (nodeOf(t, 'Record Result').position = nodeOf(t, 'Enrich Property').position),
	],
];

describe('the rules for templates', () => {
	const [file, template] = TEMPLATES.find(([name]) => name === 'property-enrichment.json')!;

	it.each(BREAKS)('"%s…" would say %s', (start, says, breaks) => {
		const rule = Object.entries(RULES).find(([title]) => title.startsWith(start))?.[1];
		const broken = structuredClone(template);
		breaks(broken);
		expect(rule?.(broken, file, findType)).toContain(says);
	});

	it('each have a way to be broken', () => {
		const unbroken = Object.keys(RULES).filter(
			(title) => !BREAKS.some(([start]) => title.startsWith(start)),
		);
		expect(unbroken).toEqual([]);
	});
});

function nodeOf(template: Template, name: string): INode {
	return template.nodes.find((node) => node.name === name)!;
}

/** n8n writes "Edit Fields (Set)" and "No Operation, do nothing"; a reader looks for the first half. */
function readable(displayName: string): string {
	return displayName.replace(/( \(|, ).*$/, '');
}
