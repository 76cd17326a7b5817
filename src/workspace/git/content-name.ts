/** What a file's content is called whose object this is. */
export function contentOfBlob(id: string): string {
  return `git:${id}`;
}

/** What stands for a checkout of which only the commit is known: a submodule's, or git's own directory. */
export function contentOfCommit(id: string): string {
  return `commit:${id}`;
}
