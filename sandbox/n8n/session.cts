/** The owner of the sandbox's n8n. It listens on this machine only, and there is nothing to steal. */
export const OWNER = { email: 'sandbox@example.com', password: 'Sandbox-1234' };

/** Makes a call as the editor does; answers its `data`. Throws on any other status than a good one. */
export type EditorCall = <T>(method: string, path: string, body?: object) => Promise<T>;

/** Signs in as the owner. */
export async function openSession(n8nUrl: string): Promise<EditorCall> {
	const login = await fetch(`${n8nUrl}/rest/login`, {
		method: 'POST',
		headers: { 'Content-Type': 'application/json' },
		body: JSON.stringify({ emailOrLdapLoginId: OWNER.email, password: OWNER.password }),
	});
	if (!login.ok) throw new Error(`n8n refused the login: ${login.status}`);
	const Cookie = login.headers
		.getSetCookie()
		.map((each) => each.split(';')[0])
		.join('; ');

	return async <T,>(method: string, path: string, body?: object): Promise<T> => {
		const response = await fetch(`${n8nUrl}/rest${path}`, {
			method,
			headers: { 'Content-Type': 'application/json', Cookie, 'push-ref': 'sandbox' },
			...(body && { body: JSON.stringify(body) }),
		});
		const text = await response.text();
		if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
		return (JSON.parse(text) as { data: T }).data;
	};
}
