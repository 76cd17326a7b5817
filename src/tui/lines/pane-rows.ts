import type { Line } from '../line.ts';

/** What a pane shows below its title. */
export interface PaneRows {
  /** From the top; at most as many as there is room for. */
  readonly rows: readonly Line[];
  /** Which of them the cursor is on; null where there is none. */
  readonly cursor: number | null;
}
