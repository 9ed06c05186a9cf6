import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import ts from 'typescript';

const ROOT = path.resolve(__dirname, '..', '..');

/** The shipped sources by their path from the root of the repository, with forward slashes. */
export type Sources = ReadonlyMap<string, string>;

/** Everything under nodes/ and credentials/ that is TypeScript. */
export function shippedSources(): Sources {
	const files = ['nodes', 'credentials'].flatMap((directory) =>
		readdirSync(path.join(ROOT, directory), { recursive: true, encoding: 'utf8' })
			.filter((name) => /\.[cm]?ts$/.test(name))
			.map((name) => path.posix.join(directory, ...name.split(path.sep))),
	);
	return new Map(files.map((file) => [file, readFileSync(path.join(ROOT, file), 'utf8')]));
}

/** What a file imports, by whatever syntax: import, export from, import(), require, import type. */
export function importsOf(file: string, text: string): string[] {
	return nodesOf(file, text).flatMap((node) => {
		const specifier = specifierOf(node);
		return specifier && ts.isStringLiteralLike(specifier) ? [specifier.text] : [];
	});
}

/** The lines, from 1, on which the type `any` is written. */
export function linesWithAny(file: string, text: string): number[] {
	return nodesOf(file, text)
		.filter(({ kind }) => kind === ts.SyntaxKind.AnyKeyword)
		.map((node) => node.getSourceFile().getLineAndCharacterOfPosition(node.getStart()).line + 1);
}

/** The file that a relative import means, or undefined where there is none. */
export function resolveImport(from: string, specifier: string, sources: Sources) {
	const target = path.posix.join(path.posix.dirname(from), specifier);
	return [target, `${target}.ts`, `${target}/index.ts`].find((file) => sources.has(file));
}

function specifierOf(node: ts.Node): ts.Node | undefined {
	if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier;
	if (ts.isExternalModuleReference(node)) return node.expression;
	if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
		return node.argument.literal;
	}
	if (!ts.isCallExpression(node)) return undefined;
	const { expression } = node;
	const isRequire = ts.isIdentifier(expression) && expression.text === 'require';
	const isImport = expression.kind === ts.SyntaxKind.ImportKeyword;
	return isRequire || isImport ? node.arguments[0] : undefined;
}

function nodesOf(file: string, text: string): ts.Node[] {
	const found: ts.Node[] = [];
	const visit = (node: ts.Node): void => {
		found.push(node);
		ts.forEachChild(node, visit);
	};
	visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
	return found;
}
