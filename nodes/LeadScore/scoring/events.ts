/** What a kind of action is worth while it is fresh, and at most however often it is repeated. */
export interface EventKind {
	points: number;
	most: number;
	/** As in "the last a viewing request". */
	words: string;
}

const VIEWING = { points: 25, most: 50, words: 'viewing request' };
const INQUIRY = { points: 20, most: 40, words: 'inquiry' };
const COMPARISON = { points: 15, most: 30, words: 'comparison' };
const FAVORITE = { points: 10, most: 30, words: 'favorite' };
const FLOOR_PLAN = { points: 10, most: 20, words: 'floor plan' };
const SAVED_SEARCH = { points: 10, most: 20, words: 'saved search' };
const EMAIL_CLICK = { points: 5, most: 15, words: 'click in an e-mail' };
const VIEW = { points: 3, most: 15, words: 'view of a listing' };
const EMAIL_OPEN = { points: 1, most: 5, words: 'opened e-mail' };

const KINDS: ReadonlyArray<readonly [kind: EventKind, types: string]> = [
	[VIEWING, 'viewing viewing_request viewing_requested viewing_booked tour_request tour_booked'],
	[VIEWING, 'booking visit_request open_house schedule_viewing'],
	[INQUIRY, 'inquiry enquiry form form_submit message reply call callback_request chat'],
	[COMPARISON, 'compare comparison'],
	[FAVORITE, 'favorite favourite favorited save saved wishlist share'],
	[FLOOR_PLAN, 'floor_plan floorplan brochure download'],
	[SAVED_SEARCH, 'saved_search search_saved alert'],
	[EMAIL_CLICK, 'email_click link_click click'],
	[VIEW, 'view page_view pageview property_view listing_view photo_view video_view visit'],
	[EMAIL_OPEN, 'email_open open'],
];

const BY_TYPE: ReadonlyMap<string, EventKind> = new Map(
	KINDS.flatMap(([kind, types]) => types.split(' ').map((type) => [type, kind] as const)),
);

/**
 * The kind of an event by its type, in any case, with hyphens or spaces for underscores. Types that
 * show no interest (an unsubscription) or are not known count nothing. The steps between form,
 * comparison, floor plan, favorite and booking are those that thecondoportal publishes of its score.
 */
export function eventKind(type: string): EventKind | undefined {
	return BY_TYPE.get(type) ?? BY_TYPE.get(type.toLowerCase().replace(/[-\s]/g, '_'));
}
