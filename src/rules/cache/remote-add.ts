import type { Instruction } from '../../dockerfile/dockerfile.ts';
import type { DockerfileBuilder } from '../../dockerfile/step-record.ts';
import type { CacheRule, CacheRuleFinding } from './cache-rule.ts';
import { locationOf, placeOf } from './place.ts';

/** An ADD that asks somebody else at each build what it will add. */
export const remoteAdd: CacheRule = {
  name: 'remote-add',
  check: ({ model, steps }) =>
    steps.flatMap(({ command, instruction }) => {
      if (command.keyword !== 'ADD' || command.flags.some(({ name }) => name === 'checksum')) return [];
      const { arguments: parsed } = command;
      const sources = parsed.form === 'words' || parsed.form === 'exec' ? parsed.words.slice(0, -1) : [];
      const [remote] = sources.flatMap((source) => remoteOf(source, model.builder) ?? []);
      return remote === undefined ? [] : [findingFor(remote, instruction, model.builder)];
    }),
};

interface Remote {
  readonly kind: 'repository' | 'file';
  readonly source: string;
}

function findingFor({ kind, source }: Remote, instruction: Instruction, builder: DockerfileBuilder): CacheRuleFinding {
  const where = { location: locationOf(instruction), bytes: null, seconds: null, fix: null };
  if (kind === 'repository')
    return {
      severity: 'warning',
      message: `${placeOf(instruction)} takes what the branch of ${source} is when the build runs: with each of its commits this line and everything after it re-runs.`,
      help: 'Name a commit: ADD https://host/repository.git#COMMIT.',
      ...where,
    };
  return {
    severity: 'info',
    message: `${placeOf(instruction)} asks the server at each build, and re-runs with everything after it when the file there is another.`,
    help:
      builder === 'buildkit' || builder === 'buildah'
        ? 'Say which file it has to be: ADD --checksum=sha256:…'
        : 'Name a release in the URL, and check what came (sha256sum -c) in the RUN that uses it.',
    ...where,
  };
}

/** What a source of ADD names outside of the context; null for files, and for what cannot change under its name. */
function remoteOf(source: string, builder: DockerfileBuilder): Remote | null {
  const isUrl = /^https?:\/\//.test(source);
  const isRepository = /^(?:git@[^/]+:|git:\/\/|ssh:\/\/)/.test(source) || (isUrl && /\.git(?:[#?]|$)/.test(source));
  if (isRepository) {
    if (builder === 'classic') return null;
    const [address = '', fragment = ''] = source.split('#', 2);
    const reference =
      /[?&](?:ref|branch|tag|commit|checksum)=([^&]*)/.exec(address)?.[1] ?? fragment.split(':', 1)[0] ?? '';
    // What a variable names is somebody's choice; tags and commits stay.
    if (/\$|^v?\d+(?:\.|$)|^[0-9a-f]{7,64}$|^refs\/tags\//.test(reference)) return null;
    return { kind: 'repository', source: address };
  }
  return isUrl ? { kind: 'file', source } : null;
}
