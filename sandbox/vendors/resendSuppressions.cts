/** The addresses to which the account sends nothing. @see https://resend.com/docs/knowledge-base/why-are-my-emails-landing-on-the-suppression-list */
import { randomUUID } from 'node:crypto';

import { sqlDate } from './resendDates.cts';

export type SuppressionOrigin = 'bounce' | 'complaint' | 'manual';

export interface Suppression {
	id: string;
	/** In lower case. */
	email: string;
	origin: SuppressionOrigin;
	/** The mail that it comes from. */
	source_id: string | null;
	created_at: string;
}

export class ResendSuppressions {
	private rows: Suppression[] = [];
	private readonly byEmail = new Map<string, Suppression>();

	constructor(private readonly now: () => number) {}

	/** Oldest first. */
	get all(): readonly Suppression[] {
		return this.rows;
	}

	/** An address that is there already keeps its first origin. */
	add(address: string, origin: SuppressionOrigin, sourceId: string | null = null): Suppression {
		const email = address.trim().toLowerCase();
		const known = this.byEmail.get(email);
		if (known !== undefined) return known;
		const row = {
			id: randomUUID(),
			email,
			origin,
			source_id: sourceId,
			created_at: sqlDate(this.now()),
		};
		this.rows.push(row);
		this.byEmail.set(email, row);
		return row;
	}

	find(idOrEmail: string): Suppression | undefined {
		return (
			this.byEmail.get(idOrEmail.trim().toLowerCase()) ??
			this.rows.find(({ id }) => id === idOrEmail)
		);
	}

	remove(row: Suppression): void {
		this.rows = this.rows.filter((one) => one !== row);
		this.byEmail.delete(row.email);
	}

	forget(): void {
		this.rows = [];
		this.byEmail.clear();
	}
}
