import { type INodeProperties, NodeOperationError } from 'n8n-workflow';

import { readOnce } from '../../shared/n8n/readOnce';
import { checkSchedule } from '../followUp/businessHours';
import { DEFAULT_SCHEDULE, type Schedule } from '../followUp/schedule';

const { timeZone, days, opens, closes } = DEFAULT_SCHEDULE;

/** When the agency works, for every operation that plans a follow-up. */
export function scheduleProperties(show: Record<string, string[]>): INodeProperties[] {
	return [
		{
			displayName: 'Time Zone',
			name: 'timeZone',
			type: 'string',
			default: timeZone,
			required: true,
			placeholder: 'e.g. Asia/Manila',
			description: 'The zone of the agency, in which its business hours are meant',
			displayOptions: { show },
		},
		{
			displayName: 'Business Hours',
			name: 'businessHours',
			type: 'collection',
			placeholder: 'Add option',
			default: {},
			displayOptions: { show },
			options: [
				{
					displayName: 'Closes',
					name: 'closes',
					type: 'string',
					default: closes,
					placeholder: 'e.g. 18:00',
				},
				{
					displayName: 'Days',
					name: 'days',
					type: 'multiOptions',
					default: [...days],
					options: [
						{ name: 'Friday', value: 5 },
						{ name: 'Monday', value: 1 },
						{ name: 'Saturday', value: 6 },
						{ name: 'Sunday', value: 7 },
						{ name: 'Thursday', value: 4 },
						{ name: 'Tuesday', value: 2 },
						{ name: 'Wednesday', value: 3 },
					],
				},
				{
					displayName: 'Holidays',
					name: 'holidays',
					type: 'string',
					default: '',
					placeholder: 'e.g. 2026-12-25, 2026-12-30',
					description: 'Days on which nobody works, separated by commas',
				},
				{
					displayName: 'Opens',
					name: 'opens',
					type: 'string',
					default: opens,
					placeholder: 'e.g. 09:00',
				},
			],
		},
	];
}

/** The schedule that a node's parameters describe. Throws where they make no sense. */
export const readSchedule = readOnce((context, itemIndex): Schedule => {
	const { holidays = '', ...hours } = context.getNodeParameter(
		'businessHours',
		itemIndex,
	) as Partial<Pick<Schedule, 'opens' | 'closes' | 'days'>> & { holidays?: string };
	const schedule: Schedule = {
		...DEFAULT_SCHEDULE,
		...hours,
		timeZone: context.getNodeParameter('timeZone', itemIndex) as string,
		holidays: holidays
			.split(',')
			.map((day) => day.trim())
			.filter((day) => day !== ''),
	};
	const problems = checkSchedule(schedule);
	if (problems.length === 0) return schedule;
	throw new NodeOperationError(context.getNode(), 'The business hours make no sense', {
		itemIndex,
		description: problems.join('; '),
	});
});
