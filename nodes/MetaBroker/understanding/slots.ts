import { readArea } from './area';
import { joinBudgets, readBudget } from './budget';
import type { Findings } from './findings';
import { movingAt, readMoveIn } from './moveIn';
import { quantityAt } from './quantity';
import { joinRanges, readRooms } from './rooms';
import type { Token } from './tokens';
import type { Slots } from './understanding';

/** What is said of the home that is looked for, by phrases and by numbers with their units. */
export function slotsOf(tokens: readonly Token[], findings: Findings, now: Date): Slots {
	const slots = readNumbers(tokens);
	const { places, transactions, propertyType, weights } = findings;
	if (places.length > 0) slots.places = places;
	// Who says both has not decided.
	const [transaction, other] = transactions;
	if (transaction !== undefined && other === undefined) slots.transaction = transaction;
	if (propertyType !== undefined) slots.property_type = propertyType;
	// Who sells names a price, and who wants to see a home names the day for it.
	if (weights.has('selling_inquiry')) delete slots.budget;
	const isVisit = weights.has('viewing_request') || weights.has('human_agent');
	const moveIn = readMoveIn(tokens, now, isVisit ? movingAt(tokens) : 0);
	if (moveIn !== undefined) slots.move_in = moveIn;
	return slots;
}

function readNumbers(tokens: readonly Token[]): Slots {
	const slots: Slots = {};
	for (let index = 0; index < tokens.length; index++) {
		const { text, kind } = tokens[index]!;
		if (kind === 'word' && (text === 'studio' || text === 'studios')) {
			slots.beds = joinRanges(slots.beds, { min: 0, max: 0 });
			continue;
		}
		const end = readNumber(tokens, index, slots);
		if (end !== undefined) index = end - 1;
	}
	return slots;
}

/** Reads one number, or range, into the slots; answers the token after it where it meant anything. */
function readNumber(tokens: readonly Token[], index: number, slots: Slots): number | undefined {
	const quantity = quantityAt(tokens, index);
	if (!quantity) return undefined;
	const rooms = readRooms(tokens, index, quantity);
	if (rooms) {
		const [kind, range, end] = rooms;
		slots[kind] = joinRanges(slots[kind], range);
		return end;
	}
	const area = readArea(tokens, index, quantity);
	if (area) {
		slots.area_sqm ??= area[0];
		return area[1];
	}
	const budget = readBudget(tokens, index, quantity);
	if (!budget) return undefined;
	slots.budget = joinBudgets(slots.budget, budget[0]);
	return budget[1];
}
