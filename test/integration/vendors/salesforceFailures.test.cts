/** The adapter when Salesforce fails, refuses or does not answer, at any point of a push. */
import { SALESFORCE_FAILURES, SALESFORCE_REFUSALS } from '../../../sandbox/vendors/salesforce.cts';
import type { Failure } from '../../../sandbox/vendors/standIn.cts';
import { vendorErrorOf } from './crmSession.cts';
import {
	LEAD,
	LEAD_ID_FIELD,
	salesforceWorld,
	WITH_LEAD_ID,
	type World,
} from './salesforceWorld.cts';

const JOHN = { LastName: 'Santos', Company: 'Santos Inc', Email: LEAD.email };

describe('pushing a lead to Salesforce in bad times', () => {
	let world: World;

	beforeAll(async () => void (world = await salesforceWorld()));
	beforeEach(() => world.startAnew());
	afterAll(() => world.standIn.close());

	const leads = () => world.standIn.holds().filter(({ kind }) => kind === 'lead');

	it.each<[string, Failure, boolean]>([
		['no answer', 'timeout', true],
		['a cut connection', 'reset', true],
		['an error 500', { status: 500 }, true],
		['an error 500 before anything was done', { status: 500 }, false],
		['a page with 200', 'html', true],
	])('ends well at once where it can see what %s left', async (_name, failure, accepted) => {
		world.standIn.failNext(failure, 1, { accepted });
		const push = await world.push();
		expect(push.externalId).toBe(`salesforce_lead_${leads()[0]?.id}`);
		expect(world.calls()).toBe(accepted ? 2 : 3);
	});

	it('does not send a second request where the first may still be under way', async () => {
		world.standIn.failNext('timeout');
		const error = await vendorErrorOf(world.push());
		expect(error.details.kind).toBe('timed-out');
		expect(error.isPassing).toBe(true);
		expect(world.parts().map(([first]) => first)).toEqual(['POST Lead', 'GET query']);
	});

	it('repeats a mere update as often as a question, and no more', async () => {
		await world.push();
		world.standIn.requests.length = 0;
		const serverError = SALESFORCE_FAILURES.serverError;
		world.standIn.failNext(serverError, 10, { matching: () => world.calls() > 1 });
		const error = await vendorErrorOf(world.push({}, WITH_LEAD_ID, true));
		expect(error.details).toMatchObject({ kind: 'unavailable', code: 'UNKNOWN_EXCEPTION' });
		expect(world.calls()).toBe(1 + 3);
	});

	it('waits for a lock to end, since a lock undoes everything', async () => {
		world.standIn.org.refuseNext('Task', 400, SALESFORCE_REFUSALS.rowLocked, 2);
		await world.push();
		expect(world.clock.waits).toEqual([500, 1000]);
		expect(leads()).toMatchObject([{ notes: [{}], tasks: [{}] }]);
	});

	it('gives up on a lock that stays, to try again later', async () => {
		world.standIn.org.refuseNext('Lead', 400, SALESFORCE_REFUSALS.rowLocked, 10);
		const error = await vendorErrorOf(world.push());
		expect(error.details).toMatchObject({ kind: 'unavailable', code: 'UNABLE_TO_LOCK_ROW' });
		expect(error.isPassing).toBe(true);
		expect(world.clock.waits).toEqual([500, 1000, 2000]);
	});

	it('waits while too many calls are made at once', async () => {
		world.standIn.failNext(SALESFORCE_FAILURES.concurrentLimit, 2);
		await world.push();
		expect(world.calls()).toBe(3);
		expect(world.clock.waits).toEqual([2000, 4000]);
	});

	it.each<[string, Failure, string, string | undefined]>([
		[
			'the org has no API',
			SALESFORCE_FAILURES.apiDisabled,
			'credential-refused',
			'API_DISABLED_FOR_ORG',
		],
		['a page says 403', SALESFORCE_FAILURES.forbiddenPage, 'credential-refused', undefined],
	])('asks once and no more where %s', async (_name, failure, kind, code) => {
		world.standIn.failNext(failure, 3);
		const { details } = await vendorErrorOf(world.push());
		expect({ kind: details.kind, code: details.code }).toEqual({ kind, code });
		expect(world.calls()).toBe(1);
	});

	it('points at address and version where there is nothing', async () => {
		const { details } = await vendorErrorOf(
			world.push({}, { ...WITH_LEAD_ID, apiVersion: 'v99.0' }),
		);
		expect(details).toMatchObject({ kind: 'not-found', advice: expect.stringMatching(/version/) });
	});

	describe('says which field is wrong, and not with what value:', () => {
		it.each<[string, Record<string, string>, string, string]>([
			['an e-mail', { email: 'jane@@example.com' }, 'Email', 'INVALID_EMAIL_ADDRESS'],
			['a phone too long', { phone: '1'.repeat(41) }, 'Phone', 'STRING_TOO_LONG'],
		])('%s', async (_name, lead, field, code) => {
			const { message, details } = await vendorErrorOf(world.push(lead));
			expect(details).toMatchObject({ kind: 'rejected', code });
			expect(message).toBe(`Salesforce did not accept the field ${field} (${code})`);
			expect(JSON.stringify(details)).not.toContain(Object.values(lead)[0]);
			expect(world.calls()).toBe(1);
			expect(leads()).toEqual([]);
		});

		it('a rule of the org', async () => {
			world.standIn.org.refuseNext('Lead', 400, SALESFORCE_REFUSALS.customValidation);
			const { message } = await vendorErrorOf(world.push());
			expect(message).toBe(
				'Salesforce did not accept the field Phone (FIELD_CUSTOM_VALIDATION_EXCEPTION)',
			);
		});

		it('a field that was mapped to nothing', async () => {
			const { details } = await vendorErrorOf(world.push({ fields: { Lead_Scor__c: 1 } }));
			expect(details).toMatchObject({ kind: 'rejected', code: 'INVALID_FIELD' });
			expect(details.message).toContain('Lead_Scor__c');
			expect(details.advice).toContain('mapping');
		});

		it.each([true, false])('the field for our id, on a repeat: %s', async (isRepeat) => {
			const settings = { leadIdField: 'Nope_Id__c' };
			const { details } = await vendorErrorOf(world.push({}, settings, isRepeat));
			expect(details).toMatchObject({ kind: 'rejected', code: 'INVALID_FIELD' });
			expect(details.message).toContain('Nope_Id__c');
			expect(details.advice).toMatch(/External ID and Unique/);
			expect(JSON.stringify(details)).not.toContain(LEAD.email);
			expect(world.calls()).toBe(1);
		});

		it('a field for our id that is no name', async () => {
			const leadIdField = "Id = '' OR Id";
			const { details } = await vendorErrorOf(world.push({}, { leadIdField }));
			expect(details).toMatchObject({
				kind: 'rejected',
				advice: expect.stringMatching(/API name/),
			});
			expect(world.calls()).toBe(0);
		});

		it('another unique field whose value is taken', async () => {
			world.standIn.org.refuseNext('Lead', 400, {
				errorCode: 'DUPLICATE_VALUE',
				message: 'duplicate value found: Passport__c duplicates value on record with id: 00Q',
				fields: [],
			});
			const { message } = await vendorErrorOf(world.push());
			expect(message).toBe('Salesforce did not accept the field Passport__c (DUPLICATE_VALUE)');
		});
	});

	it('says what the user may not do', async () => {
		world.standIn.org.refuseNext('Task', 400, SALESFORCE_REFUSALS.noAccess);
		const { details } = await vendorErrorOf(world.push());
		expect(details).toMatchObject({
			kind: 'credential-refused',
			code: 'INSUFFICIENT_ACCESS_OR_READONLY',
		});
		expect(leads()).toEqual([]);
	});

	it('says so when the field for our id is not unique', async () => {
		const id = await world.make('Lead', { ...JOHN, [LEAD_ID_FIELD]: LEAD.leadId });
		world.standIn.org.copy(id);
		const { details } = await vendorErrorOf(world.push({}, WITH_LEAD_ID, true));
		expect(details.message).toContain(LEAD_ID_FIELD);
		expect(details.advice).toContain('Unique');
	});

	it('gives up where a duplicate rule matches what nobody may see', async () => {
		world.standIn.org.refuseNext('Lead', 400, {
			errorCode: 'DUPLICATES_DETECTED',
			message: 'Use one of these records?',
			fields: [],
		});
		const { details } = await vendorErrorOf(world.push());
		expect(details).toMatchObject({ kind: 'rejected', code: 'DUPLICATES_DETECTED' });
		expect(world.calls()).toBe(1);
	});
});
