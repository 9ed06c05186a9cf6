import { benchIntake } from './intake.cts';
import { benchVerify } from './verify.cts';
import { formatReport, type Measurement } from './report.cts';

/**
 * `npm run bench`: what the package costs, against what it is held to. `npm run bench -- intake`
 * picks one, `--quick` takes fewer samples. A benchmark and no test: it prints MISSED and ends well.
 */
type Bench = (isQuick: boolean, onProgress: (step: string) => void) => Promise<Measurement[]>;

const BENCHES: Record<string, Bench> = {
	verify: benchVerify,
	intake: benchIntake,
};

async function main(): Promise<void> {
	const isQuick = process.argv.includes('--quick');
	const picked = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
	const unknown = picked.filter((name) => !(name in BENCHES));
	if (unknown.length > 0) {
		process.stdout.write(
			`No bench "${unknown[0]}"; there are: ${Object.keys(BENCHES).join(', ')}\n`,
		);
		return;
	}
	const startedAt = Date.now();
	for (const [name, bench] of Object.entries(BENCHES)) {
		if (picked.length > 0 && !picked.includes(name)) continue;
		const measurements = await bench(isQuick, (step) => {
			const seconds = ((Date.now() - startedAt) / 1000).toFixed(0).padStart(5);
			process.stdout.write(`${seconds} s  ${step}\n`);
		});
		process.stdout.write(`\n${formatReport(measurements)}\n\n`);
	}
}

main().catch((error: unknown) => {
	process.stdout.write(`MISSED: ${error instanceof Error ? error.stack : String(error)}\n`);
});
