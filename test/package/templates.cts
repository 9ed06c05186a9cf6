import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import type { INode, INodeTypeDescription } from 'n8n-workflow';

import { PACKAGE_NAME } from '../../sandbox/n8n/installPackage.cts';
import { type LoadedPackage, ROOT } from './packed.cts';

const DIRECTORY = path.join(ROOT, 'workflows');

/** A workflow template, as far as the rules look at it. */
export interface Template {
	id: string;
	name: string;
	description: string;
	nodes: INode[];
	connections: Record<string, Record<string, Array<Array<{ node: string }> | null>>>;
	[more: string]: unknown;
}

export const STICKY_NOTE = 'n8n-nodes-base.stickyNote';

/** The templates by the name of their file. */
export function readTemplates(): Array<[file: string, template: Template]> {
	return readdirSync(DIRECTORY)
		.filter((file) => file.endsWith('.json'))
		.map((file) => [
			file,
			JSON.parse(readFileSync(path.join(DIRECTORY, file), 'utf8')) as Template,
		]);
}

/** Finds the description of a node's type and version among n8n's own nodes and ours. */
export type FindType = (node: INode) => INodeTypeDescription | undefined;

/** n8n's own nodes as its packages list them, and ours as n8n's loader reads them. */
export function typesOf(ours: LoadedPackage): FindType {
	const packages: Array<[prefix: string, types: INodeTypeDescription[]]> = [
		[PACKAGE_NAME, ours.nodes],
		...['n8n-nodes-base', '@n8n/n8n-nodes-langchain'].map(
			(name): [string, INodeTypeDescription[]] => [name, listedTypes(name)],
		),
	];
	return ({ type, typeVersion }) =>
		packages
			.flatMap(([prefix, types]) => types.filter(({ name }) => `${prefix}.${name}` === type))
			.find(({ version }) => [version].flat().includes(typeVersion));
}

function listedTypes(name: string): INodeTypeDescription[] {
	const modules = path.join(ROOT, 'sandbox', 'n8n', 'node_modules');
	const list = path.join(modules, name, 'dist', 'types', 'nodes.json');
	return JSON.parse(readFileSync(list, 'utf8')) as INodeTypeDescription[];
}
