/**
 * Verifies deliveries with Svix's own library, which jest cannot load: `[{ secret, body, headers }]`
 * in, `"ok"` or the reason for each out.
 */
import { json } from 'node:stream/consumers';

import { Webhook } from 'svix';

const verdicts = (await json(process.stdin)).map(({ secret, body, headers }) => {
	try {
		new Webhook(secret).verify(body, headers);
		return 'ok';
	} catch (error) {
		return error.message;
	}
});
console.log(JSON.stringify(verdicts));
