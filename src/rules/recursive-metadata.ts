import { formatBytes } from '../text/bytes.ts';
import { plural } from '../text/plural.ts';
import { commonDirectory } from './layer-files.ts';
import { isCopy, type LayerStep, type Rule, type RuleFinding, type RuleInput } from './rule.ts';
import { bytesOf, type WastedPair, wastedPairs } from './wasted-pairs.ts';

const minimumBytes = 4096;

/** A chown, chmod or touch that stored whole files again. */
export const recursiveMetadata: Rule = {
  name: 'recursive-metadata',
  check: (input) =>
    wastedPairs(input, 'metadataOnly').flatMap((pair): RuleFinding[] => {
      const bytes = bytesOf(pair);
      const holder = input.steps[pair.layer];
      const changer = input.steps[pair.byLayer];
      if (bytes < minimumBytes || holder === undefined || changer === undefined) return [];
      const change = commonChange(input, pair);
      const files = plural(pair.files.length, 'file');
      return [
        {
          severity: 'warning',
          message: `${changer.place} changes only the ${change.what} of ${files} from ${holder.place}, and stores ${formatBytes(bytes)} again.`,
          help: adviceFor(holder, changer, change.flag),
          layer: pair.byLayer,
          path: commonDirectory(pair.files.map(({ path }) => path)),
          bytes,
          fix: isCopy(holder) && change.flag !== null ? `${holder.keyword} ${change.flag} …` : null,
        },
      ];
    }),
};

interface Change {
  readonly what: string;
  /** The flag of COPY and ADD that does it, if one value does it for all files. */
  readonly flag: string | null;
}

/** What differs between the copies, told from their headers. */
function commonChange({ union }: RuleInput, { files }: WastedPair): Change {
  const owners = new Set<string>();
  const modes = new Set<number>();
  let times = false;
  for (const { ref, replacedBy } of files) {
    const before = union.layers[ref.layer]?.index;
    const after = replacedBy === null ? undefined : union.layers[replacedBy.layer]?.index;
    if (before === undefined || after === undefined || replacedBy === null) continue;
    const { entry } = replacedBy;
    const owner = `${after.uid[entry]}:${after.gid[entry]}`;
    if (owner !== `${before.uid[ref.entry]}:${before.gid[ref.entry]}`) owners.add(owner);
    if (after.mode[entry] !== before.mode[ref.entry]) modes.add(after.mode[entry] ?? 0);
    times ||= after.mtime[entry] !== before.mtime[ref.entry];
  }
  const [owner] = owners;
  const [mode] = modes;
  const flags = [
    ...(owner !== undefined && owners.size === 1 ? [`--chown=${owner}`] : []),
    ...(mode !== undefined && modes.size === 1 ? [`--chmod=${mode.toString(8)}`] : []),
  ];
  const what = [...(owners.size > 0 ? ['owner'] : []), ...(modes.size > 0 ? ['mode'] : []), ...(times ? ['time'] : [])];
  return { what: what.length === 0 ? 'extended attributes' : what.join(' and '), flag: flags.join(' ') || null };
}

function adviceFor(holder: LayerStep, changer: LayerStep, flag: string | null): string {
  if (isCopy(holder))
    return `Write ${holder.keyword} ${flag ?? '--chown=… --chmod=…'} at ${holder.shortPlace}, and leave the files out of ${changer.shortPlace}.`;
  return `Do it in the same RUN as ${holder.shortPlace}; a file that is changed in the layer that makes it is stored once.`;
}
