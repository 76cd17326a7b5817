/** Does what may fail without consequence: a cache that cannot be written is a slow one. */
export function attempt(act: () => void): void {
  try {
    act();
  } catch {
    // That is the point.
  }
}
