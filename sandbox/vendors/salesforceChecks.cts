/** Which values Salesforce takes, in the order and the words of its own errors. */
import { fault, type Fault, noColumn } from './salesforceFault.cts';
import type { Value } from './salesforceOrg.cts';
import { type Field, fieldNamed, OBJECTS, type ObjectName } from './salesforceSchema.cts';

const EMAIL = /^[^\s@<>,;()"]+@[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+$/i;
const DATE = /^\d{4}-\d\d-\d\d$/;
const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)$/;

/** Finds the full id of a record, or undefined where there is none. */
export type IdFinder = (type: ObjectName, id: string) => string | undefined;

/** The values under the fields' own names. Throws a Fault. */
export function checked(
	type: ObjectName,
	body: unknown,
	verb: 'create' | 'update',
	idOf: IdFinder,
): Record<string, Value> {
	if (typeof body !== 'object' || body === null || Array.isArray(body)) {
		throw fault(400, 'JSON_PARSER_ERROR', 'The request body is not an object');
	}
	const values: Record<string, Value> = {};
	for (const [given, value] of Object.entries(body)) {
		if (given === 'attributes') continue;
		const [name, field] = fieldNamed(type, given) ?? [];
		if (name === undefined || field === undefined) throw noColumn(given, type);
		if (field.isReadOnly) throw notWritable(name);
		values[name] = value === '' ? null : checkedValue(name, field, value, idOf);
	}
	const required = Object.entries(OBJECTS[type].fields).filter(([, field]) => field.isRequired);
	const missing = required
		.map(([name]) => name)
		.filter((name) => (name in values ? values[name] === null : verb === 'create'));
	if (missing.length > 0) {
		const message = `Required fields are missing: [${missing.join(', ')}]`;
		throw fault(400, 'REQUIRED_FIELD_MISSING', message, missing);
	}
	return values;
}

function checkedValue(name: string, field: Field, value: unknown, idOf: IdFinder): Value {
	if (value === null) return null;
	const { type, label, length } = field;
	if (type === 'boolean') return typeof value === 'boolean' ? value : wrongType(type, value);
	if (type === 'double') {
		const number = typeof value === 'string' ? Number(value) : value;
		return typeof number === 'number' && Number.isFinite(number) ? number : wrongType(type, value);
	}
	if (typeof value === 'object') return wrongType('string', value);
	const text = String(value);
	if (length !== undefined && text.length > length) {
		const message = `${label}: data value too large: ${text} (max length=${length})`;
		throw fault(400, 'STRING_TOO_LONG', message, [name]);
	}
	if (type === 'email' && !EMAIL.test(text)) {
		const message = `${label}: invalid email address: ${text}`;
		throw fault(400, 'INVALID_EMAIL_ADDRESS', message, [name]);
	}
	if (field.values !== undefined && !field.values.includes(text)) {
		const message = `${label}: bad value for restricted picklist field: ${text}`;
		throw fault(400, 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', message, [name]);
	}
	if (type === 'date' && !DATE.test(text)) return wrongType(type, text);
	if (type === 'datetime' && !DATE_TIME.test(text)) return wrongType(type, text);
	if (type === 'base64' && !isBase64(text)) return wrongType(type, text);
	return type === 'reference' ? referred(name, field, text, idOf) : text;
}

function referred(name: string, { refersTo = [], label }: Field, id: string, idOf: IdFinder) {
	if (!/^([a-zA-Z0-9]{15}|[a-zA-Z0-9]{18})$/.test(id)) {
		const message = `${label}: id value of incorrect type: ${id}`;
		throw fault(400, 'MALFORMED_ID', message, [name]);
	}
	for (const type of refersTo) {
		const found = idOf(type, id);
		if (found !== undefined) return found;
	}
	throw fault(400, 'INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', []);
}

function notWritable(name: string): Fault {
	const message =
		`Unable to create/update fields: ${name}. Please check the security settings of this field ` +
		'and verify that it is read/write for your profile or permission set.';
	return fault(400, 'INVALID_FIELD_FOR_INSERT_UPDATE', message, [name]);
}

function wrongType(type: string, value: unknown): never {
	const message =
		`Cannot deserialize instance of ${type} from VALUE_STRING value ${String(value)} ` +
		'or request may be missing a required field at [line:1, column:1]';
	throw fault(400, 'JSON_PARSER_ERROR', message);
}

function isBase64(text: string): boolean {
	return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text);
}
