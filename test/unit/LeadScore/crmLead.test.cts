import { toCrmLead } from '../../../nodes/LeadScore/crmLead';
import { leadNote } from '../../../nodes/LeadScore/note';
import { FOLLOW_UP, known } from './samples.cts';

const crmLead = (...parts: Parameters<typeof known>) =>
	toCrmLead({ ...known(...parts), fields: { lead_score: 85 } });

describe('a lead for a CRM', () => {
	it('has the contact as the score read it, the note, the task and the mapped fields', () => {
		expect(crmLead({ first_name: ' John ', last_name: 'Doe' })).toEqual({
			leadId: '7d3f0c1a-52b1-4e6a-9c57-0f6a2f1f9d11',
			email: 'john.doe@example.com',
			phone: '+639171234567',
			firstName: 'John',
			lastName: 'Doe',
			placeholderName: 'John Doe',
			consent: true,
			note: leadNote(known()),
			task: {
				subject: 'Call new A lead within 5 minutes',
				lines: [
					'Due Mon 23 Nov 2026, 09:05 (Asia/Manila)',
					'Score 85/100, grade A',
					'Asked about: Two-bedroom condo with a view',
					'Ask: When do you want to move in?',
				],
				dueAt: new Date('2026-11-23T01:05:00Z'),
				dueDate: '2026-11-23',
				priority: 'high',
				kind: 'call',
			},
			fields: { lead_score: 85 },
		});
	});

	it.each([false, null, undefined])(
		'has no task where consent is %p, whatever was planned',
		(consent) => {
			const lead = crmLead({ consent }, {}, { followUp: FOLLOW_UP });
			expect(lead).toMatchObject({ consent: false });
			expect(lead).not.toHaveProperty('task');
			expect(JSON.stringify(lead.note)).toContain('No consent to be contacted');
		},
	);

	it.each([[{ skipped: 'The lead left nothing' }], [undefined]])(
		'has no task where the plan is %p',
		(followUp) => expect(crmLead({}, {}, { followUp })).not.toHaveProperty('task'),
	);

	it('has nothing that nobody gave', () => {
		const lead = crmLead(
			{ email: null, phone: null, first_name: ' ', last_name: '' },
			{ contact: {} },
		);
		expect(Object.keys(lead)).toEqual([
			'leadId',
			'placeholderName',
			'consent',
			'note',
			'task',
			'fields',
		]);
	});

	it.each([
		['letters', 'call me maybe', undefined],
		['letters in a number', '0917-HOMES', undefined],
		['too few digits', '12345', undefined],
		['no digits', '----------', undefined],
		['more than a field takes', '0'.repeat(41), undefined],
		['a number nobody could place', '(02) 8888 0000', '(02) 8888 0000'],
		['an extension', '(02) 8888 0000 loc. 12', '(02) 8888 0000 loc. 12'],
		['a number that was read, with an extension', '+6328888000 ext. 12', '+6328888000 ext. 12'],
	])('has a phone only where it can be called: %s', (_what, phone, expected) => {
		expect(crmLead({ phone }, { contact: { phone } }).phone).toBe(expected);
	});

	it.each([
		['john.doe@example.com', 'John Doe'],
		['john@example.com', 'John'],
		['maria_clara-santos@example.com', 'Maria Clara Santos'],
		['jdoe1987@example.com', 'Jdoe'],
		['john.doe+homes@example.com', 'John Doe'],
		['niño@example.com', 'Niño'],
		['12345@example.com', 'New lead 7d3f0c1a'],
		['+@example.com', 'New lead 7d3f0c1a'],
		[undefined, 'New lead 7d3f0c1a'],
	])('whose address is %s is called %s until it says its name', (email, name) => {
		expect(crmLead({}, { contact: { ...(email && { email }) } }).placeholderName).toBe(name);
	});

	it('has a placeholder of bounded length and without digits of the phone', () => {
		const long = crmLead({}, { contact: { email: `${'ab.'.repeat(21)}@example.com` } });
		expect(long.placeholderName.length).toBeLessThanOrEqual(40);
		const unnamed = crmLead({}, { contact: { phone: '+639171234567' } });
		expect(unnamed.placeholderName).toBe('New lead 7d3f0c1a');
	});
});
