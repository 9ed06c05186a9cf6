/**
 * Stand-in of HubSpot's CRM, under the paths of v3 and of the versions that are dates.
 * @see https://developers.hubspot.com/docs/api-reference/latest/overview
 */
import type { Context } from 'hono';

import type { CrmRecord, CrmStandIn } from './crmView.cts';
import { HUB_SPOT_FAILURES, Refusal, refusal } from './hubSpotAnswers.cts';
import { HubSpotLimits, type LimitOptions } from './hubSpotLimits.cts';
import { HubSpotRecords, type StoredRecord } from './hubSpotRecords.cts';
import { objectRoutes, propertyRoutes } from './hubSpotRoutes.cts';
import { type FailureAnswer, startStandIn } from './standIn.cts';

export { HUB_SPOT_FAILURES } from './hubSpotAnswers.cts';

const VERSION = ':version{[0-9]{4}-[0-9]{2}}';

export interface HubSpotOptions extends LimitOptions {
	port?: number;
	/** Absent: any token is taken. */
	accessToken?: string;
	/** How long a search does not see what was created, in milliseconds; not at all by default. */
	searchLagMs?: number;
}

/** Starts the stand-in; its API is below `/`. */
export async function startHubSpot(options: HubSpotOptions = {}): Promise<CrmStandIn> {
	const { port, accessToken, searchLagMs = 0 } = options;
	const records = new HubSpotRecords();
	const limits = new HubSpotLimits(options);
	const standIn = await startStandIn({
		name: 'HubSpot',
		port,
		onReset() {
			records.reset();
			limits.reset();
		},
		routes(app) {
			app.use(async (context, next) => {
				const given = /^Bearer (\S+)$/.exec(context.req.header('authorization') ?? '')?.[1];
				if (!given || (accessToken !== undefined && given !== accessToken)) {
					return answer(context, HUB_SPOT_FAILURES.unauthorized);
				}
				const isSearch = context.req.path.endsWith('/search');
				const refused = limits.refuse(isSearch);
				if (refused) context.res = answer(context, refused);
				else await next();
				for (const [name, value] of Object.entries(isSearch ? {} : limits.headers())) {
					context.res.headers.set(name, value);
				}
				return undefined;
			});
			for (const base of ['/crm/v3/objects', `/crm/objects/${VERSION}`]) {
				objectRoutes(app, base, records, searchLagMs);
			}
			for (const base of ['/crm/v3/properties', `/crm/properties/${VERSION}`]) {
				propertyRoutes(app, base, records);
			}
			for (const base of ['/account-info/v3', `/account-info/${VERSION}`]) {
				app.get(`${base}/details`, (context) => context.json(ACCOUNT));
			}
			app.notFound((context) =>
				answer(context, refusal(404, 'OBJECT_NOT_FOUND', 'resource not found')),
			);
			app.onError((error, context) =>
				answer(context, error instanceof Refusal ? error.answer : HUB_SPOT_FAILURES.serverError),
			);
		},
	});
	return Object.assign(standIn, {
		holds: () => records.all('contacts').map((contact) => held(contact, records)),
	});
}

const ACCOUNT = {
	portalId: 123456,
	accountType: 'DEVELOPER_TEST',
	timeZone: 'Asia/Manila',
	companyCurrency: 'PHP',
	additionalCurrencies: [],
	utcOffset: '+08:00',
	utcOffsetMilliseconds: 28_800_000,
	uiDomain: 'app.hubspot.com',
	dataHostingLocation: 'na1',
};

function held(contact: StoredRecord, records: HubSpotRecords): CrmRecord {
	const { email, phone, firstname, lastname, ...fields } = contact.properties;
	return {
		id: contact.id,
		kind: 'contact',
		name: [firstname, lastname].filter(Boolean).join(' '),
		email: email || null,
		phone: phone || null,
		fields,
		notes: records.activitiesOf(contact.id, 'notes').map(({ id, properties }) => ({
			id,
			title: '',
			text: properties.hs_note_body ?? '',
		})),
		tasks: records.activitiesOf(contact.id, 'tasks').map(({ id, properties }) => ({
			id,
			subject: properties.hs_task_subject ?? '',
			text: properties.hs_task_body ?? '',
			dueAt: properties.hs_timestamp ?? '',
			priority: properties.hs_task_priority ?? '',
		})),
	};
}

function answer(context: Context, { status, body }: FailureAnswer): Response {
	return context.json(body as object, status as 400);
}
