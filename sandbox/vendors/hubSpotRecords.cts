/** The records of a HubSpot account: contacts, notes, tasks, and what belongs to whom. */
import { z } from 'zod';

import { Refusal } from './hubSpotAnswers.cts';
import {
	checkedValues,
	checkRequired,
	type ObjectType,
	type Property,
	startingProperties,
} from './hubSpotProperties.cts';

const FIRST_ID = 512_159_482_600;

/** The types of association that HubSpot defines between an activity and a contact. */
const TO_CONTACT = { notes: 202, tasks: 204 } as const;

export interface StoredRecord {
	id: string;
	type: ObjectType;
	createdAt: Date;
	updatedAt: Date;
	properties: Record<string, string>;
	/** Of activities. */
	contactIds: string[];
}

export const recordInput = z.object({
	properties: z.record(z.union([z.string(), z.number(), z.boolean(), z.null()])),
	associations: z
		.array(
			z.object({
				to: z.object({ id: z.coerce.string() }),
				types: z
					.array(z.object({ associationCategory: z.string(), associationTypeId: z.number() }))
					.min(1),
			}),
		)
		.nullish(),
});

export type RecordInput = z.infer<typeof recordInput>;

export class HubSpotRecords {
	properties = startingProperties();
	private records = new Map<string, StoredRecord>();

	reset(): void {
		this.properties = startingProperties();
		this.records.clear();
	}

	all(type: ObjectType): StoredRecord[] {
		return [...this.records.values()].filter((record) => record.type === type);
	}

	find(type: ObjectType, id: string, idProperty?: string): StoredRecord | undefined {
		if (idProperty === undefined || idProperty === 'hs_object_id') {
			const record = this.records.get(id);
			return record?.type === type ? record : undefined;
		}
		const property = this.properties[type].find(({ name }) => name === idProperty);
		if (!isUnique(property)) {
			throw new Refusal(
				400,
				'VALIDATION_ERROR',
				`Unable to perform a look-up by non-unique property ${idProperty}`,
			);
		}
		return this.holderOf(type, property, id);
	}

	get(type: ObjectType, id: string, idProperty?: string): StoredRecord {
		const record = this.find(type, id, idProperty);
		if (record) return record;
		throw new Refusal(404, 'OBJECT_NOT_FOUND', 'resource not found');
	}

	create(type: ObjectType, { properties, associations }: RecordInput): StoredRecord {
		const values = checkedValues(this.properties[type], properties);
		checkRequired(type, this.properties[type], values);
		const id = String(FIRST_ID + this.records.size + 1);
		this.checkUnique(type, id, values, 409);
		const contactIds = (associations ?? []).map((association) =>
			this.associated(type, association),
		);
		const now = new Date();
		const record = { id, type, createdAt: now, updatedAt: now, properties: values, contactIds };
		this.records.set(id, record);
		return record;
	}

	update(record: StoredRecord, properties: RecordInput['properties']): StoredRecord {
		const values = checkedValues(this.properties[record.type], properties);
		this.checkUnique(record.type, record.id, values, 400);
		Object.assign(record.properties, values);
		record.updatedAt = new Date();
		return record;
	}

	/** Activities of a contact, oldest first. */
	activitiesOf(contactId: string, kind: 'notes' | 'tasks'): StoredRecord[] {
		return this.all(kind).filter(({ contactIds }) => contactIds.includes(contactId));
	}

	private associated(
		type: ObjectType,
		{ to, types }: NonNullable<RecordInput['associations']>[number],
	): string {
		const isDefined = types.every(
			({ associationCategory, associationTypeId }) =>
				type !== 'contacts' &&
				associationCategory === 'HUBSPOT_DEFINED' &&
				associationTypeId === TO_CONTACT[type],
		);
		if (!isDefined) {
			const message = `Association type ${types[0]?.associationTypeId} does not exist for ${type}`;
			throw new Refusal(400, 'VALIDATION_ERROR', message);
		}
		if (!this.find('contacts', to.id)) {
			throw new Refusal(400, 'VALIDATION_ERROR', 'One or more associations are not valid', {
				errors: [
					{
						message: `CONTACT=${to.id} is not valid`,
						code: 'INVALID_OBJECT_IDS',
						in: 'fromObjectId|toObjectId',
						context: { CONTACT: [to.id] },
					},
				],
			});
		}
		return to.id;
	}

	private checkUnique(
		type: ObjectType,
		id: string,
		values: Record<string, string>,
		emailStatus: 400 | 409,
	): void {
		for (const property of this.properties[type].filter(isUnique)) {
			const value = values[property.name];
			const holder = value ? this.holderOf(type, property, value) : undefined;
			if (!holder || holder.id === id) continue;
			if (property.name === 'email') {
				const category = emailStatus === 409 ? 'CONFLICT' : 'VALIDATION_ERROR';
				const message = `Contact already exists. Existing ID: ${holder.id}`;
				throw new Refusal(emailStatus, category, message);
			}
			const coordinates = `portalId=123456, objectTypeId=ObjectTypeId{legacyObjectType=CONTACT}, propertyName=${property.name}, value=${value}`;
			const message = `Cannot set PropertyValueCoordinates{${coordinates}} on ${id}. ${holder.id} already has that value.`;
			throw new Refusal(400, 'VALIDATION_ERROR', message, {
				errors: [
					{
						message,
						code: 'CONFLICTING_UNIQUE_VALUE',
						context: { propertyName: [property.name] },
					},
				],
			});
		}
	}

	private holderOf(type: ObjectType, { name }: Property, value: string): StoredRecord | undefined {
		const wanted = value.toLowerCase();
		return this.all(type).find(({ properties }) => properties[name]?.toLowerCase() === wanted);
	}
}

function isUnique(property: Property | undefined): property is Property {
	return property?.name === 'email' || (property?.hasUniqueValue ?? false);
}
