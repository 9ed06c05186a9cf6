/** Puts events into the bodies that are sent: each at once, or held back and in batches. */
import type { MetaObject } from './metaSubscriptions.cts';

export interface MetaEvent {
	/** The callback URL. */
	url: string;
	object: MetaObject;
	/** The Page's or the Instagram account's id. */
	account: string;
	/** Where in the entry it stands. */
	list: 'messaging' | 'standby' | 'changes';
	/** Of the entry: milliseconds, or seconds where it is a change. */
	time: number;
	body: object;
}

export interface FlushOptions {
	batch?: number;
	shuffle?: number;
	times?: number;
}

export class MetaBatches {
	private held: MetaEvent[] | undefined;

	constructor(private readonly send: (url: string, payload: object, events: number) => void) {}

	publish(event: MetaEvent): void {
		if (this.held) this.held.push(event);
		else this.sendAll([event]);
	}

	hold(): void {
		this.held ??= [];
	}

	flush({ batch = 1, shuffle, times = 1 }: FlushOptions = {}): void {
		const held = this.held ?? [];
		this.held = undefined;
		const repeated = Array.from({ length: times }, () => held).flat();
		const events = shuffle === undefined ? repeated : shuffled(repeated, shuffle);
		for (let start = 0; start < events.length; start += batch) {
			this.sendAll(events.slice(start, start + batch));
		}
	}

	forget(): void {
		this.held = undefined;
	}

	/** A body has one object, and goes to one callback URL. */
	private sendAll(events: readonly MetaEvent[]): void {
		const bodies = new Map<string, MetaEvent[]>();
		for (const event of events) {
			const key = `${event.object} ${event.url}`;
			const body = bodies.get(key);
			if (body) body.push(event);
			else bodies.set(key, [event]);
		}
		for (const body of bodies.values()) {
			const { url, object } = body[0]!;
			this.send(url, { object, entry: entriesOf(body) }, body.length);
		}
	}
}

/** Neighbours of one account share an entry. */
function entriesOf(events: readonly MetaEvent[]): object[] {
	const runs: MetaEvent[][] = [];
	for (const event of events) {
		const last = runs.at(-1)?.[0];
		if (last?.account === event.account && last.list === event.list) runs.at(-1)!.push(event);
		else runs.push([event]);
	}
	return runs.map((run) => {
		const { account, list, time } = run[0]!;
		return { id: account, time, [list]: run.map(({ body }) => body) };
	});
}

/** The same order for the same seed. */
function shuffled<T>(values: readonly T[], seed: number): T[] {
	const mixed = [...values];
	const random = randomOf(seed);
	for (let last = mixed.length - 1; last > 0; last--) {
		const other = Math.floor(random() * (last + 1));
		[mixed[last], mixed[other]] = [mixed[other]!, mixed[last]!];
	}
	return mixed;
}

/** Mulberry32. @see https://gist.github.com/tommyettinger/46a874533244883189143505d203312c */
function randomOf(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}
