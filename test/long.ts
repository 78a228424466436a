/** Whether the suite may take its time: `npm run test:long`, which a release must pass too. */
export const LONG = process.env.LONG === '1';

/** How many seeds the tests take that count how often a statement of 95 % holds. */
export const SEEDS = LONG ? 200 : 60;

/** So many of them must hold: fewer happen to a true 95 % in one of a hundred cases (2.27 standard deviations). */
export const LEAST_HELD = Math.ceil(0.95 * SEEDS - 2.27 * Math.sqrt(0.95 * 0.05 * SEEDS));
