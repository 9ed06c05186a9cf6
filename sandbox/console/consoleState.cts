/** What the console shows, read in one go. Figures and rows only: no secret passes through here. */
import type { Platform } from '../platform/platform.cts';
import { breakagesOf, type Vendors } from './breakages.cts';
import { type Crms, crmState } from './crmState.cts';

const LATEST_REQUESTS = 5;

const SECTIONS = {
	counts: `SELECT status, count(*)::int AS messages FROM outbox_message GROUP BY status`,
	outbox: `SELECT id::int, event_type, status, attempts, watchdog_resends, next_retry_at,
	           correlation_id, last_error, created_at, sent_at, callback_at, awaits_callback, payload
	         FROM outbox_message ORDER BY id DESC LIMIT 25`,
	properties: `SELECT id, address, city, state, country, price_amount, currency, beds, baths,
	               floor_area_sqm, estimate, neighborhood_avg, narrative, source, last_updated
	             FROM property ORDER BY last_updated DESC NULLS LAST, created_at DESC, id LIMIT 12`,
	leads: `SELECT lead.id, company.name AS company, property.address AS property, email, phone,
	          consent, crm, crm_external_id, crm_status, crm_message, webhook_last_attempt,
	          lead.created_at
	        FROM lead JOIN company ON company.id = lead.company_id
	          LEFT JOIN property ON property.id = lead.property_id
	        ORDER BY coalesce(webhook_last_attempt, lead.created_at) DESC, lead.id LIMIT 25`,
	events: `SELECT id::int, created_at, direction, event, correlation_id, status, outcome,
	           duration_ms, attempt
	         FROM event_log ORDER BY id DESC LIMIT 40`,
	mails: `SELECT id::int, recipient, subject, body, created_at FROM mail ORDER BY id DESC LIMIT 20`,
	alertEntries: `SELECT id::int, event, alert_key, severity, title, detail, at
	               FROM alert_entry ORDER BY id DESC LIMIT 20`,
	callbacks: `SELECT id::int, endpoint, idempotency_key, correlation_id, body, received_at
	            FROM callback_received ORDER BY id DESC LIMIT 20`,
};

export async function consoleState(platform: Platform, vendors: Vendors, crms: Crms) {
	const sections = await Promise.all(
		Object.entries(SECTIONS).map(async ([name, sql]) => [
			name,
			(await platform.pool.query(sql)).rows,
		]),
	);
	return {
		platform: { url: platform.url, isDown: platform.isDown, isPaused: platform.isPaused },
		...(Object.fromEntries(sections) as Record<keyof typeof SECTIONS, Record<string, unknown>[]>),
		crms: crmState(crms),
		vendors: Object.entries({ ...vendors, ...crms }).map(([key, vendor]) => ({
			key,
			name: vendor.name,
			url: vendor.url,
			delayMs: vendor.delayMs,
			seen: vendor.requests.length,
			latest: vendor.requests
				.slice(-LATEST_REQUESTS)
				.map(({ method, path, at }) => ({ method, path, at })),
			breakages: breakagesOf(vendor).map(({ key: breakage, label }) => ({ key: breakage, label })),
		})),
	};
}

export async function latestMessageId({ pool }: Platform): Promise<number | undefined> {
	const { rows } = await pool.query<{ id: number }>(
		'SELECT id::int FROM outbox_message ORDER BY id DESC LIMIT 1',
	);
	return rows[0]?.id;
}
