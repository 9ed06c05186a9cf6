import type { MailResult } from '../../../nodes/CampaignDispatch/ledger/recordBatches';
import type { Batch } from '../../../nodes/CampaignDispatch/ledger/takeBatches';

/**
 * A vendor that remembers the key of a batch for a while, and a sender that uses it as the ledger
 * has it: the key as long as it lives, afterwards the list of what really went out.
 */
export class Vendor {
	/** How many mails each recipient got. */
	readonly mails = new Map<string, number>();
	private readonly keys = new Map<number, string>();

	send({ batch, isKeyExpired, recipients }: Batch): MailResult[] {
		if (!isKeyExpired) {
			const body = JSON.stringify(recipients.map(({ recipient, data }) => [recipient, data]));
			const known = this.keys.get(batch);
			if (known === undefined) {
				for (const { recipient } of recipients) this.deliver(recipient);
				this.keys.set(batch, body);
			} else if (known !== body) {
				throw new Error(`409 invalid_idempotent_request: batch ${batch}`);
			}
		}
		return recipients.map(({ recipient, suppression }): MailResult => {
			if (isKeyExpired && !this.mails.has(recipient)) {
				if (suppression !== null)
					return { recipient, state: 'left_out', reason: `suppressed: ${suppression}` };
				this.deliver(recipient);
			}
			return { recipient, state: 'sent', emailId: `mail-${recipient}` };
		});
	}

	forgetKeys(): void {
		this.keys.clear();
	}

	private deliver(recipient: string): void {
		this.mails.set(recipient, (this.mails.get(recipient) ?? 0) + 1);
	}
}
