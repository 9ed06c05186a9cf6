/** Ends a run with its count on a line of its own, for people and for machines that read logs. */
module.exports = class PlainCountReporter {
	onRunComplete(
		_contexts,
		{ numPassedTests, numFailedTests, numPendingTests, numRuntimeErrorTestSuites },
	) {
		const failed = numFailedTests + numRuntimeErrorTestSuites;
		const skipped = numPendingTests > 0 ? `, ${numPendingTests} skipped` : '';
		process.once('exit', () =>
			process.stdout.write(`\n${numPassedTests} passed, ${failed} failed${skipped}\n`),
		);
	}
};
