import type { Instruction } from '../dockerfile.ts';
import { splitCommand } from '../split-command.ts';
import { type BuildState, cleanPath } from './build-state.ts';
import type { ExpectedRecord } from './expected-record.ts';

/** WORKDIR: BuildKit and the classic builder record where it leads to, buildah and kaniko what is written. */
export function workdirRecords(instruction: Instruction, state: BuildState): readonly ExpectedRecord[] {
  const written = splitCommand(instruction.line).afterKeyword;
  const path = state.expand(written);
  const resolved = path === null ? null : state.resolve(path);
  state.workingDir = resolved;
  if (state.builder === 'buildah' || state.builder === 'kaniko') return [text(written, true)];
  if (resolved === null) return relative(path);
  // Versions differ in whether `/app/` keeps its slash.
  return resolved === cleanPath(resolved)
    ? [text(resolved, true)]
    : [text(resolved, true), text(cleanPath(resolved), false)];
}

function text(value: string, exact: boolean): ExpectedRecord {
  return { record: { kind: 'text', keyword: 'WORKDIR', text: value }, exact };
}

/** Below a directory that only the base image knows. */
function relative(path: string | null): readonly ExpectedRecord[] {
  if (path === null || path.split('/').some((part) => part === '' || part === '.' || part === '..')) return [];
  return [{ record: { kind: 'end', keyword: 'WORKDIR', text: `/${path}` }, exact: false }];
}
