/** What the stand-in's org holds, with the rules that Salesforce keeps when it is written to. */
import { checked } from './salesforceChecks.cts';
import { Fault, fault, type FaultEntry, notFound } from './salesforceFault.cts';
import { fieldNamed, OBJECTS, type ObjectName } from './salesforceSchema.cts';

export type Value = string | number | boolean | null;
/** A record never changes: a write puts another in its place, so that a copy of the map is a snapshot. */
export type SalesforceRecord = Readonly<
	{ Id: string; CreatedDate: string } & Record<string, Value>
>;

export type DuplicateRule = 'off' | 'alert' | 'block';

export interface WriteOptions {
	/** `Sforce-Duplicate-Rule-Header: allowSave=true`. */
	allowSave?: boolean;
	/** `Sforce-Auto-Assign`; Salesforce assigns where nobody says no. */
	autoAssign?: boolean;
}

export interface OrgRules {
	duplicateRule: DuplicateRule;
	/** False in an org without enhanced notes. */
	contentNotes: boolean;
	/** Owner that the org's active assignment rule gives to leads, if it has one. */
	assignsLeadsTo: string | undefined;
}

type Refusal = { type: ObjectName; fault: Fault; times: number };

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const CHECKSUM = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/** The user that every token belongs to. */
export const RUNNING_USER = idOf('005', 1);

export class SalesforceOrg {
	readonly rules: OrgRules = {
		duplicateRule: 'off',
		contentNotes: true,
		assignsLeadsTo: undefined,
	};

	private records = new Map<string, SalesforceRecord>();
	private serial = 1;
	private refusals: Refusal[] = [];

	constructor() {
		this.reset();
	}

	reset(): void {
		this.records = new Map();
		this.refusals = [];
		for (const serial of [1, 2]) {
			const user = {
				Id: idOf('005', serial),
				CreatedDate: now(),
				Username: `user${serial}@sandbox`,
			};
			this.records.set(user.Id, user);
		}
	}

	/** The next writes of this type fail so, within a composite too. */
	refuseNext(type: ObjectName, status: number, entry: FaultEntry, times = 1): void {
		this.refusals.push({ type, fault: new Fault(status, entry), times });
	}

	/** Runs `work` and takes back what it wrote when it says so. */
	transaction<T>(work: (rollBack: () => void) => T): T {
		const before = new Map(this.records);
		return work(() => (this.records = before));
	}

	all(type: ObjectName): SalesforceRecord[] {
		const { prefix } = OBJECTS[type];
		return [...this.records.values()].filter(({ Id }) => Id.startsWith(prefix));
	}

	/** By id of 15 or 18 characters. */
	get(type: ObjectName, id: string): SalesforceRecord | undefined {
		return this.all(type).find(({ Id }) => Id === id || Id.slice(0, 15) === id);
	}

	/** By an external id or an e-mail; Salesforce ignores the case of both. */
	having(type: ObjectName, field: string, value: string): SalesforceRecord[] {
		return this.all(type).filter(
			(record) => String(record[field] ?? '').toLowerCase() === value.toLowerCase(),
		);
	}

	create(type: ObjectName, body: unknown, options: WriteOptions = {}): SalesforceRecord {
		if (type === 'ContentNote' && !this.rules.contentNotes) throw notFound();
		this.refuse(type);
		const values = this.checked(type, body, 'create');
		if (type === 'Lead' && !options.allowSave) this.refuseDuplicates(values);
		const record: SalesforceRecord = {
			...this.defaults(type),
			...values,
			...this.assignment(type, options),
			Id: idOf(OBJECTS[type].prefix, ++this.serial),
			CreatedDate: now(),
			LastModifiedDate: now(),
			SystemModstamp: now(),
		};
		this.records.set(record.Id, record);
		return record;
	}

	update(type: ObjectName, id: string, body: unknown, options: WriteOptions = {}): void {
		const record = this.get(type, id);
		if (record === undefined) throw notFound();
		this.refuse(type);
		if (record.IsConverted === true) {
			throw fault(400, 'CANNOT_UPDATE_CONVERTED_LEAD', 'cannot reference converted lead', []);
		}
		const values = this.checked(type, body, 'update', record.Id);
		this.records.set(record.Id, {
			...record,
			...values,
			...this.assignment(type, options),
			LastModifiedDate: now(),
			SystemModstamp: now(),
		});
	}

	remove(type: ObjectName, id: string): void {
		const record = this.get(type, id);
		if (record === undefined) throw notFound();
		this.records.delete(record.Id);
	}

	/** Makes a contact of a lead, as sales people do; its tasks and notes move along. */
	convert(leadId: string): SalesforceRecord {
		const lead = this.get('Lead', leadId);
		if (lead === undefined) throw notFound();
		const { FirstName = null, LastName = null, Email = null, Phone = null } = lead;
		const contact = this.create('Contact', { FirstName, LastName, Email, Phone });
		this.records.set(lead.Id, { ...lead, IsConverted: true, ConvertedContactId: contact.Id });
		for (const { type, by } of Object.values(OBJECTS.Lead.children)) {
			for (const child of this.all(type).filter((record) => record[by] === lead.Id)) {
				this.records.set(child.Id, { ...child, [by]: contact.Id });
			}
		}
		return contact;
	}

