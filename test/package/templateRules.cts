import { type INode, type INodeTypeDescription, NodeHelpers } from 'n8n-workflow';

import { type FindType, STICKY_NOTE, type Template } from './templates.cts';

/** Says what in a template breaks a rule, a sentence each; nothing where all is well. */
export type TemplateRule = (template: Template, file: string, findType: FindType) => string[];

const MANUAL_TRIGGER = 'n8n-nodes-base.manualTrigger';
/** A workflow that others call is tried by trying them. */
const CALLED_BY_OTHERS = 'n8n-nodes-base.executeWorkflowTrigger';
const SWITCH = 'n8n-nodes-base.switch';

/** The verbs that names of templates begin with. */
const VERBS = [
	'Answer',
	'Delete',
	'Deliver',
	'Enrich',
	'Prepare',
	'Raise',
	'Recover',
	'Replay',
	'Roll',
	'Score',
	'Send',
	'Trace',
	'Turn',
	'Watch',
];
/** Names that keep their capitals within a sentence. */
const PROPER_NAMES = [
	'CRM',
	'HubSpot',
	'Salesforce',
	'Pipedrive',
	'Resend',
	'Messenger',
	'Instagram',
	'ID',
];

const SECRETS =
	/\bsk-[\w-]{8,}|\bBearer\s+[\w.-]{8,}|\b(api[_-]?key|secret|token|password)["']?\s*[:=]\s*\\?["'][^"'{}\\]{4,}/i;

/** The rules for what a template is and says. Those for how it looks are in `stickyRules`. */
export const TEMPLATE_RULES: Record<string, TemplateRule> = {
	'has the id that its file is called by, a name and a description': (template, file) => [
		...(template.id === file.replace(/\.json$/, '') ? [] : [`id "${template.id}"`]),
		...(template.name ? [] : ['no name']),
		...((template.description ?? '').length >= 40 ? [] : ['no description to speak of']),
	],
	'has a name in sentence case that begins with a verb': ({ name }) => {
		const [first = '', ...others] = name.split(' ');
		const capitals = others.filter((word) => /[A-Z]/.test(word) && !PROPER_NAMES.includes(word));
		return [
			...(VERBS.includes(first) ? [] : [`begins with "${first}"`]),
			...capitals.map((word) => `capital in "${word}"`),
		];
	},
	'names its credentials and carries none': eachNode(({ name, credentials = {} }) =>
		Object.entries(credentials).flatMap(([type, { id, name: called, ...more }]) =>
			id === null && called && Object.keys(more).length === 0 ? [] : [`${name}: ${type}`],
		),
	),
	'carries no pinned data, no trace of an instance and no secret': (template) => [
		...(Object.keys((template.pinData as object) ?? {}).length === 0 ? [] : ['pinned data']),
		...(JSON.stringify(template).includes('instanceId') ? ['an instance id'] : []),
		...(template.active ? ['is active'] : []),
		...template.nodes.flatMap(({ name, parameters }) => {
			const found = SECRETS.exec(JSON.stringify(parameters));
			return found ? [`${name}: ${found[0]}`] : [];
		}),
	],
	'uses node types and versions that exist': eachNode((node, _template, findType) =>
		findType(node) ? [] : [`${node.name}: ${node.type} ${node.typeVersion}`],
	),
	'sets only parameters that its nodes show': eachNode((node, _template, findType) => {
		const type = findType(node);
		if (!type) return [];
		const known = NodeHelpers.getNodeParameters(
			type.properties,
			node.parameters,
			true,
			false,
			node,
			type,
		);
		return dropped(node.parameters, known).map((name) => `${node.name}: ${name}`);
	}),
	'gives its nodes every parameter that they need, with values that they know': eachNode(
		(node, _template, findType) => {
			const type = findType(node);
			if (!type) return [];
			const issues = NodeHelpers.getNodeParametersIssues(type.properties, node, type);
			return [...Object.values(issues?.parameters ?? {}).flat(), ...unknownChoices(node, type)].map(
				(message) => `${node.name}: ${message}`,
			);
		},
	),
	'gives triggers with a webhook an id to be found under': eachNode((node, _template, findType) => {
		const { group, webhooks = [] } = findType(node) ?? {};
		const needsId = group?.includes('trigger') && webhooks.length > 0;
		return needsId && !/^[0-9a-f-]{36}$/.test(node.webhookId ?? '') ? [node.name] : [];
	}),
	'can be tried by hand': ({ nodes }, _file, findType) => {
		const starts = nodes.filter((node) => findType(node)?.group.includes('trigger'));
		const isOnlyCalled = starts.every(({ type }) => type === CALLED_BY_OTHERS);
		return isOnlyCalled || starts.some(({ type }) => type === MANUAL_TRIGGER)
			? []
			: ['no manual trigger'];
	},
	'wires every error output': eachNode((node, { connections }) =>
		node.onError === 'continueErrorOutput' &&
		(connections[node.name]?.main?.slice(1) ?? []).flat().length === 0
			? [node.name]
			: [],
	),
	'names and wires every output of a Switch, the fallback included': eachNode(
		({ name, type, parameters }, { connections }) => {
			if (type !== SWITCH) return [];
			const { rules, options } = parameters as unknown as SwitchParameters;
			const labels = [...rules.values.map(({ outputKey }) => outputKey), fallbackOf(options)];
			return labels.flatMap((label, index) => [
				...(label ? [] : [`${name}: output ${index} has no name`]),
				...(connections[name]?.main?.[index]?.length ? [] : [`${name}: output ${index} ends`]),
			]);
		},
	),
	'connects every node, and only nodes that exist': ({ nodes, connections }) => {
		const names = nodes.filter(({ type }) => type !== STICKY_NOTE).map(({ name }) => name);
		const targets = Object.values(connections).flatMap((outputs) =>
			Object.values(outputs).flatMap((lists) =>
				lists.flatMap((list) => (list ?? []).map(({ node }) => node)),
			),
		);
		const connected = new Set([...Object.keys(connections), ...targets]);
		return [
			...names.filter((name) => !connected.has(name)),
			...[...connected].filter((name) => !names.includes(name)).map((name) => `unknown ${name}`),
			...names.filter((name, index) => names.indexOf(name) !== index).map((name) => `two ${name}`),
		];
	},
};

