/** Work that did not get home at once, and what a person does about it. */
import { signedHeaders, type SignedOptions } from './signed.cts';
import { world } from './world.cts';

export interface ParkedRow {
	key: string;
	kind: string;
	flow: string;
	state: string;
	attempts: number;
	replays: number;
	reason: string | null;
	payload: object | null;
}

const PARKED = `SELECT delivery_key AS key, kind, flow, state, attempts, replays,
	last_error AS reason, payload
	FROM property_platform.deliveries`;

/** A delivery, by its key or the start of it. */
export async function parked(key: string): Promise<ParkedRow | undefined> {
	const { rows } = await world().platform.pool.query<ParkedRow>(
		`${PARKED} WHERE starts_with(delivery_key, $1)`,
		[key],
	);
	return rows[0];
}

export interface LettersAnswer {
	status: number;
	/** The letters that were listed, replayed or dismissed. */
	letters: Array<Record<string, unknown>>;
	/** What a person reads. */
	message: string;
}

/** Asks the workflow about dead letters, signed as the platform does. */
export async function askAboutLetters(
	request: object,
	options: SignedOptions = {},
): Promise<LettersAnswer> {
	const body = JSON.stringify(request);
	const response = await fetch(`${world().n8n.webhookUrl}/replay-dead-letters`, {
		method: 'POST',
		headers: {
			'Content-Type': 'application/json',
			...signedHeaders(body, options),
			...options.headers,
		},
		body,
	});
	const text = await response.text();
	const { letters = [], message = '' } = JSON.parse(text) as Partial<LettersAnswer>;
	return { status: response.status, letters, message };
}
