import { PGlite } from '@electric-sql/pglite';

/** First bytes of the messages of an extended query, which only Sync ends. */
const UNFINISHED = new Set(
	['P', 'B', 'D', 'E', 'C', 'H', 'd'].map((letter) => letter.charCodeAt(0)),
);

type StreamArguments = Parameters<PGlite['execProtocolRawStream']>;

/**
 * PGlite for several clients at once. It has one session, and its socket server queues message by
 * message: after a transaction, the Parse of one client falls between the Parse and the Bind of
 * another, and both then share the unnamed statement. The server already keeps a transaction
 * together, so an exchange that awaits its Sync is reported as one.
 * @see https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-EXT-QUERY
 */
export class SharedPglite extends PGlite {
	private awaitsSync = false;

	override isInTransaction(): boolean {
		return this.awaitsSync || super.isInTransaction();
	}

	override async execProtocolRawStream(...[message, options]: StreamArguments): Promise<void> {
		this.awaitsSync = UNFINISHED.has(message[0] ?? 0);
		await super.execProtocolRawStream(message, options);
	}

	/** The server's own statement, such as the ROLLBACK for a client that went away half-way. */
	override async exec(...parameters: Parameters<PGlite['exec']>): ReturnType<PGlite['exec']> {
		this.awaitsSync = false;
		return await super.exec(...parameters);
	}
}
