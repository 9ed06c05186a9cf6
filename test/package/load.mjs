/**
 * What n8n's own loader makes of an unpacked package: `node load.mjs <folder>`, answered as JSON.
 * A program of its own, because n8n sets up a process for itself.
 */
import { createRequire } from 'node:module';
import path from 'node:path';

const { loadOutputSchema, PackageDirectoryLoader } = createRequire(import.meta.url)('n8n-core');

const [directory] = process.argv.slice(2);
const loader = new PackageDirectoryLoader(directory);
await loader.loadAll();
const { nodes, credentials } = loader.types;
process.stdout.write(
	JSON.stringify({ nodes, credentials, outputSchemas: nodes.flatMap(outputSchemasOf) }),
);

/** The output schema of each operation, found as n8n's editor asks for it. */
function outputSchemasOf({ name, version, properties }) {
	const resources = properties.find((each) => each.name === 'resource')?.options ?? [{}];
	return resources.flatMap(({ value: resource }) => {
		const operations = properties.find(
			({ name: parameter, displayOptions }) =>
				parameter === 'operation' &&
				(!resource || displayOptions?.show?.resource?.includes(resource)),
		)?.options ?? [{}];
		return operations.map(({ value: operation }) => ({
			node: name,
			resource,
			operation,
			schema: loadOutputSchema({
				nodeDir: path.dirname(path.resolve(directory, loader.known.nodes[name].sourcePath)),
				version,
				resource,
				operation,
			}),
		}));
	});
}
