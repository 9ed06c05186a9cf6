/** Last of all topics, for it looks at what the others have left behind too. */
import { readFile } from 'node:fs/promises';

import { SECRETS } from '../../../sandbox/sandbox.cts';
import type { Failure } from '../../../sandbox/vendors/standIn.cts';
import { CRM_KEYS, failMaking, type PerCrm } from '../crms.cts';
import { errorsIn, executionsAfter, latestExecutionId } from '../executions.cts';
import { newLead, PEOPLE } from '../leads.cts';
import { postSigned } from '../signed.cts';
import { heal, world } from '../world.cts';

/** Every vendor quotes in its errors what it was sent. */
const QUOTING: PerCrm<(given: string) => Failure> = {
	hubspot: (given) => ({
		status: 400,
		body: {
			status: 'error',
			category: 'VALIDATION_ERROR',
			message: `Property values were not valid: ${given}`,
			errors: [{ message: given, code: 'INVALID_EMAIL', context: { propertyName: ['email'] } }],
		},
	}),
	salesforce: (given) => ({
		status: 400,
		body: [{ errorCode: 'INVALID_EMAIL_ADDRESS', message: given, fields: ['Email'] }],
	}),
	pipedrive: (given) => ({
		status: 400,
		body: { success: false, error: `Validation failed: emails: ${given}`, code: 'ERR_SCHEMA' },
	}),
};

/** Every secret, e-mail address and phone number that went through n8n, where a text has it. */
function hiddenIn(text: string): string[] {
	const people = PEOPLE.flatMap(({ email, phone }) => [email, phone]);
	const hidden = [...Object.values(SECRETS), ...people].filter((word) => typeof word === 'string');
	return hidden.filter((word) => text.includes(word));
}

describe('what is left of secrets and of people', () => {
	let before: number;

	beforeAll(async () => {
		heal();
		before = latestExecutionId();
		for (const crm of CRM_KEYS) {
			const lead = await newLead(crm);
			failMaking(crm, ['contact'], QUOTING[crm](`${lead.email} ${lead.phone}`));
			expect((await postSigned('lead-created', lead)).status).toBe(500);
		}
	});

	it('is nothing in the errors of executions', async () => {
		const latest = (await executionsAfter(before)).map(({ kept }) => errorsIn(kept));
		expect(latest.map((errors) => JSON.stringify(errors))).toEqual([
			expect.stringContaining('HubSpot did not accept the property email (INVALID_EMAIL)'),
			expect.stringContaining('Salesforce did not accept the field Email'),
			expect.stringContaining('Pipedrive did not accept emails (400)'),
		]);
		const all = (await executionsAfter(0)).filter(({ kept }) => kept !== '');
		expect(hiddenIn(JSON.stringify(all.map(({ kept }) => errorsIn(kept))))).toEqual([]);
	});

	it("is nothing in n8n's log", async () => {
		const log = await readFile(world().n8n.logFile, 'utf8');
		expect(log).toContain('did not accept');
		expect(hiddenIn(log)).toEqual([]);
	});

	it.each([
		['event log', 'SELECT * FROM property_platform.event_log', /Salesforce: rejected/],
		['outbox', 'SELECT last_error FROM outbox_message', /null/],
		["platform's messages", 'SELECT crm_message FROM lead', /Salesforce did not accept/],
	])('is nothing in the %s', async (_, query, holds) => {
		const text = JSON.stringify((await world().platform.pool.query(query)).rows);
		expect(text).toMatch(holds);
		expect(hiddenIn(text)).toEqual([]);
	});
});
