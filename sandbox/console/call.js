/** Asks the console's own API: with a body it posts. Throws what the person is to read. */
export async function call(path, body) {
	const response = await fetch(`/console/api/${path}`, {
		...(body && {
			method: 'POST',
			headers: { 'Content-Type': 'application/json' },
			body: JSON.stringify(body),
		}),
	});
	const answer = await response.json();
	if (response.ok) return answer;
	const problems = answer.problems?.map(({ field, message }) => `${field}: ${message}`);
	throw new Error(problems?.join('\n') ?? answer.error);
}
