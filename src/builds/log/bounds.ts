/** A build of this many steps would not end; what is said beyond is not read. */
export const mostSteps = 10_000;

/** Of a step's text: a RUN of a page fits in. */
export const longestText = 16_384;
