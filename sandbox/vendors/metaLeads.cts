/** Lead forms that people sent in. @see https://developers.facebook.com/docs/marketing-api/guides/lead-ads/retrieving */
import type { MetaPage } from './metaAccounts.cts';

const LEADS_KEPT = 10_000;
/** 2^53 + 1: the first whole number that does not survive as a JavaScript number. */
const FIRST_ID = 9_007_199_254_740_993n;

export interface MetaLead {
	id: string;
	page: MetaPage;
	form: string;
	answers: Record<string, string | string[]>;
	adId?: string;
	/** Milliseconds since 1970. */
	at: number;
}

export class MetaLeads {
	private readonly leads = new Map<string, MetaLead>();
	private taken = 0n;

	add(filled: Omit<MetaLead, 'id'>): MetaLead {
		const id = String(FIRST_ID + 2n * this.taken++);
		const lead = { id, ...filled };
		this.leads.set(id, lead);
		if (this.leads.size > LEADS_KEPT) this.leads.delete(this.leads.keys().next().value!);
		return lead;
	}

	find(id: string): MetaLead | undefined {
		return this.leads.get(id);
	}

	/** Ids are not used again. */
	forget(): void {
		this.leads.clear();
	}
}
