import type { INode } from 'n8n-workflow';

import type { TemplateRule } from './templateRules.cts';
import { STICKY_NOTE, type Template } from './templates.cts';

const WHITE = 7;
/** A flow of so many nodes is told apart in sections. */
const NODES_WITH_SECTIONS = 4;
/** n8n draws a node as a square of this size. */
const NODE_SIZE = 96;

interface Sticky {
	name: string;
	content: string;
	words: number;
	isYellow: boolean;
	color: unknown;
	area: Area;
}

interface Area {
	left: number;
	top: number;
	right: number;
	bottom: number;
}

/** The rules for the notes on the canvas, after those of n8n's template library. */
export const STICKY_RULES: Record<string, TemplateRule> = {
	'has one yellow overview of 100 to 300 words that says how it works and how to set it up': (
		template,
	) => {
		const overviews = stickiesOf(template).filter(({ isYellow }) => isYellow);
		const [overview] = overviews;
		if (!overview || overviews.length > 1) return [`${overviews.length} overviews`];
		const { words, content } = overview;
		return [
			...(words >= 100 && words <= 300 ? [] : [`${words} words`]),
			...['### How it works', '### Setup'].filter((heading) => !content.includes(heading)),
		];
	},
	'has white sections of under 50 words, each with a heading': (template) =>
		sectionsOf(template).flatMap(({ name, color, words, content }) => [
			...(color === WHITE ? [] : [`${name}: color ${String(color)}`]),
			...(words < 50 ? [] : [`${name}: ${words} words`]),
			...(content.startsWith('### ') ? [] : [`${name}: no heading`]),
		]),
	'lays every node into exactly one section, where it has at least four nodes': (template) => {
		const nodes = stepsOf(template);
		const sections = sectionsOf(template);
		if (nodes.length < NODES_WITH_SECTIONS && sections.length === 0) return [];
		return nodes.flatMap((node) => {
			const around = sections.filter(({ area }) => holds(area, areaOf(node)));
			return around.length === 1 ? [] : [`${node.name} lies in ${around.length} sections`];
		});
	},
	'lets no two notes and no two nodes overlap, and no node lie on the overview': (template) => {
		const stickies = stickiesOf(template);
		const things = [
			...stickies.map(({ name, area }) => ({ name, area, on: 'note' })),
			...stepsOf(template).map((node) => ({ name: node.name, area: areaOf(node), on: 'canvas' })),
		];
		const overview = stickies.find(({ isYellow }) => isYellow);
		return things.flatMap((one, index) =>
			things
				.slice(index + 1)
				.filter(
					({ area, on }) => (on === one.on || one.name === overview?.name) && meet(one.area, area),
				)
				.map((other) => `${one.name} and ${other.name}`),
		);
	},
};

function stepsOf({ nodes }: Template): INode[] {
	return nodes.filter(({ type }) => type !== STICKY_NOTE);
}

function sectionsOf(template: Template): Sticky[] {
	return stickiesOf(template).filter(({ isYellow }) => !isYellow);
}

function stickiesOf({ nodes }: Template): Sticky[] {
	return nodes
		.filter(({ type }) => type === STICKY_NOTE)
		.map((node) => {
			const { content, color, width, height } = node.parameters;
			const text = String(content);
			return {
				name: node.name,
				content: text,
				words: text.split(/\s+/).filter((word) => /\w/.test(word)).length,
				isYellow: color === undefined || color === 1,
				color,
				area: areaOf(node, Number(width), Number(height)),
			};
		});
}

function areaOf({ position: [left, top] }: INode, width = NODE_SIZE, height = NODE_SIZE): Area {
	return { left, top, right: left + width, bottom: top + height };
}

function holds(outer: Area, inner: Area): boolean {
	return (
		inner.left >= outer.left &&
		inner.top >= outer.top &&
		inner.right <= outer.right &&
		inner.bottom <= outer.bottom
	);
}

function meet(one: Area, other: Area): boolean {
	return (
		one.left < other.right &&
		other.left < one.right &&
		one.top < other.bottom &&
		other.top < one.bottom
	);
}
