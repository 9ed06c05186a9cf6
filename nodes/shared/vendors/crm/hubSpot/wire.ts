/** What all requests to HubSpot share. No person's data stands in a path or query: both are logged. */
import type { HttpRequest } from '../../../http/send';
import type { CrmSettings } from '../port';

const DEFAULT_VERSION = '2026-09';

export const TIMEOUT_MS = 8_000;

export type ActivityKind = 'notes' | 'tasks';

/** Since versions are dates, the version stands behind what it is a version of. */
export function objectsPath(kind: 'contacts' | ActivityKind, { apiVersion }: CrmSettings): string {
	const version = encodeURIComponent(apiVersion || DEFAULT_VERSION);
	return version === 'v3' ? `/crm/v3/objects/${kind}` : `/crm/objects/${version}/${kind}`;
}

/** A POST that only asks. */
export function question(path: string, body: unknown): HttpRequest {
	return { method: 'POST', path, body, isRepeatable: true, timeoutMs: TIMEOUT_MS };
}

/** HubSpot's properties are strings. Empty ones are left out: they would clear what is there. */
export function texts(properties: Record<string, unknown>): Record<string, string> {
	return Object.fromEntries(
		Object.entries(properties)
			.map(([name, value]) => [name, String(value ?? '').trim()] as const)
			.filter(([, value]) => value !== ''),
	);
}
