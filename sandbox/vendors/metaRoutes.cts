/** Graph's routes, below any version. */
import { META_FAILURES, Refusal, refusal } from './metaErrors.cts';
import { debugToken, type MetaArchive, readConversations, readNode } from './metaReadRoutes.cts';
import { type GraphRequest, graphRoute } from './metaRequest.cts';
import { sendMessage } from './metaSendRoutes.cts';
import {
	appSubscriptions,
	type MetaRegistry,
	pageSubscriptions,
} from './metaSubscriptionRoutes.cts';
import type { FailureAnswer, VendorApp } from './standIn.cts';

const VERSION = ':version{v[0-9]+\\.[0-9]+}';
const ALL = ['GET', 'POST', 'DELETE'];

export function graphRoutes(server: VendorApp, archive: MetaArchive, registry: MetaRegistry): void {
	const add = (
		methods: string[],
		path: string,
		answer: (request: GraphRequest) => object | Promise<object>,
	) => server.on(methods, `/${VERSION}/${path}`, graphRoute(archive.app, answer));

	add(['GET'], 'debug_token', (request) => debugToken(archive, request));
	add(['GET'], ':id', (request) => readNode(archive, request));
	add(['POST'], ':id/messages', (request) => sendMessage(archive, request));
	add(['GET'], ':id/conversations', (request) => readConversations(archive, request));
	add(ALL, ':id/subscriptions', (request) => appSubscriptions(registry, request));
	add(ALL, ':id/subscribed_apps', (request) => pageSubscriptions(registry, request));
	server.notFound(({ req }) => failed(refusal(`Unknown path components: ${req.path}`, 2500)));
	server.onError((error) =>
		failed(error instanceof Refusal ? error.answer : META_FAILURES.unknownError),
	);
}

function failed({ status, body, headers }: FailureAnswer): Response {
	return Response.json(body, { status, headers });
}
