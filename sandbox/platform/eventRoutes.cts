/** Where n8n takes each event, below its webhook address. */
export const EVENT_ROUTES = {
	'property.enrich': '/enrich-property',
	'lead.created': '/lead-created',
	'campaign.dispatch': '/campaign-dispatch',
} as const;

export type EventType = keyof typeof EVENT_ROUTES;
