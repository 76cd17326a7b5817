/** Does what may fail without consequence: a cache that cannot be written is a slow one. @returns null if it failed */
export function attempt<Result>(act: () => Result): Result | null {
  try {
    return act();
  } catch {
    return null;
  }
}
