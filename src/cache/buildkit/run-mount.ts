import { cleanSource } from '../../context/select-source.ts';
import type { KeyPart } from '../keyed-step.ts';
import { mountFields } from '../mount-fields.ts';
import { baseName, enter } from './path.ts';
import { type ContextFiles, fixedPart, type Origin, type TakenFiles, takenPart } from './planned-step.ts';
import type { StageState } from './stage-state.ts';

/** What a mount of RUN adds to its key. */
export interface RunMount {
  readonly parts: readonly (KeyPart | ContextFiles)[];
  readonly taken: readonly TakenFiles[];
  /** Where it is mounted: the order of mounts does not count. That of secrets and sockets does, which come last. */
  readonly sortedBy: string | null;
}

export interface MountScope {
  readonly state: StageState;
  readonly buildArgs: ReadonlyMap<string, string>;
  readonly originOf: (name: string) => Origin;
}

type Fields = ReadonlyMap<string, string>;

/** A mount of RUN (convert_runmount.go); its `from` alone is not expanded. */
export function runMount(written: string, scope: MountScope): RunMount {
  const fields = new Map<string, string>();
  for (const [name, value] of mountFields(written)) {
    fields.set(name, name === 'from' ? (value ?? '') : scope.state.expandOrKeep(value ?? 'true'));
  }
  const kind = (fields.get('type') ?? 'bind').toLowerCase();
  switch (kind) {
    case 'bind':
      return bound(fields, `bind ${access(fields, 'readonly')}`, scope);
    case 'cache':
      return cache(fields, scope);
    case 'tmpfs':
      return plain(fields, scope, `tmpfs ${(fields.get('size') ?? '').toLowerCase()}`);
    case 'secret':
      return { parts: [fixedPart('mount', secretTarget(fields), secretValue(fields))], taken: [], sortedBy: null };
    default:
      return {
        parts: [mountPart(fields, scope, options(fields, ['type', 'id', 'uid', 'gid', 'mode', 'required']))],
        taken: [],
        sortedBy: null,
      };
  }
}

/** A mount that nothing is taken from. */
function plain(fields: Fields, scope: MountScope, value: string): RunMount {
  return { parts: [mountPart(fields, scope, value)], taken: [], sortedBy: targetOf(fields, scope) };
}

/** Where it is from is in the key by content alone. */
function bound(fields: Fields, value: string, scope: MountScope): RunMount {
  const written = fields.get('source') ?? '';
  const source = cleanSource(written);
  const part = mountPart(fields, scope, value);
  const from = fields.get('from') ?? '';
  if (from === '') {
    return {
      parts: [part, { kind: 'context-files', name: written, label: '', source, pattern: null, filter: null }],
      taken: [],
      sortedBy: part.name,
    };
  }
  const origin = scope.originOf(from);
  return { parts: [part, takenPart(origin, written, '')], taken: [{ origin, path: source }], sortedBy: part.name };
}

/**
 * What is in a cache does not count. Its name and sharing do as long as they are the default (exec.go,
 * checkShouldClearCacheOpts); then so does what BUILDKIT_CACHE_MOUNT_NS puts before the name.
 */
function cache(fields: Fields, scope: MountScope): RunMount {
  const target = targetOf(fields, scope);
  const id = fields.get('id') ?? '';
  const isDefault =
    (id === '' ? fields.get('target') : id) === target &&
    (fields.get('sharing') ?? 'shared').toLowerCase() === 'shared';
  const name = isDefault ? `default ${scope.buildArgs.get('BUILDKIT_CACHE_MOUNT_NS') ?? ''}` : 'named';
  const value = `cache ${access(fields, 'readwrite')} ${name}`;
  if (fields.has('from')) return bound(fields, value, scope);
  const owned =
    ['uid', 'gid', 'mode'].some((field) => fields.has(field)) && cleanSource(fields.get('source') ?? '') === '';
  const made = owned ? ` made ${fields.get('uid') ?? '0'} ${fields.get('gid') ?? '0'} ${mode(fields) ?? '755'}` : '';
  return plain(fields, scope, value + made);
}

function secretTarget(fields: Fields): string {
  const target = fields.get('target') ?? '';
  const id = fields.get('source') ?? fields.get('id') ?? '';
  if (target !== '') return target;
  return fields.has('env') ? '' : `/run/secrets/${baseName(id)}`;
}

function secretValue(fields: Fields): string {
  const id = fields.get('source') ?? fields.get('id') ?? baseName(fields.get('target') ?? '');
  return `secret ${id} ${options(fields, ['env', 'uid', 'gid', 'mode', 'required'])}`;
}

function mountPart(fields: Fields, scope: MountScope, value: string): KeyPart {
  return fixedPart('mount', targetOf(fields, scope), value);
}

function targetOf(fields: Fields, { state }: MountScope): string {
  const target = fields.get('target') ?? '';
  return target === '' ? '' : enter(state.workingDir, target);
}

function access(fields: Fields, otherwise: 'readonly' | 'readwrite'): string {
  const readonly = fields.get('readonly');
  if (readonly !== undefined) return isTrue(readonly) ? 'readonly' : 'readwrite';
  const readwrite = fields.get('readwrite');
  if (readwrite !== undefined) return isTrue(readwrite) ? 'readwrite' : 'readonly';
  return otherwise;
}

function isTrue(text: string): boolean {
  return /^(?:1|t|true)$/i.test(text);
}

function mode(fields: Fields): string | undefined {
  return fields.get('mode')?.replace(/^0+(?=.)/, '');
}

function options(fields: Fields, names: readonly string[]): string {
  return names.flatMap((name) => (fields.has(name) ? [`${name}=${fields.get(name) ?? ''}`] : [])).join(' ');
}
