/** A study of six items and four raters with known statistics. */

/** Ratings [item][rater]. */
export const HUMANS: readonly (readonly number[])[] = [
  [10, 20, 15, 25],
  [35, 30, 45, 40],
  [50, 70, 55, 60],
  [80, 60, 75, 85],
  [90, 95, 85, 100],
  [20, 40, 30, 10],
];

/** The answers compared with them, one per item. */
export const MODEL: readonly number[] = [12, 45, 50, 70, 92, 35];
