import type { TextStyle } from './text-style.ts';

/** What a report needs to know of the place it is written for. */
export interface ReportContext extends TextStyle {
  /**
   * A Dockerfile's path from the root of its repository, `/`-separated: what places that know the repository and nothing of
   * this machine call it. As given where it lies in none.
   */
  readonly repositoryPath: (file: string) => string;
}
