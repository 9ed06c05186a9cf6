import { benchAudience } from './audience.cts';
import { benchBroker } from './broker.cts';
import { benchCampaign } from './campaign.cts';
import { benchDispatch } from './dispatch.cts';
import { benchEnrichment } from './enrichment.cts';
import { benchEventLog } from './eventLog.cts';
import { benchIntake } from './intake.cts';
import { benchMetaIntake } from './metaIntake.cts';
import { benchMetaParse } from './metaParse.cts';
import { benchRendering } from './rendering.cts';
import { formatReport, type Measurement } from './report.cts';
import { benchRollup } from './rollup.cts';
import { benchScoring } from './scoring.cts';
import { benchScoringInN8n } from './scoringInN8n.cts';
import { benchUnderstanding } from './understanding.cts';
import { benchVerify } from './verify.cts';

/**
 * `npm run bench`: what the package costs, against what it is held to. `npm run bench -- intake`
 * picks one, `--quick` takes fewer samples. A benchmark and no test: it prints MISSED and ends with
 * status 0. Costs are CPU time and ratios are taken within a round, because a machine has neighbours.
 */
type Bench = (isQuick: boolean, onProgress: (step: string) => void) => Promise<Measurement[]>;

const BENCHES: Record<string, Bench> = {
	verify: benchVerify,
	intake: benchIntake,
	enrichment: benchEnrichment,
	scoring: benchScoring,
	scoringInN8n: benchScoringInN8n,
	understanding: benchUnderstanding,
	audience: benchAudience,
	rendering: benchRendering,
	dispatch: benchDispatch,
	campaign: benchCampaign,
	metaParse: benchMetaParse,
	metaIntake: benchMetaIntake,
	broker: benchBroker,
	rollup: benchRollup,
	eventLog: benchEventLog,
};

async function main(): Promise<void> {
	const isQuick = process.argv.includes('--quick');
	const picked = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
	const unknown = picked.filter((name) => !(name in BENCHES));
	if (unknown.length > 0) {
		print(`No bench "${unknown.join('", "')}"; there are: ${Object.keys(BENCHES).join(', ')}`);
		return;
	}
	const startedAt = Date.now();
	for (const name of picked.length > 0 ? picked : Object.keys(BENCHES)) {
		const progress = (step: string) => {
			const seconds = ((Date.now() - startedAt) / 1000).toFixed(1).padStart(6);
			print(`${seconds} s  ${name}: ${step}`);
		};
		const report = await BENCHES[name]!(isQuick, progress).then(formatReport, notMeasured);
		print(`\n${report}\n`);
	}
}

/** One that cannot run is a target missed, and no reason to keep the others from running. */
function notMeasured(error: unknown): string {
	return `MISSED, because it could not be measured: ${error instanceof Error ? error.stack : String(error)}`;
}

function print(text: string): void {
	process.stdout.write(`${text}\n`);
}

void main();
