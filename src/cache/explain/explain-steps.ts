import { CacheRecords, type StepStatus } from '../cache-records.ts';
import type { KeyedStep, KeyPart } from '../keyed-step.ts';
import { changedNodes, describeChange } from './changed-nodes.ts';
import type { ExplainedStep, Explanation, Reason } from './explanation.ts';
import { matchSteps } from './match-steps.ts';

/** What a later build takes from the cache that an earlier one filled, and why not more. */
export function explainSteps(before: readonly KeyedStep[], after: readonly KeyedStep[]): Explanation {
  const records = new CacheRecords();
  records.add(before);
  const earlier = matchSteps(before, after);
  const statuses = records.statusesOf(after);
  // What follows a step that runs for another stage's sake misses all the same.
  const alone = after.map((step) => records.statusOf(step));
  return after.map((step, at): ExplainedStep => {
    const status = statuses[at] ?? 'rerun';
    const missed = status === 'rerun' || status === 'depends';
    return {
      step,
      status,
      because: missed ? reasons(step, earlier[at] ?? null, { steps: after, statuses: alone }) : [],
    };
  });
}

/** The steps of a build, and what each of them alone finds in the cache. */
interface Judged {
  readonly steps: readonly KeyedStep[];
  readonly statuses: readonly StepStatus[];
}

function reasons(step: KeyedStep, earlier: KeyedStep | null, judged: Judged): Reason[] {
  const own = earlier === null ? [newStep(step)] : changedParts(earlier, step);
  const found = [...own, ...fromStages(step, judged), ...fromParents(step, judged)];
  if (found.length > 0) return found;
  if (step.key === '') return [{ kind: 'command', detail: 'the builder runs this step in every build', step: null }];
  // The text is the same and so is all it uses: what it starts from is another step than before.
  const detail = 'it starts from another step than before';
  return [{ kind: 'parent', detail, step: step.parents[0] ?? null }];
}

function newStep({ command }: KeyedStep): Reason {
  return { kind: 'new', detail: `this ${command.keyword} was not there before`, step: null };
}

function fromParents({ parents }: KeyedStep, { steps, statuses }: Judged): Reason[] {
  return parents.flatMap((parent): Reason[] => {
    const upstream = steps[parent];
    const status = statuses[parent];
    if (upstream === undefined || (status !== 'rerun' && status !== 'depends')) return [];
    const what = status === 'rerun' ? 're-runs' : 'may re-run';
    return [{ kind: 'parent', detail: `line ${upstream.instruction.startLine} ${what}`, step: parent }];
  });
}

function fromStages({ parts }: KeyedStep, { steps, statuses }: Judged): Reason[] {
  return parts.flatMap(({ kind, name, from }): Reason[] => {
    const upstream = from === null ? undefined : steps[from];
    const status = from === null ? undefined : statuses[from];
    if (kind !== 'stage-content' || upstream === undefined || (status !== 'rerun' && status !== 'depends')) return [];
    const { stage, instruction } = upstream;
    const detail = `${name} comes from stage ${stage.name ?? stage.index}, where line ${instruction.startLine} re-runs`;
    return [{ kind, detail, step: from }];
  });
}

/** The parts that differ, those that are the same thing side by side. */
function changedParts(before: KeyedStep, after: KeyedStep): Reason[] {
  const left = byIdentity(before.parts);
  const found = [...byIdentity(after.parts)].flatMap(([identity, part]): Reason[] => {
    const old = left.get(identity) ?? null;
    left.delete(identity);
    return old?.value === part.value ? [] : describePart(old, part);
  });
  const gone = [...left.values()].flatMap((old) => describePart(old, null));
  return [...found, ...gone];
}

/** Variables and mounts are what their names say; sources, which builders do not always tell by name, what their place says. */
function byIdentity(parts: readonly KeyPart[]): Map<string, KeyPart> {
  const counts = new Map<string, number>();
  return new Map(
    parts.map((part) => {
      const named = part.kind.endsWith('content') ? part.kind : `${part.kind} ${part.name}`;
      const place = counts.get(named) ?? 0;
      counts.set(named, place + 1);
      return [`${named} ${place}`, part];
    }),
  );
}

/** Of one part; more would not be read. */
const mostFiles = 10;

function describePart(before: KeyPart | null, after: KeyPart | null): Reason[] {
  const part = after ?? before;
  if (part === null) return [];
  const { kind } = part;
  if (kind === 'content') return describeFiles(before, after, part);
  const reason = (detail: string): Reason[] => [{ kind, detail, step: null }];
  const what = nameOf(part);
  if (before === null) return reason(`${what} is new`);
  if (after === null) return reason(`${what} is gone`);
  const readable = shown(before.value) !== null && shown(after.value) !== null;
  if (!readable || isSecret(part) || kind === 'command' || kind === 'inline-content') return reason(`${what} changed`);
  return reason(`${what} changed ${shown(before.value)} to ${shown(after.value)}`);
}

function describeFiles(before: KeyPart | null, after: KeyPart | null, { kind, name }: KeyPart): Reason[] {
  const files = [...firstOf(changedNodes(before?.selected ?? [], after?.selected ?? []), mostFiles + 1)];
  const reasons = files
    .slice(0, mostFiles)
    .map((change): Reason => ({ kind, detail: describeChange(change), step: null }));
  if (files.length > mostFiles) reasons.push({ kind, detail: 'and more files', step: null });
  return reasons.length > 0 ? reasons : [{ kind, detail: `what ${name} selects changed`, step: null }];
}

/** Logs are read by many: what looks like a password is named and not shown. */
function isSecret({ kind, name }: KeyPart): boolean {
  return (kind === 'argument' || kind === 'environment') && /token|secret|passw|credential|key|auth/i.test(name);
}

function* firstOf<T>(all: Iterable<T>, most: number): Generator<T, void, void> {
  let count = 0;
  for (const one of all) {
    yield one;
    if (++count >= most) return;
  }
}

/** A value that fits in a sentence, in quotes; null for others. */
function shown(value: string): string | null {
  return value.length > 60 || value.includes('\n') ? null : `"${value}"`;
}

function nameOf({ kind, name }: KeyPart): string {
  switch (kind) {
    case 'base':
      return `the image ${name}`;
    case 'platform':
      return 'the platform';
    case 'command':
      return 'the text';
    case 'environment':
      return `variable ${name}`;
    case 'argument':
      return `argument ${name}`;
    case 'working-directory':
      return 'the working directory';
    case 'user':
      return 'the user';
    case 'shell':
      return 'the shell';
    case 'mount':
      return `the mount ${name}`;
    case 'destination':
      return 'the destination';
    case 'option':
      return `the option ${name}`;
    case 'timestamp':
      return 'SOURCE_DATE_EPOCH';
    case 'remote':
      return name;
    case 'inline-content':
      return `the content of ${name}`;
    case 'content':
    case 'stage-content':
    case 'image-content':
      return `the source ${name}`;
  }
}
