/** Far above what a person writes, and low enough for every database. */
export const MAX_QUERY_LENGTH = 4000;
/** Of brackets and NOT. */
export const MAX_DEPTH = 50;
export const MAX_CONDITIONS = 200;
export const MAX_LIST_MEMBERS = 1000;
export const MAX_PATTERN_LENGTH = 200;
/** As written, with sign, point and exponent. */
export const MAX_NUMBER_LENGTH = 30;
