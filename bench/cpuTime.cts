import { readdir, readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';

/** The kernel counts in ticks of 10 ms towards programs, on every Linux of today. */
const TICK_MS = 10;

interface ProcessStat {
	pid: number;
	parent: number;
	/** Milliseconds of this process and of its children that have ended. */
	cpuMs: number;
}

/**
 * CPU time in milliseconds that a process and everything below it has used since it started. A
 * child that ends moves its time to its parent, so the figure never falls. Linux only.
 * @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
 */
export async function cpuTimeMs(rootPid: number): Promise<number> {
	const stats = await allProcesses();
	const family = new Set([rootPid]);
	let before: number;
	do {
		before = family.size;
		for (const { pid, parent } of stats) if (family.has(parent)) family.add(pid);
	} while (family.size > before);
	return stats.filter(({ pid }) => family.has(pid)).reduce((sum, { cpuMs }) => sum + cpuMs, 0);
}

/** The same, once executions that outlive their answer have ended. */
export async function cpuTimeAtRestMs(rootPid: number): Promise<number> {
	let last = await cpuTimeMs(rootPid);
	for (let check = 0; check < 50; check++) {
		await wait(100);
		const now = await cpuTimeMs(rootPid);
		if (now - last <= 10) return now;
		last = now;
	}
	return last;
}

async function allProcesses(): Promise<ProcessStat[]> {
	const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
	const stats = await Promise.all(
		pids.map(async (pid) => {
			// A process may end between the listing and the reading.
			const line = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
			return line === undefined ? [] : [readStat(Number(pid), line)];
		}),
	);
	return stats.flat();
}

/** The program's name stands in brackets and may hold anything: the numbers start after it. */
function readStat(pid: number, line: string): ProcessStat {
	const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
	const ticks = [11, 12, 13, 14].reduce((sum, index) => sum + Number(fields[index]), 0);
	return { pid, parent: Number(fields[1]), cpuMs: ticks * TICK_MS };
}

/** CPU time of this process for one call, over many calls. */
export function cpuMicroseconds(work: () => void, calls: number): number {
	const before = process.cpuUsage();
	for (let call = 0; call < calls; call++) work();
	const { user, system } = process.cpuUsage(before);
	return (user + system) / calls;
}
