import { scoreBudget } from './budget';
import { type Contact, scoreContact } from './contact';
import { countryCode } from '../../shared/contact/country';
import { scoreEngagement } from './engagement';
import { certaintyOf, type Finding } from './finding';
import { nextQuestion, strongest } from './highlights';
import type { ScoringInput } from './input';
import { scoreLocation } from './location';
import { createPlaces } from '../../shared/places/places';
import { toWholePoints } from './points';
import { completeSettings, type ScoringSettings } from './settings';
import {
	type Factor,
	FACTORS,
	FIRM_COVERAGE,
	FULL_GRADE_COVERAGE,
	type Grade,
	gradeOf,
	type Priority,
	priorityOf,
	SCORING_VERSION,
} from './weights';

export type { Grade, Priority, ScoringSettings };

export interface FactorScore {
	key: Factor;
	weight: number;
	/** 0 to 100; null where nothing is known. */
	score: number | null;
	/** Its share of the whole score. */
	points: number;
	status: Finding['status'];
	reason: string;
	details?: string[];
}

export interface LeadScore {
	/** 0 to 100, the sum of the factors' points. */
	score: number;
	grade: Grade;
	/** The grade the score alone would give, where too little is known for it. */
	gradeCappedFrom?: Grade;
	priority: Priority;
	/** Percent of the weights that rests on what is known; what is inferred counts half. */
	coverage: number;
	isProvisional: boolean;
	factors: FactorScore[];
	/** Budget and location together; null where neither is known. */
	fit: number | null;
	reachability: number | null;
	engagement: number | null;
	/** What raised the score above a lead of which nothing is known, most first, with the points. */
	strengths: string[];
	/** What lowered it, most first, and whether it is provisional. */
	weaknesses: string[];
	/** What to ask first to know more. */
	nextBestQuestion: string | null;
	contact: Contact;
	scoringVersion: string;
}

/**
 * Makes a function that scores leads as the settings say. The score adds up: each factor gives its
 * weight times its own score, and as far as it is unknown its weight times the neutral score, so
 * that a good e-mail address alone makes no good lead. Throws a RangeError on senseless settings.
 * @see https://doi.org/10.2307/2528823 Gower (1971), weights of what can be compared
 */
export function createScorer(
	given: Partial<ScoringSettings> = {},
): (input: ScoringInput, nowMs: number) => LeadScore {
	const settings = completeSettings(given);
	const weights = FACTORS.map((key) => settings.weights[key]);
	const home = countryCode(settings.defaultCountry);
	const places = createPlaces(settings.places);
	return (input, nowMs) => {
		const { finding, contact } = scoreContact(input, home);
		const findings = [
			scoreBudget(input, settings),
			scoreLocation(input, settings, places),
			finding,
			scoreEngagement(input.engagement, settings, nowMs),
		];
		return combine(findings, weights, settings.neutralScore, contact);
	};
}

/** Findings and weights stand in the order of FACTORS. */
function combine(
	findings: readonly Finding[],
	weights: readonly number[],
	neutralScore: number,
	contact: Contact,
): LeadScore {
	const effects = findings.map((finding, index) => {
		return (weights[index]! * certaintyOf(finding) * (finding.score - neutralScore)) / 100;
	});
	const contributions = effects.map((effect, index) => {
		return (weights[index]! * neutralScore) / 100 + effect;
	});
	const { points, sum: score } = toWholePoints(contributions);
	const coverage = coverageOf(findings, weights);
	const uncapped = gradeOf(score);
	const grade = uncapped === 'A' && coverage < FULL_GRADE_COVERAGE ? 'B' : uncapped;
	const isProvisional = coverage < FIRM_COVERAGE;
	const weaknesses = strongest(findings, effects, -1);
	if (grade !== uncapped) weaknesses.push('Too little is known for an ' + uncapped);
	if (isProvisional) weaknesses.push('Provisional: only ' + coverage + ' % of the score is known');
	const scored: LeadScore = {
		score,
		grade,
		priority: priorityOf(grade),
		coverage,
		isProvisional,
		factors: factorScores(findings, weights, points),
		fit: fitOf(findings, weights),
		reachability: wholeScore(findings[2]!),
		engagement: wholeScore(findings[3]!),
		strengths: strongest(findings, effects, 1),
		weaknesses,
		nextBestQuestion: nextQuestion(findings, weights),
		contact,
		scoringVersion: SCORING_VERSION,
	};
	if (grade !== uncapped) scored.gradeCappedFrom = uncapped;
	return scored;
}

function factorScores(
	findings: readonly Finding[],
	weights: readonly number[],
	points: readonly number[],
): FactorScore[] {
	return findings.map((finding, index) => {
		const factor: FactorScore = {
			key: FACTORS[index]!,
			weight: weights[index]!,
			score: wholeScore(finding),
			points: points[index]!,
			status: finding.status,
			reason: finding.reason,
		};
		if (finding.details) factor.details = finding.details;
		return factor;
	});
}

function wholeScore({ status, score }: Finding): number | null {
	return status === 'missing' ? null : Math.round(score);
}

function coverageOf(findings: readonly Finding[], weights: readonly number[]): number {
	let known = 0;
	for (let index = 0; index < findings.length; index++) {
		known += weights[index]! * certaintyOf(findings[index]!);
	}
	return Math.round(known);
}

/** Budget and location, each by its weight and by how much of it is known. */
function fitOf(
	[budget, location]: readonly Finding[],
	[budgetWeight, locationWeight]: readonly number[],
): number | null {
	const budgetShare = budgetWeight! * certaintyOf(budget!);
	const locationShare = locationWeight! * certaintyOf(location!);
	const known = budgetShare + locationShare;
	if (known === 0) return null;
	return Math.round((budgetShare * budget!.score + locationShare * location!.score) / known);
}