	/** A second lead with the same values, as there may be where a field is not unique. */
	copy(leadId: string): void {
		const Id = idOf(OBJECTS.Lead.prefix, ++this.serial);
		const lead = this.get('Lead', leadId);
		if (lead !== undefined) this.records.set(Id, { ...lead, Id });
	}

	private checked(
		type: ObjectName,
		body: unknown,
		verb: 'create' | 'update',
		ownId?: string,
	): Record<string, Value> {
		const values = checked(type, body, verb, (kind, id) => this.get(kind, id)?.Id);
		for (const [name, value] of Object.entries(values)) {
			if (typeof value !== 'string' || !fieldNamed(type, name)?.[1].isUnique) continue;
			const other = this.having(type, name, value).find(({ Id }) => Id !== ownId);
			if (other === undefined) continue;
			const message = `duplicate value found: ${name} duplicates value on record with id: ${other.Id}`;
			throw fault(400, 'DUPLICATE_VALUE', message, []);
		}
		return values;
	}

	private defaults(type: ObjectName): Record<string, Value> {
		const fields = Object.entries(OBJECTS[type].fields);
		return {
			...Object.fromEntries(
				fields.map(([name, { type: kind }]) => [name, kind === 'boolean' ? false : null]),
			),
			OwnerId: RUNNING_USER,
			...(type === 'Lead' && { Status: 'Open - Not Contacted' }),
			...(type === 'Task' && { Status: 'Not Started', Priority: 'Normal' }),
		};
	}

	private assignment(type: ObjectName, { autoAssign = true }: WriteOptions): { OwnerId?: string } {
		const owner = this.rules.assignsLeadsTo;
		return type === 'Lead' && autoAssign && owner !== undefined ? { OwnerId: owner } : {};
	}

	private refuse(type: ObjectName): void {
		const due = this.refusals.find((refusal) => refusal.type === type);
		if (due === undefined) return;
		if (--due.times === 0) this.refusals.splice(this.refusals.indexOf(due), 1);
		throw due.fault;
	}

	/** The org's rule matches leads, and then contacts, by their e-mail. */
	private refuseDuplicates({ Email }: Record<string, Value>): void {
		const { duplicateRule } = this.rules;
		if (duplicateRule === 'off' || typeof Email !== 'string') return;
		const matches = (['Lead', 'Contact'] as const).flatMap((type) =>
			this.having(type, 'Email', Email)
				.filter(({ IsConverted }) => IsConverted !== true)
				.map(({ Id }) => ({ type, Id })),
		);
		if (matches.length > 0) throw duplicatesDetected(matches, duplicateRule);
	}
}

function duplicatesDetected(
	matches: Array<{ type: ObjectName; Id: string }>,
	rule: DuplicateRule,
): Fault {
	const isAlert = rule === 'alert';
	const message = isAlert
		? 'Use one of these records?'
		: "You're creating a duplicate record. We recommend you use an existing record instead.";
	const matchResults = [...new Set(matches.map(({ type }) => type))].map((entityType) => {
		const records = matches.filter(({ type }) => type === entityType);
		return {
			entityType,
			errors: [],
			matchEngine: 'FuzzyMatchEngine',
			matchRecords: records.map(({ Id }) => ({
				additionalInformation: [],
				fieldDiffs: [],
				matchConfidence: 100,
				record: { attributes: { type: entityType }, Id },
			})),
			rule: `Standard_${entityType}_Match_Rule_v1_0`,
			size: records.length,
			success: true,
		};
	});
	return new Fault(isAlert ? 300 : 400, {
		message,
		errorCode: 'DUPLICATES_DETECTED',
		fields: [],
		duplicateResult: {
			allowSave: isAlert,
			duplicateRule: 'Standard_Lead_Duplicate_Rule',
			duplicateRuleEntityType: 'Lead',
			errorMessage: message,
			matchResults,
		},
	});
}

/** An id of 18 characters: the last three say which of the others are capitals. */
function idOf(prefix: string, serial: number): string {
	let [rest, digits] = [serial, ''];
	for (; rest > 0; rest = Math.floor(rest / 62)) digits = ALPHABET[rest % 62] + digits;
	const short = `${prefix}Sb0000${digits.padStart(6, 'A')}`;
	const checksum = [0, 5, 10].map((start) => {
		const bits = [...short.slice(start, start + 5)].map((sign, bit) =>
			/[A-Z]/.test(sign) ? 2 ** bit : 0,
		);
		return CHECKSUM[bits.reduce((sum, bit) => sum + bit, 0)];
	});
	return short + checksum.join('');
}

const now = () => new Date().toISOString().replace('Z', '+0000');
