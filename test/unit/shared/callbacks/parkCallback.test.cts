import { parkCallback } from '../../../../nodes/shared/callbacks/parkCallback';

interface Parked {
	deliveryKey: string;
	payload: { path: string; body: string };
}

describe('a callback that is parked', () => {
	it('keeps the bytes that were sent: a jsonb column has an order of its own', () => {
		const body = { parcel_id: 'x-1', status: 'lost', at: '2024-01-15T10:30:00Z', nr: 1 };
		const request = {
			method: 'POST' as const,
			path: '/internal/n8n/parcel-status',
			headers: {},
			body,
			idempotencyKey: 'parcel-status:x-1:0123',
		};
		const trail = { flow: 'parcels', correlationId: 'corr-1', log: [], answers: [] };
		const [work] = parkCallback(request, trail)(new Error('lost'), []).values;
		const [parked] = JSON.parse(work as string) as Parked[];
		expect(parked).toMatchObject({
			deliveryKey: 'parcel-status:x-1:0123',
			payload: {
				path: '/internal/n8n/parcel-status',
				body: '{"parcel_id":"x-1","status":"lost","at":"2024-01-15T10:30:00Z","nr":1}',
			},
		});
	});
});
