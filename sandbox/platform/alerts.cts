import type { Queryable } from './database.cts';
import type { OutboxMessage } from './outboxMessages.cts';

const RECIPIENT = 'on-call@platform.example';
/** The guide's threshold. */
const QUEUE_DEPTH_LIMIT = 100;

/** Mails that a message will not be delivered any more without a person. */
export async function alertDeadLetter(
	db: Queryable,
	message: OutboxMessage,
	reason: string,
): Promise<void> {
	await sendMail(
		db,
		`Webhook failed: ${message.eventType}`,
		`Outbox message ${message.id} is a dead letter. Deliveries: ${message.attempts}.\n` +
			`Last error: ${reason}\n` +
			`Correlation id: ${message.correlationId}\n` +
			'Once the cause is gone, deliver it again from the console.',
	);
}

/** Watches the backlog. Mails once when it passes the limit, and again only after it has recovered. */
export function createQueueDepthAlert(db: Queryable): () => Promise<void> {
	let isRaised = false;
	return async () => {
		const { rows } = await db.query<{ depth: number }>(
			`SELECT count(*)::int AS depth FROM outbox_message WHERE status IN ('pending', 'retry')`,
		);
		const depth = rows[0]!.depth;
		const isAbove = depth > QUEUE_DEPTH_LIMIT;
		if (isAbove && !isRaised) {
			await sendMail(
				db,
				`Outbox backlog: ${depth} messages`,
				`More than ${QUEUE_DEPTH_LIMIT} messages wait for delivery. Check that n8n is up.`,
			);
		}
		isRaised = isAbove;
	};
}

async function sendMail(db: Queryable, subject: string, body: string): Promise<void> {
	await db.query('INSERT INTO mail (recipient, subject, body) VALUES ($1, $2, $3)', [
		RECIPIENT,
		subject,
		body,
	]);
}
