import { type ResendOptions, startResend } from '../sandbox/vendors/resend.cts';

/** What a bench is told of the stand-in, which has a process, and so a memory, of its own. */
export type ResendReport =
	| { url: string }
	| {
			batches: number;
			mails: number;
			/** Requests that went too fast. */
			refused: number;
			/** From the first batch that was taken to the last. */
			elapsedMs: number;
	  };

export interface ResendProcessOptions extends ResendOptions {
	delayMs: number;
}

async function main(): Promise<void> {
	const { delayMs, ...options } = JSON.parse(process.argv[2] ?? '{}') as ResendProcessOptions;
	const resend = await startResend({ events: false, keepBodies: false, ...options });
	resend.delayMs = delayMs;
	const tell = (report: ResendReport) => process.send?.(report);
	process.on('message', () => {
		const taken = [...new Map(resend.mails.map(({ key, at }) => [key, Date.parse(at)])).values()];
		tell({
			batches: taken.length,
			mails: resend.mails.length,
			refused: resend.refused429(),
			elapsedMs: (taken.at(-1) ?? 0) - (taken[0] ?? 0),
		});
	});
	process.on('disconnect', () => process.exit());
	tell({ url: resend.url });
}

if (process.send) void main();
