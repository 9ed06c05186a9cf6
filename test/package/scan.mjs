/**
 * n8n's own package scan on a folder: `node scan.mjs <folder> [pattern…]`, answered as JSON.
 * Without patterns it looks at what the scan looks at in a checkout. A program of its own, because
 * the scan is an ES module and loads ESLint.
 */
import {
	analyzePackage,
	SOURCE_FILE_PATTERNS,
} from '@n8n/scan-community-package/scanner/scanner.mjs';

const [directory, ...patterns] = process.argv.slice(2);
const report = await analyzePackage(
	directory,
	patterns.length > 0 ? patterns : SOURCE_FILE_PATTERNS,
);
process.stdout.write(JSON.stringify(report));