interface SwitchParameters {
	rules: { values: Array<{ outputKey?: string }> };
	options?: { fallbackOutput?: string; renameFallbackOutput?: string };
}

function fallbackOf(options: SwitchParameters['options']): string | undefined {
	return options?.fallbackOutput === 'extra' ? options.renameFallbackOutput : undefined;
}

function eachNode(
	check: (node: INode, template: Template, findType: FindType) => string[],
): TemplateRule {
	return (template, _file, findType) =>
		template.nodes.flatMap((node) => check(node, template, findType));
}

/** Values of drop-downs that the drop-down does not offer; expressions are known only later. */
function unknownChoices(node: INode, type: INodeTypeDescription): string[] {
	return type.properties
		.filter((property) => property.type === 'options' && !property.typeOptions?.loadOptionsMethod)
		.filter((property) => NodeHelpers.displayParameter(node.parameters, property, node, type))
		.flatMap(({ name, options = [] }) => {
			const value = node.parameters[name];
			const isOffered = options.some((option) => 'value' in option && option.value === value);
			return value === undefined || isOffered || String(value).startsWith('=')
				? []
				: [`${name} has no "${String(value)}"`];
		});
}

/** Paths of what a node was given and n8n does not know, or does not show. */
function dropped(given: unknown, known: unknown, at = ''): string[] {
	if (typeof given !== 'object' || given === null) return [];
	return Object.entries(given).flatMap(([name, value]) => {
		const place = at ? `${at}.${name}` : name;
		if (typeof known !== 'object' || known === null || !(name in known)) return [place];
		return dropped(value, (known as Record<string, unknown>)[name], place);
	});
}
