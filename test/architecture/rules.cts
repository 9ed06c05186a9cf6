import { importsOf, linesWithAny, resolveImport, type Sources } from './source.cts';

/** Says what in the sources breaks a rule, a sentence each; nothing where all is well. */
type Check = (sources: Sources) => string[];

const MAX_LINES = 300;

/** n8n hands this one over at run time, and only to files that say so. */
const N8N = 'n8n-workflow';
/** zod is bundled on purpose; node:crypto is the one Node module that n8n's lint lets through. */
const LIBRARIES = [N8N, 'zod', 'node:crypto'];
const PHONE_NUMBERS = /^nodes\/(shared\/contact|LeadScore\/scoring)\//;
/** Bundled too, each only where its subject is: time zones, numbering plans, and templates. */
const LIBRARIES_OF: Record<string, RegExp> = {
	luxon: /^nodes\/LeadScore\/followUp\//,
	liquidjs: /^nodes\/CampaignDispatch\/rendering\//,
	'libphonenumber-js/core': PHONE_NUMBERS,
	'libphonenumber-js/max/metadata': PHONE_NUMBERS,
};

/** A file knows n8n if its name or room says so, or if it is the list of a node's operations. */
const KNOWS_N8N = [
	/\.(node|operation|description|credentials)\.ts$/,
	/^nodes\/shared\/n8n\//,
	/^nodes\/[^/]+\/actions\/index\.ts$/,
];
const SAYS_NOTHING = /(^|[/.])(utils?|helpers?|common)([/.]|$)/i;

/** The rules of the house. */
export const RULES = {
	rooms: {
		title: 'a folder imports itself and what is shared, and shared/ imports no node',
		check: eachImport((file, specifier, target) => {
			if (!specifier.startsWith('.')) return undefined;
			if (!target) return `${file} imports ${specifier}, which is not shipped`;
			const [from, to] = [roomOf(file), roomOf(target)];
			return from === to || to === 'nodes/shared' ? undefined : `${file} imports ${target}`;
		}),
	},
	libraries: {
		title: 'no library is imported that is neither bundled nor there at run time',
		check: eachImport((file, specifier) =>
			specifier.startsWith('.') ||
			LIBRARIES.includes(specifier) ||
			LIBRARIES_OF[specifier]?.test(file)
				? undefined
				: `${file} imports ${specifier}`,
		),
	},
	knowing: {
		title: 'only files whose name or room says so know n8n, not even through another file',
		check: eachImport((file, specifier, target) =>
			!knowsN8n(file) && (specifier === N8N || (target !== undefined && knowsN8n(target)))
				? `${file} imports ${target ?? specifier}`
				: undefined,
		),
	},
	length: {
		title: `no file has more than ${MAX_LINES} lines`,
		check: eachFile((file, text) => {
			const lines = text.replace(/\n$/, '').split('\n').length;
			return lines > MAX_LINES ? [`${file} has ${lines} lines`] : [];
		}),
	},
	names: {
		title: 'no file or folder has a name that says nothing',
		check: eachFile((file) => (SAYS_NOTHING.test(file) ? [file] : [])),
	},
	types: {
		title: 'no type is any',
		check: eachFile((file, text) => linesWithAny(file, text).map((line) => `${file}:${line}`)),
	},
} satisfies Record<string, { title: string; check: Check }>;

/** `nodes/PropertyIq`, `nodes/shared` or `credentials`. */
function roomOf(file: string): string {
	const [top = '', second = ''] = file.split('/');
	return top === 'nodes' ? `${top}/${second}` : top;
}

function knowsN8n(file: string): boolean {
	return KNOWS_N8N.some((pattern) => pattern.test(file));
}

function eachFile(check: (file: string, text: string) => string[]): Check {
	return (sources) => [...sources].flatMap(([file, text]) => check(file, text));
}

function eachImport(
	check: (file: string, specifier: string, target: string | undefined) => string | undefined,
): Check {
	return (sources) =>
		[...sources].flatMap(([file, text]) =>
			importsOf(file, text).flatMap((specifier) => {
				const target = resolveImport(file, specifier, sources);
				return check(file, specifier, target) ?? [];
			}),
		);
}
