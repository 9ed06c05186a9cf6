/**
 * Five projects: pure logic, several parts in one process, the rules of the house, the package as
 * it is published, and flows on a real n8n.
 */
const common = {
	testEnvironment: 'node',
	transform: {
		'^.+\\.c?ts$': [
			'ts-jest',
			{
				// Types are checked once, by `npm run typecheck`; here they are only stripped.
				diagnostics: false,
				tsconfig: {
					module: 'commonjs',
					moduleResolution: 'node10',
					target: 'es2023',
					esModuleInterop: true,
					isolatedModules: true,
				},
			},
		],
	},
	// The build without a file system, as the package bundles it.
	moduleNameMapper: { '^liquidjs$': '<rootDir>/node_modules/liquidjs/dist/liquid.browser.umd.js' },
	modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.sandbox/', '<rootDir>/sandbox/n8n/'],
};

module.exports = {
	// By default one core is left idle; the flows wait more than they compute.
	maxWorkers: 2,
	reporters: ['default', '<rootDir>/test/plainCountReporter.cjs'],
	projects: [
		{ ...common, displayName: 'unit', testMatch: ['<rootDir>/test/unit/**/*.test.cts'] },
		{
			...common,
			displayName: 'integration',
			testMatch: ['<rootDir>/test/integration/**/*.test.cts'],
		},
		{
			...common,
			displayName: 'architecture',
			testMatch: ['<rootDir>/test/architecture/**/*.test.cts'],
		},
		{ ...common, displayName: 'package', testMatch: ['<rootDir>/test/package/**/*.test.cts'] },
		{ ...common, displayName: 'e2e', testMatch: ['<rootDir>/test/e2e/**/*.test.cts'] },
	],
};
