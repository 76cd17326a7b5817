/** Whether a source of ADD is fetched: a URL or a git repository. */
export function isRemote(source: string): boolean {
  return /^(?:https?|git|ssh):\/\/|^git@/.test(source);
}
