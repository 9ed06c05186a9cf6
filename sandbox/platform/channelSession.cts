/** What the broker adds to `session_data` where it is told to; a field that is none of these is passed over. */
import { z } from 'zod';

import { identifier } from '../../nodes/shared/contracts/fields';
import { leadCreated } from '../../nodes/shared/contracts/leadCreated';

const least = z.number().finite().nonnegative();

/** An end that is missing is open. */
const range = z.object({ min: least.optional(), max: least.optional() });

const words = (maxLength: number) => z.string().trim().min(1).max(maxLength);

const preferences = z.object({
	budget: range
		.extend({
			currency: z.string().length(3).optional().catch(undefined),
			/** Of a rent. */
			per: z.string().optional().catch(undefined),
		})
		.optional()
		.catch(undefined),
	beds: range.optional().catch(undefined),
	places: z.array(words(120)).max(50).catch([]),
	transaction: z.enum(['buy', 'rent']).optional().catch(undefined),
	property_type: words(60).optional().catch(undefined),
});

const session = z.object({
	last_property_viewed: identifier.optional().catch(undefined),
	account_id: identifier.optional().catch(undefined),
	contact: z
		.object({
			email: words(320).optional().catch(undefined),
			phone: words(64).optional().catch(undefined),
			name: words(200).optional().catch(undefined),
		})
		.catch({}),
	preferences: preferences.catch({ places: [] }),
	/** Of a lead form: the lead as the guide writes it. */
	lead: leadCreated.optional().catch(undefined),
});

export type ChannelSession = z.infer<typeof session>;

export const readSession = (sessionData: object): ChannelSession => session.parse(sessionData);
