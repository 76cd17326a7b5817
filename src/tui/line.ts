/**
 * What a piece of text is, as far as its looks go. A theme turns roles into colours; what a role says is also said by a
 * glyph, a word or a place, never by colour alone.
 */
export type Role =
  | 'plain'
  | 'faint'
  | 'strong'
  | 'bar'
  | 'added'
  | 'modified'
  | 'removed'
  | 'waste'
  /** Belongs to what is selected in another pane. */
  | 'lit'
  /** What a filter or search found. */
  | 'match';

export interface Span {
  readonly text: string;
  readonly role: Role;
}

/** One row of the screen: texts fit for a terminal, side by side. */
export type Line = readonly Span[];

export function span(text: string, role: Role = 'plain'): Span {
  return { text, role };
}
