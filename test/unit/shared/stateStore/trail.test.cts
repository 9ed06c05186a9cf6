import { toVendorError } from '../../../../nodes/shared/http/vendorError';
import { afterFailure, noteAttempts, type Trail } from '../../../../nodes/shared/stateStore/trail';

const ANSWER = {
	questionKey: 'q',
	vendor: 'RentCast',
	scope: 'zip:78244',
	answer: { zipCode: '78244' },
	lifetimeSeconds: 86_400,
};

function trail(more: Partial<Trail> = {}): Trail {
	return { flow: 'property-enrichment', correlationId: 'corr-1', log: [], answers: [], ...more };
}

describe('the trail of an item', () => {
	it('notes each attempt as a row of the event log', () => {
		const noted = trail();
		const note = noteAttempts(noted, 'market-data', 'rentcast');
		note({ attempt: 1, status: 0, durationMs: 500, noAnswer: 'timed-out' });
		note({ attempt: 2, status: 503, durationMs: 20 });
		note({ attempt: 3, status: 204, durationMs: 10 });
		const common = {
			correlationId: 'corr-1',
			flow: 'property-enrichment',
			step: 'market-data',
			vendor: 'rentcast',
		};
		expect(noted.log).toEqual([
			{ ...common, outcome: 'failed', status: 0, durationMs: 500, attempt: 1, detail: 'timed-out' },
			{ ...common, outcome: 'failed', status: 503, durationMs: 20, attempt: 2 },
			{ ...common, outcome: 'ok', status: 204, durationMs: 10, attempt: 3 },
		]);
	});

	it.each([199, 300, 302, 400, 500])('does not call %i a success', (status) => {
		const noted = trail();
		noteAttempts(noted, 'callback', 'platform')({ attempt: 1, status, durationMs: 1 });
		expect(noted.log[0]?.outcome).toBe('failed');
	});

	it('has nothing to put in order where nothing was claimed', () => {
		expect(afterFailure(trail({ answers: [ANSWER] }), 'enrich', new Error('x'))).toBeUndefined();
	});

	it('gives the claim back, keeps what was paid for and logs the kind of the failure', () => {
		const failed = trail({ eventKey: 'key', leaseToken: 'lease', answers: [ANSWER] });
		noteAttempts(failed, 'market-data', 'rentcast')({ attempt: 1, status: 500, durationMs: 1 });
		const error = toVendorError('RentCast', { status: 500, headers: {}, body: undefined }, 0);
		const statement = afterFailure(failed, 'enrich', error);
		expect(statement?.query).toContain("state = 'released'");
		const [eventKey, leaseToken, answers, log] = statement?.values ?? [];
		expect([eventKey, leaseToken]).toEqual(['key', 'lease']);
		expect(JSON.parse(String(answers))).toEqual([ANSWER]);
		expect(JSON.parse(String(log))).toEqual([
			...failed.log,
			{
				correlationId: 'corr-1',
				flow: 'property-enrichment',
				step: 'enrich',
				outcome: 'failed',
				detail: 'RentCast: unavailable',
			},
		]);
	});

	it('only writes the log where the work is recorded and the lease given back already', () => {
		const statement = afterFailure(trail({ eventKey: 'key' }), 'report', new TypeError('x'));
		expect(statement?.query).toContain('INSERT INTO property_platform.event_log');
		expect(statement?.query).not.toContain('processed_events');
		const log = JSON.parse(String(statement?.values[0])) as object[];
		expect(log).toMatchObject([{ step: 'report', outcome: 'failed', detail: 'TypeError' }]);
	});

	it.each<[string, unknown]>([
		['an error', new Error('maria@example.com')],
		['a text', 'maria@example.com'],
	])('logs nothing of what %s says, which may be personal', (_name, thrown) => {
		const statement = afterFailure(trail({ eventKey: 'key' }), 'report', thrown);
		expect(JSON.stringify(statement)).not.toContain('maria');
	});
});
