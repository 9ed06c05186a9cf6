import type { Comparable } from '../../shared/contracts/comparable';
import { type Proximity, proximity } from '../../shared/places/distance';
import { addressKey } from '../../shared/places/placeName';
import { differInType } from '../../shared/places/propertyType';
import { type Exclusion, exclude, type ExclusionReason } from './exclusion';
import type { Subject } from './subject';

/** Comparables of the last year only: Fannie Mae Selling Guide B4-1.3-08. */
const MAX_AGE_DAYS = 365;
/** Beyond this a property is of another market. */
export const MAX_KM = 20;
/** Two units at one address are two properties when their floor areas differ by more than this. */
const SAME_UNIT_AREA_TOLERANCE = 0.05;

const DAY_MS = 86_400_000;

/** A comparable that may speak for the subject, with what the method asks of it. */
export interface Candidate {
	comparable: Comparable;
	/** Undefined where floor area is unstated or nonsense. */
	areaSqm: number | undefined;
	/** Undefined where the date is unstated or cannot be read. */
	ageDays: number | undefined;
	proximity: Exclude<Proximity, { kind: 'elsewhere' }>;
}

/**
 * The comparables that may speak for the subject, newest first, whatever the order they came in.
 * `history` holds those of the same market too old to be compared with, which still show how
 * prices moved.
 */
export function findCandidates(subject: Subject, comparables: readonly Comparable[], asOf: Date) {
	const rows = comparables
		.map((comparable) => ({
			comparable,
			areaSqm: positive(comparable.areaSqm),
			ageDays: ageDays(comparable.date, asOf),
			proximity: proximity(subject, comparable),
		}))
		.sort(newestFirst);
	const isRepeated = repetitionDetector();
	const screened = exclude(
		rows,
		(row) =>
			unfit(subject, row) || (isRepeated(row.comparable) ? 'listed twice' : false) || outside(row),
	);
	const recent = exclude(
		screened.kept as Candidate[],
		(row) => (row.ageDays ?? 0) > MAX_AGE_DAYS && 'older than 365 days',
	);
	const excluded: Exclusion[] = [...screened.excluded, ...recent.excluded];
	return { candidates: recent.kept, history: screened.kept as Candidate[], excluded };
}

type Row = Omit<Candidate, 'proximity'> & { proximity: Proximity };

function unfit(subject: Subject, { comparable, ageDays }: Row): ExclusionReason | false {
	if (positive(comparable.price) === undefined) return 'no price';
	if (isSubject(subject, comparable)) return 'the property itself';
	if (differInType(subject.propertyType, comparable.propertyType))
		return 'another type of property';
	if (ageDays !== undefined && ageDays < 0) return 'dated after the day of valuation';
	return false;
}

function outside({ proximity }: Row): ExclusionReason | false {
	if (proximity.kind === 'elsewhere') return 'in another city';
	return proximity.km > MAX_KM && 'more than 20 km away';
}

function isSubject(subject: Subject, comparable: Comparable): boolean {
	if (subject.id !== undefined && subject.id === comparable.id) return true;
	const address = addressKey(subject.address);
	const isSameAddress =
		address !== '' &&
		[comparable.address, comparable.id].some((text) => addressKey(text) === address);
	return isSameAddress && !isAnotherUnit(positive(subject.areaSqm), positive(comparable.areaSqm));
}

function isAnotherUnit(a: number | undefined, b: number | undefined): boolean {
	return a !== undefined && b !== undefined && Math.abs(a / b - 1) > SAME_UNIT_AREA_TOLERANCE;
}

/** One listing counts once, also where two portals carry it under two ids. */
function repetitionDetector(): (comparable: Comparable) => boolean {
	const seen = new Set<string>();
	return ({ id, address, areaSqm, price }) => {
		const keys = [
			...(id === address ? [] : [`id ${id}`]),
			...(addressKey(address) ? [`at ${addressKey(address)} ${areaSqm} ${price}`] : []),
		];
		const repeated = keys.some((key) => seen.has(key));
		keys.forEach((key) => seen.add(key));
		return repeated;
	};
}

/** Whole days; the same calendar day anywhere on Earth is day 0. */
function ageDays(date: string | undefined, asOf: Date): number | undefined {
	const day = /^\d{4}-\d{2}-\d{2}/.exec(date ?? '')?.[0];
	const age = Math.floor((asOf.getTime() - Date.parse(day ?? '')) / DAY_MS);
	if (Number.isNaN(age)) return undefined;
	return age === -1 ? 0 : age;
}

/** A total order by content, so that the order of the input changes nothing. */
function newestFirst(a: Row, b: Row): number {
	return (
		(a.ageDays ?? Infinity) - (b.ageDays ?? Infinity) ||
		compare(b.comparable.priceBasis, a.comparable.priceBasis) ||
		compare(a.comparable.id, b.comparable.id) ||
		a.comparable.price - b.comparable.price
	);
}

function compare(a: string, b: string): number {
	return a < b ? -1 : Number(a > b);
}

function positive(value: number | undefined): number | undefined {
	return value !== undefined && Number.isFinite(value) && value > 0 ? value : undefined;
}
