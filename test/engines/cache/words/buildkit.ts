import * as v from 'valibot';
import type { ReportedStep } from '../reported-step.ts';

const vertexSchema = v.object({
  digest: v.string(),
  name: v.string(),
  inputs: v.nullish(v.array(v.string()), []),
  cached: v.nullish(v.boolean(), false),
});

const progressSchema = v.object({ vertexes: v.nullish(v.array(vertexSchema), []) });

/**
 * What BuildKit says with `--progress=rawjson`. Only that tells `COPY --link` from the merge that follows it: the copy may be
 * cached where the merge, `LINK COPY --link …`, is not.
 */
export function readBuildKit(said: string): readonly ReportedStep[] {
  const steps = new Map<string, ReportedStep>();
  for (const line of said.split('\n')) {
    if (!line.startsWith('{')) continue;
    for (const { digest, name, inputs, cached } of v.parse(progressSchema, JSON.parse(line)).vertexes) {
      // `[one 2/5] …`, `[2/5] …`, `[linux/amd64 one 2/5] …`; not `[internal] …`.
      const [, stage = '', number, text = ''] = /^\[(?:(?:\S+\/\S+ )?(\S+) )?(\d+)\/\d+\] (.*)$/s.exec(name) ?? [];
      if (number === undefined || text.startsWith('LINK ')) continue;
      // What ADD downloads is a vertex of the same name, which looks at the server each time.
      if (inputs.length === 0 && /^ADD /i.test(text)) continue;
      // A vertex is told of several times; that it was cached, once.
      steps.set(digest, { stage, number: Number(number), text, cached: cached || steps.get(digest)?.cached === true });
    }
  }
  return [...steps.values()];
}
