/** The resources below `/services/data/vNN.0`, for calls of their own and for parts of a composite. */
import { answerComposite } from './salesforceComposite.cts';
import { Fault, fault, noColumn, notFound } from './salesforceFault.cts';
import type { SalesforceOrg, SalesforceRecord, WriteOptions } from './salesforceOrg.cts';
import { answerQuery } from './salesforceQuery.cts';
import {
	describe,
	fieldNamed,
	isObjectName,
	OBJECTS,
	type ObjectName,
} from './salesforceSchema.cts';

export interface Call {
	method: string;
	/** Such as `v64.0`. */
	version: string;
	/** Below the version, such as `/sobjects/Lead`; decoded part by part. */
	path: string;
	query: URLSearchParams;
	/** Names in lower case. */
	headers: Record<string, string | undefined>;
	body: unknown;
}

export interface Reply {
	status: number;
	body?: unknown;
	location?: string;
}

/** Answers one call, and writes what it asks for. Never throws for a call that Salesforce refuses. */
export function answerCall(org: SalesforceOrg, call: Call): Reply {
	try {
		return route(org, call);
	} catch (error) {
		if (error instanceof Fault) return { status: error.status, body: error.entries };
		throw error;
	}
}

function route(org: SalesforceOrg, call: Call): Reply {
	const { method, version, query } = call;
	const parts = call.path.split('/').slice(1).map(decodeURIComponent);
	const [resource, type, ...rest] = parts;
	if (resource === 'query' && method === 'GET') {
		return { status: 200, body: answerQuery(org, version, query.get('q') ?? '') };
	}
	if (resource === 'composite' && method === 'POST' && type === undefined) {
		return { status: 200, body: answerComposite(org, call, answerCall) };
	}
	if (resource === 'composite' && type === 'sobjects') return collection(org, call);
	if (resource !== 'sobjects') throw notFound();
	if (type === undefined) {
		return { status: 200, body: { sobjects: Object.keys(OBJECTS).map((name) => ({ name })) } };
	}
	if (!isObjectName(type)) throw notFound();
	const isDescribe = rest[0] === 'describe' && method === 'GET';
	if (isDescribe) return { status: 200, body: { ...describe(type) } };
	if (rest.length === 0 && method === 'POST') return created(org, call, type, call.body);
	if (rest.length === 1) return row(org, call, type, rest[0]!);
	if (rest.length === 2) return rowByExternalId(org, call, type, rest[0]!, rest[1]!);
	throw notAllowed(method);
}

function created(org: SalesforceOrg, call: Call, type: ObjectName, body: unknown): Reply {
	const { Id } = org.create(type, body, optionsOf(call));
	return {
		status: 201,
		body: { id: Id, success: true, errors: [] },
		location: `/services/data/${call.version}/sobjects/${type}/${Id}`,
	};
}

function row(org: SalesforceOrg, call: Call, type: ObjectName, id: string): Reply {
	if (call.method === 'GET') {
		const record = org.get(type, id);
		if (record === undefined) throw notFound();
		return { status: 200, body: shown(call, type, record) };
	}
	if (call.method === 'PATCH') {
		org.update(type, id, call.body, optionsOf(call));
		return { status: 204 };
	}
	if (call.method !== 'DELETE') throw notAllowed(call.method);
	org.remove(type, id);
	return { status: 204 };
}

function rowByExternalId(
	org: SalesforceOrg,
	call: Call,
	type: ObjectName,
	given: string,
	value: string,
): Reply {
	const [name, field] = fieldNamed(type, given) ?? [];
	if (name === undefined || field === undefined) throw noColumn(given, type);
	if (name === 'Id') return row(org, call, type, value);
	if (!field.isUnique && field.type !== 'email') throw notFound();
	const found = org.having(type, name, value);
	if (found.length > 1) {
		const urls = found.map(({ Id }) => `/services/data/${call.version}/sobjects/${type}/${Id}`);
		return { status: 300, body: urls };
	}
	const [known] = found;
	if (known === undefined) {
		if (call.method !== 'PATCH' || call.query.get('updateOnly') === 'true') throw notFound();
		const reply = created(org, call, type, { ...(call.body as object), [name]: value });
		return { ...reply, body: { ...(reply.body as object), created: true } };
	}
	const reply = row(org, call, type, known.Id);
	if (call.method !== 'PATCH') return reply;
	return { status: 200, body: { id: known.Id, success: true, errors: [], created: false } };
}

/** Creates or updates up to 200 records. */
function collection(org: SalesforceOrg, call: Call): Reply {
	const { allOrNone = false, records } = (call.body ?? {}) as {
		allOrNone?: boolean;
		records?: Array<{ attributes?: { type?: string }; id?: string; Id?: string }>;
	};
	if (!Array.isArray(records) || !['POST', 'PATCH'].includes(call.method)) throw notFound();
	const body = org.transaction((rollBack) => {
		const results = records.map(({ attributes, id, Id = id, ...values }) => {
			const type = attributes?.type ?? '';
			try {
				if (!isObjectName(type)) throw fault(400, 'INVALID_TYPE', `sObject type '${type}'`);
				const options = optionsOf(call);
				if (call.method === 'PATCH') org.update(type, Id ?? '', values, options);
				const written = call.method === 'PATCH' ? Id : org.create(type, values, options).Id;
				return { id: written, success: true, errors: [] };
			} catch (error) {
				if (!(error instanceof Fault)) throw error;
				const errors = error.entries.map(({ errorCode, message, fields = [] }) => ({
					statusCode: errorCode,
					message,
					fields,
				}));
				return { success: false, errors };
			}
		});
		if (!allOrNone || results.every(({ success }) => success)) return results;
		rollBack();
		const statusCode = 'ALL_OR_NONE_OPERATION_ROLLED_BACK';
		const message = 'Record rolled back because not all records were valid and allOrNone was used';
		return results.map((result) =>
			result.success ? { success: false, errors: [{ statusCode, message, fields: [] }] } : result,
		);
	});
	return { status: 200, body };
}

function shown({ version, query }: Call, type: ObjectName, record: SalesforceRecord): object {
	const asked = query.get('fields')?.split(',');
	const names = asked?.map((given) => {
		const [name] = fieldNamed(type, given) ?? [];
		if (name === undefined) throw noColumn(given, type);
		return name;
	});
	const values = names
		? Object.fromEntries(names.map((name) => [name, record[name] ?? null]))
		: record;
	const url = `/services/data/${version}/sobjects/${type}/${record.Id}`;
	return { attributes: { type, url }, ...values, Id: record.Id };
}

function optionsOf({ headers }: Call): WriteOptions {
	return {
		allowSave: /allowsave\s*=\s*true/i.test(headers['sforce-duplicate-rule-header'] ?? ''),
		autoAssign: headers['sforce-auto-assign']?.toLowerCase() !== 'false',
	};
}

const notAllowed = (method: string) =>
	fault(
		405,
		'METHOD_NOT_ALLOWED',
		`HTTP Method '${method}' not allowed. Allowed are HEAD,GET,POST`,
	);
