import type { CrmRecord, CrmStandIn } from '../../../sandbox/vendors/crmView.cts';
import { startStandIn } from '../../../sandbox/vendors/standIn.cts';

/** A CRM of the smallest kind: `POST /people` adds a record as it is sent. */
export async function startFakeCrm(name: string): Promise<CrmStandIn> {
	let people: CrmRecord[] = [];
	const standIn = await startStandIn({
		name,
		onReset: () => (people = []),
		routes(app) {
			app.post('/people', async (context) => {
				const given = await context.req.json<Partial<CrmRecord>>();
				const id = String(people.length + 1);
				people.push({
					...{ id, kind: 'contact', name: '', email: null, phone: null },
					...{ fields: {}, notes: [], tasks: [], ...given },
				});
				return context.json({ id }, 201);
			});
		},
	});
	return Object.assign(standIn, { holds: () => people });
}
