/** No connection in time. */
export class ConnectTimeout extends Error {}

/** No answer began in time. */
export class AnswerTimeout extends Error {}

/** An answer stopped in the middle. */
export class IdleTimeout extends Error {}
