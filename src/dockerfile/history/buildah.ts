import type { HistoryEntry } from '../../image/config.ts';
import { afterNop, nopEntry } from './classic.ts';
import { runEntry } from './command-line.ts';
import { type ParsedEntry, plainEntry } from './parsed-entry.ts';

/**
 * buildah and podman (imagebuildah/stage_executor.go, getCreatedBy): the classic builder's form, with the instruction as
 * it is written in the Dockerfile.
 */
export function buildahEntry({ createdBy }: HistoryEntry): ParsedEntry {
  const text = createdBy.trim();
  const nop = afterNop(text);
  if (nop !== null) return nopEntry(withoutMarks(nop));
  // The commit that ends a build without layers has a shell and nothing else.
  return text === '/bin/sh' || text === '' ? plainEntry(text) : runEntry(withoutMarks(text));
}

const marks = ['|force-mtime=', '|unsetLabel=', '|unsetAnnotation='];

/** buildah appends what else is in its cache key: the digest of a bind mount, and options of the command line. */
function withoutMarks(text: string): string {
  let kept = text;
  for (const mark of marks) {
    const at = kept.lastIndexOf(mark);
    if (at > 0 && !/\s/.test(kept.slice(at))) kept = kept.slice(0, at);
  }
  return kept.includes('--mount=') ? withoutMountDigests(kept) : kept;
}

function withoutMountDigests(text: string): string {
  let kept = text;
  for (;;) {
    const digest = /:(?:sha256:)?[a-f0-9]{64}$/.exec(kept.slice(-80))?.[0];
    if (digest === undefined) return kept;
    kept = kept.slice(0, -digest.length);
  }
}
