/** The nodes of Meta Broker with a real inbox between them, as the workflow wires them. */
import type { IDataObject } from 'n8n-workflow';

import { parseLosslessJson } from '../../../nodes/shared/intake/losslessJson';
import type { Statement } from '../../../nodes/shared/stateStore/statement';
import { inboxOn } from '../inbox/inbox.cts';
import { openDatabase } from '../stateStore/database.cts';
import { startReceiver } from '../vendors/metaReceiver.cts';
import {
	type Failed,
	type Operation,
	startMetaSurroundings,
	statementIn,
} from './metaSurroundings.cts';

export async function startMetaInbox() {
	const [around, database, webhook] = await Promise.all([
		startMetaSurroundings(),
		openDatabase(),
		startReceiver(),
	]);
	const inbox = inboxOn(database);

	/** As n8n's Postgres node hands rows on: through JSON. */
	async function query(statement: Statement): Promise<IDataObject[]> {
		const { rows } = await database.pool.query<IDataObject>(statement.query, statement.values);
		return JSON.parse(JSON.stringify(rows)) as IDataObject[];
	}

	async function queryOne(json: IDataObject, name: string): Promise<IDataObject> {
		const [row, ...more] = await query(statementIn(json, name));
		expect(more).toEqual([]);
		return row!;
	}

	/** Puts what Meta has posted since into the inbox; empty where that is nothing. */
	async function keep(): Promise<IDataObject> {
		await around.meta.settled();
		const webhooks = webhook.bodies.splice(0).map((body) => ({
			event: parseLosslessJson(Buffer.from(body)) as IDataObject,
			correlationId: 'corr-1',
		}));
		if (webhooks.length === 0) return {};
		const events = await around.runAll('parse', {}, webhooks);
		return await queryOne(await around.runOne('keep', {}, events), 'keep');
	}

	async function take(parameters: object = {}): Promise<IDataObject[]> {
		const wanted = { takeOptions: { quietSeconds: 0 }, ...parameters };
		return await query(statementIn(await around.runOne('take', wanted as never, [{}]), 'take'));
	}

	/** Works on rows by one operation, and tells the inbox how each ended. */
	async function work(operation: Operation, parameters: object, rows: IDataObject[]) {
		const [succeeded, failed] = await around.runBoth(operation, parameters as never, rows);
		const recorded: IDataObject[] = [];
		for (const json of succeeded) recorded.push(await queryOne(json, 'record'));
		const postponed: IDataObject[] = [];
		for (const json of failed) postponed.push(await queryOne(json, 'failed'));
		return { succeeded, failed, recorded, postponed };
	}

	return {
		...around,
		database,
		inbox,
		query,
		queryOne,
		keep,
		take,
		work,
		/** Keeps, takes and answers until nothing waits; what came of each message, in order. */
		async answerAll(options: object = {}): Promise<Array<IDataObject | Failed>> {
			const ended: IDataObject[] = [];
			await keep();
			for (let rows = await take(); rows.length > 0; rows = await take()) {
				const { succeeded, failed, recorded } = await work('handle', { options }, rows);
				expect(recorded).toEqual(recorded.map(() => ({ recorded: true })));
				ended.push(...succeeded, ...failed);
				await keep();
			}
			return ended;
		},
		/** What Meta has posted since is lost. */
		async loseWebhooks() {
			await around.meta.settled();
			webhook.forget();
		},
		/** Texts that the stand-in was given to send, oldest first. */
		sentTexts: () => around.meta.sent.map(({ text }) => text),
		async forget() {
			around.forget();
			around.meta.subscribe(webhook.url);
			webhook.forget();
			await inbox.clear();
		},
		async close() {
			await Promise.all([around.close(), database.close(), webhook.close()]);
		},
	};
}

export type MetaInbox = Awaited<ReturnType<typeof startMetaInbox>>;
