/** Characters of a part's source. */
export const MAX_SOURCE_LENGTH = 256 * 1024;
/** Characters of a part as it is sent. Mail programs cut far earlier: Gmail at about 100 kB. */
export const MAX_RENDERED_LENGTH = 1_000_000;
/** At most 765 bytes of UTF-8, so that the header stays below the 998 of RFC 5322, section 2.1.1. */
export const MAX_SUBJECT_LENGTH = 255;
/** Tags of Liquid in a part, not counting what it prints. */
export const MAX_TAGS = 2_000;
/** Tags within tags. */
export const MAX_NESTING = 50;

/** Items of ranges and characters that filters make, a part of a mail. */
export const MEMORY_LIMIT = 2_000_000;
/** What no honest mail comes near, even on a machine that stands still for a moment. */
export const RENDER_LIMIT_MS = 2_000;
