import type { Lookup } from '../../dockerfile/expand.ts';
import { globalValues } from '../../dockerfile/record/global-args.ts';
import { targetStage } from '../../dockerfile/stages.ts';
import type { BuildInputs } from '../build-inputs.ts';

/** What BuildKit gives every build: who does not say for which platform builds cannot tell. */
const platformArguments: ReadonlySet<string> = new Set(
  ['BUILD', 'TARGET'].flatMap((side) => ['PLATFORM', 'OS', 'OSVERSION', 'ARCH', 'VARIANT'].map((part) => side + part)),
);

/** The arguments before the first FROM, and those that every build has. Null where the value cannot be told. */
export function globalArguments({ dockerfile, target, buildArgs }: BuildInputs): Lookup {
  const values = globalValues(dockerfile, buildArgs);
  const stage = target ?? targetStage(dockerfile, null)?.name ?? 'default';
  return (name) => {
    if (values.has(name)) return values.get(name);
    if (name === 'TARGETSTAGE') return buildArgs.get(name) ?? stage;
    return platformArguments.has(name) ? (buildArgs.get(name) ?? null) : undefined;
  };
}
