/** People's profiles, and whom of the Pages they have blocked: all of them or none. */
import type { MetaPerson } from './metaAccounts.cts';

export class MetaPeople {
	readonly all: MetaPerson[] = [];
	readonly blocked = new Set<string>();

	constructor(private readonly first: readonly MetaPerson[]) {
		this.forget();
	}

	/** Undefined for a person without a profile. */
	find(id: string): MetaPerson | undefined {
		return this.all.find((person) => person.id === id);
	}

	add(person: MetaPerson): void {
		this.all.push(person);
	}

	forget(): void {
		this.all.splice(0, this.all.length, ...this.first);
		this.blocked.clear();
	}
}
