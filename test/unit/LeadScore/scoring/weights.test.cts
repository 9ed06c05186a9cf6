import { createScorer } from '../../../../nodes/LeadScore/scoring/scoreLead';
import {
	checkWeights,
	gradeOf,
	priorityOf,
	WEIGHTS,
} from '../../../../nodes/LeadScore/scoring/weights';

describe('weights', () => {
	it("are the platform's", () => {
		expect(WEIGHTS).toEqual({ budget: 40, location: 30, contact: 20, engagement: 10 });
		expect(checkWeights(WEIGHTS)).toBeUndefined();
	});

	it.each([
		[{ budget: 25, location: 25, contact: 25, engagement: 25 }],
		[{ budget: 100, location: 0, contact: 0, engagement: 0 }],
		[{ budget: 33.3, location: 33.3, contact: 33.3, engagement: 0.1 }],
	])('%j are right', (weights) => {
		expect(checkWeights(weights)).toBeUndefined();
	});

	it.each<[object, string]>([
		[{ budget: 50 }, 'The weights must add up to 100, and they add up to 110'],
		[{ budget: -10, location: 80 }, 'The weight of budget must be a number from 0 to 100'],
		[{ contact: NaN }, 'The weight of contact must be a number from 0 to 100'],
		[{ contact: '20' }, 'The weight of contact must be a number from 0 to 100'],
		[{ location: Infinity }, 'The weight of location must be a number from 0 to 100'],
		[{ engagement: undefined }, 'The weight of engagement must be a number from 0 to 100'],
	])('%j are not', (changed, problem) => {
		const weights = { ...WEIGHTS, ...changed };
		expect(checkWeights(weights)).toBe(problem);
		expect(() => createScorer({ weights })).toThrow(problem);
	});

	it.each([
		[100, 'A', 'high'],
		[80, 'A', 'high'],
		[79, 'B', 'medium'],
		[60, 'B', 'medium'],
		[59, 'C', 'low'],
		[40, 'C', 'low'],
		[39, 'D', 'low'],
		[0, 'D', 'low'],
	] as const)('%d is grade %s, priority %s', (score, grade, priority) => {
		expect(gradeOf(score)).toBe(grade);
		expect(priorityOf(grade)).toBe(priority);
	});

	it.each<[object, string]>([
		[{ neutralScore: 101 }, 'neutralScore must be from 0 to 100'],
		[{ neutralScore: NaN }, 'neutralScore must be from 0 to 100'],
		[{ distanceScaleKm: 0 }, 'distanceScaleKm must be above 0'],
		[{ halfLifeDays: -1 }, 'halfLifeDays must be above 0'],
	])('no scorer is made with %j', (settings, problem) => {
		expect(() => createScorer(settings)).toThrow(problem);
	});
});
