import type pg from 'pg';

/** Somebody a campaign may reach, and the home that it tells them about: a row of `contact`. */
export interface Contact {
	id: string;
	company_id: string;
	email: string;
	first_name: string | null;
	last_name: string | null;
	city: string | null;
	budget_max: number | null;
	beds: number | null;
	/** Null: never asked. */
	consent: boolean | null;
	unsubscribed: boolean;
	property_title: string | null;
	property_url: string | null;
	property_price: number | null;
}

/** Inserts or updates a contact. Who has unsubscribed stays so. */
export async function saveContact(pool: pg.Pool, contact: Contact): Promise<void> {
	const names = Object.keys(contact);
	const updates = names
		.filter((name) => name !== 'id' && name !== 'unsubscribed')
		.map((name) => `${name} = excluded.${name}`);
	await pool.query(
		`INSERT INTO contact (${names.join(', ')})
		 VALUES (${names.map((_, index) => `$${index + 1}`).join(', ')})
		 ON CONFLICT (id) DO UPDATE
		 SET ${updates.join(', ')}, unsubscribed = contact.unsubscribed OR excluded.unsubscribed`,
		Object.values(contact),
	);
}
