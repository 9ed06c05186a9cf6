/** Who may ask Graph, how, and what can be read. */
import { META_FAILURES } from '../../../sandbox/vendors/meta.cts';
import type { Failure } from '../../../sandbox/vendors/standIn.cts';
import {
	ANA,
	APP,
	APP_TOKEN,
	DINA,
	INSTAGRAM,
	metaWorld,
	ON_INSTAGRAM,
	ON_MESSENGER,
	PAGE,
	PAGE_TOKEN,
	SECOND_PAGE,
	SECOND_TOKEN,
} from './metaWorld.cts';

// `printf <Page token> | openssl dgst -sha256 -hmac <app secret>`
const PROOF = '0ca39a814f089fe84a53f827785387a45e37048796e31b6ef3945dfd72dd5ee1';

describe('Graph', () => {
	const world = metaWorld();
	const { ask } = world;

	const refusal = async (...request: Parameters<typeof ask>) => {
		const { status, body } = await ask(...request);
		return [status, body.error?.code, body.error?.error_subcode];
	};

	it.each([
		['in the query', `${PAGE}?access_token=${PAGE_TOKEN}`, null, 200, undefined],
		['in the header', PAGE, PAGE_TOKEN, 200, undefined],
		['in any version', `../v19.0/${PAGE}`, PAGE_TOKEN, 200, undefined],
		['nowhere', PAGE, null, 400, 104],
		['that is unknown', PAGE, 'EAAunknown', 401, 190],
		['that is empty', PAGE, '', 401, 190],
		["that is another Page's", PAGE, SECOND_TOKEN, 400, 100],
		["that is the app's, for a Page", PAGE, APP_TOKEN, 400, 100],
		['with its proof', `${PAGE}?appsecret_proof=${PROOF}`, PAGE_TOKEN, 200, undefined],
		['with a wrong proof', `${PAGE}?appsecret_proof=${'0'.repeat(64)}`, PAGE_TOKEN, 400, 100],
	])('is asked with a token %s', async (_, path, token, status, code) => {
		const answer = await ask('GET', path, undefined, token);
		expect([answer.status, answer.body.error?.code]).toEqual([status, code]);
	});

	it('takes a form, with JSON within it', async () => {
		world.standIn.say({ ...ON_MESSENGER, text: 'Hello' });
		const form = new URLSearchParams({
			recipient: JSON.stringify({ id: ANA }),
			message: JSON.stringify({ text: 'Hi' }),
			access_token: PAGE_TOKEN,
		});
		const path = `${world.standIn.url}/v26.0/me/messages`;
		const answer = await fetch(path, { method: 'POST', body: form });
		expect(await answer.json()).toMatchObject({ recipient_id: ANA });
		const multipart = new FormData();
		for (const [name, value] of form) multipart.set(name, value);
		expect((await fetch(path, { method: 'POST', body: multipart })).status).toBe(200);
		expect(world.standIn.sent.map(({ text }) => text)).toEqual(['Hi', 'Hi']);
	});

	it('does not show tokens in what it remembers of requests', async () => {
		await ask('GET', `me?access_token=${PAGE_TOKEN}&appsecret_proof=${PROOF}`);
		const remembered = JSON.stringify(world.standIn.requests);
		expect(remembered).not.toContain(PAGE_TOKEN);
		expect(remembered).not.toContain(PROOF);
	});

	it('refuses what is not there', async () => {
		expect(await refusal('GET', '12345')).toEqual([400, 100, 33]);
		expect(await refusal('POST', '12345/messages', {})).toEqual([400, 100, 33]);
		expect(await refusal('GET', `${PAGE}/photos`)).toEqual([400, 2500, undefined]);
		expect(await refusal('POST', `${PAGE}/messages`, [1])).toEqual([400, 100, undefined]);
	});

	it.each([
		['first_name,last_name,profile_pic', { first_name: 'Ana', last_name: 'Reyes' }],
		['', { first_name: 'Ana', last_name: 'Reyes' }],
		['name', { name: 'Ana Reyes' }],
	])('shows the profile of who wrote: %s', async (fields, expected) => {
		world.standIn.say({ ...ON_MESSENGER, text: 'Hello' });
		const { body } = await ask('GET', `${ANA}?fields=${fields}`);
		expect(body).toMatchObject({ id: ANA, ...expected });
	});

	it('shows profiles of Instagram', async () => {
		world.standIn.say({ ...ON_INSTAGRAM, text: 'Hello' });
		const { body } = await ask('GET', `${DINA}?fields=name,username`);
		expect(body).toEqual({ id: DINA, name: 'Dina Santos', username: 'dina.santos' });
		const account = await ask('GET', `${INSTAGRAM}?fields=username`);
		expect(account.body).toEqual({ id: INSTAGRAM, username: 'company.realty' });
	});

	it('has no profile of some who wrote, and shows nobody else', async () => {
		world.standIn.say({ channel: 'facebook', person: '5', text: 'Hello' });
		expect(await refusal('GET', '5?fields=first_name')).toEqual([400, 100, 2018218]);
		expect(await refusal('GET', `${ANA}?fields=first_name`)).toEqual([400, 100, 33]);
		world.standIn.addPerson({ channel: 'facebook', id: '5', name: 'Fe Lim' });
		expect((await ask('GET', '5')).body).toMatchObject({ first_name: 'Fe', last_name: 'Lim' });
		expect(world.standIn.conversations()[0]!.person).toEqual({ id: '5', name: 'Fe Lim' });
	});

	it('shows a lead to its own Page, with the ad only where there was one', async () => {
		const id = world.standIn.fillForm({ form: '77', answers: { email: 'ana@example.net' } });
		const path = `${id}?fields=ad_id,form_id,is_organic,field_data`;
		expect((await ask('GET', path)).body).toEqual({
			id,
			form_id: '77',
			is_organic: true,
			field_data: [{ name: 'email', values: ['ana@example.net'] }],
		});
		expect(await refusal('GET', path, undefined, SECOND_TOKEN)).toEqual([400, 100, 33]);
		expect(Object.keys((await ask('GET', id)).body).toSorted()).toEqual([
			'created_time',
			'field_data',
			'id',
		]);
	});

	it('refuses fields that are not there, and those it cannot read', async () => {
		expect(await refusal('GET', `${PAGE}?fields=name,secret`)).toEqual([400, 100, undefined]);
		for (const fields of ['name,,id', 'messages{id', 'messages}', 'a b']) {
			const path = `${PAGE}/conversations?fields=${encodeURIComponent(fields)}`;
			expect(await refusal('GET', path)).toEqual([400, 100, undefined]);
		}
	});

	it('lists conversations, the latest first, and as many messages as are asked for', async () => {
		for (const person of ['5', '6', '5']) {
			world.standIn.say({ channel: 'facebook', person, text: `from ${person}` });
		}
		const list = async (query: string) =>
			(await ask('GET', `${PAGE}/conversations?${query}`)).body.data as Array<{
				id: string;
				messages: { data: Array<{ message: string }> };
			}>;
		const ids = (await list('')).map(({ id }) => id);
		expect(ids).toEqual([`t_${PAGE}_5`, `t_${PAGE}_6`]);
		expect(await list('limit=1')).toHaveLength(1);
		expect(await list('user_id=7')).toEqual([]);
		const [five] = await list('user_id=5&fields=messages.limit(1){message}');
		expect(five!.messages.data.map(({ message }) => message)).toEqual(['from 5']);
	});

	it('has no Instagram conversations of a Page without an account', async () => {
		const path = `${SECOND_PAGE}/conversations?platform=instagram`;
		expect(await refusal('GET', path, undefined, SECOND_TOKEN)).toEqual([400, 100, 2534013]);
	});

	it('says whether a token is good', async () => {
		const check = async (token: string) =>
			(
				await ask(
					'GET',
					`debug_token?input_token=${encodeURIComponent(token)}`,
					undefined,
					APP_TOKEN,
				)
			).body.data;
		expect(await check(PAGE_TOKEN)).toMatchObject({ is_valid: true, type: 'PAGE', app_id: APP });
		expect(await check(APP_TOKEN)).toMatchObject({ is_valid: true, type: 'APP' });
		expect(await check('EAAunknown')).toMatchObject({ is_valid: false, error: { code: 190 } });
	});

	it.each(Object.entries(META_FAILURES))('can fail on demand: %s', async (_, failure: Failure) => {
		world.standIn.failNext(failure);
		const answer = await fetch(`${world.standIn.url}/v26.0/me?access_token=${PAGE_TOKEN}`);
		expect(answer).toMatchObject({ ok: false, status: (failure as { status: number }).status });
		expect((await ask('GET', 'me')).status).toBe(200);
	});
});
