import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { AudienceField } from '../audience/fields';

/** The fields that a query may name, as a person types them in. */
export function fieldsProperty(show: Record<string, string[]>): INodeProperties {
	return {
		displayName: 'Fields',
		name: 'fields',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true, sortable: true },
		placeholder: 'Add Field',
		default: {},
		description:
			'What a query may name, and what a template may show. A query that names anything else is refused.',
		displayOptions: { show },
		options: [
			{
				displayName: 'Field',
				name: 'field',
				values: [
					{
						displayName: 'Name',
						name: 'name',
						type: 'string',
						default: '',
						placeholder: 'e.g. budget_max',
					},
					{
						displayName: 'Type',
						name: 'type',
						type: 'options',
						default: 'text',
						options: [
							{ name: 'Boolean', value: 'boolean' },
							{ name: 'Date', value: 'date' },
							{ name: 'Number', value: 'number' },
							{ name: 'Text', value: 'text' },
						],
					},
					{
						displayName: 'Column',
						name: 'column',
						type: 'string',
						default: '',
						description: 'In the table. Empty if it has the name of the field.',
					},
				],
			},
		],
	};
}

/** The values of `fieldsProperty`. */
export function readFields(context: IExecuteFunctions, itemIndex: number): AudienceField[] {
	const { field = [] } = context.getNodeParameter('fields', itemIndex) as {
		field?: AudienceField[];
	};
	return field.map(({ name, type, column }) => ({ name, type, column: column || name }));
}
