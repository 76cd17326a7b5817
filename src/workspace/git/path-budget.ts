import { problem } from '../../errors.ts';

/** A thousand commits of a repository with some hundred thousand files change less. */
const limit = 5_000_000;

/** Counts the paths that git tells of, so that a hostile repository does not fill the memory. */
export class PathBudget {
  readonly #path: string;
  #taken = 0;

  /** @param path names the repository in an error */
  constructor(path: string) {
    this.#path = path;
  }

  /** @throws LayerscopeError history-too-large */
  take(count: number): void {
    this.#taken += count;
    if (this.#taken > limit) throw problem('history-too-large', { path: this.#path, limit });
  }
}
