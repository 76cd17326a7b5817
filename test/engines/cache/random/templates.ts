import type { TruthBuilder } from '../cache-case.ts';

/** What every builder has. `{a|b}` are alternatives; a change takes another one. */
const common = [
  'COPY {f0|f1} /c{0|1}/',
  'COPY d /d{0|1}',
  'COPY {d/*|d/?} /g/',
  'COPY {f0 f1|f1 f0} /both/',
  'COPY {--chown=1000 |--chown=1001 |}f1 /o',
  'COPY l /l',
  'COPY f0 /e-$A0/',
  'ADD {f0|f1} /added',
  'RUN true {1|2|3}',
  'RUN {true  1|true 1|true \\\n  1}',
  'RUN echo $E0 {> /r|>> /r}',
  'ENV E{0|1}={a|b}',
  'ENV E0={$A0|$E1}',
  'ENV {E0=a E1=b|E1=b E0=a|E0 a}',
  'ARG A{0|1}={a|b}',
  'ARG A{0|1}',
  'ARG E0{|=c}',
  'LABEL {l|m}={a|$E0|$A0}',
  'WORKDIR /w{0|1|0/}',
  'WORKDIR {sub|./sub}',
  'CMD {["a"]|["b"]}',
  'EXPOSE {80|81}',
  'STOPSIGNAL {9|15}',
  'USER {root|0}',
  'SHELL ["/bin/sh", {"-c"|"-e", "-c"}]',
  '{# one|# two}',
] as const;

/** What BuildKit and buildah have. */
const modern = [
  'COPY --chmod={644|600} {f0|f1} /m',
  'COPY --link {f0|f1} /l{0|1}',
  'RUN <<EOF\ntrue {1|2}\nEOF',
  'COPY <<EOF /h\n{1|2|$A0}\nEOF',
  'RUN --mount=type=bind,source={d|d/sub|f0},target=/b true',
  'RUN --mount=type=cache,target=/k{0|1} true',
] as const;

const own: Readonly<Record<TruthBuilder, readonly string[]>> = {
  buildkit: [...modern, 'COPY --link --chmod=644 f0 /lm', 'COPY {--exclude=*.log |}d /ex'],
  classic: [],
  buildah: [...modern, 'COPY {--exclude=*.log |}d /ex', 'COPY --parents d/{x|sub|*/z} /pa/'],
};

export function templatesFor(builder: TruthBuilder): readonly string[] {
  return [...common, ...own[builder]];
}

/** How a later stage takes what an earlier one ends with. */
export function takingTemplates(builder: TruthBuilder, stage: number): readonly string[] {
  const copy = `COPY --from=s${stage} /out /from${stage}{a|b}`;
  if (builder === 'classic') return [copy];
  const mount = `RUN --mount=type=bind,from=s${stage},source=/out,target=/from true {1|2}`;
  return builder === 'buildkit' ? [copy, mount, copy.replace('COPY', 'COPY --link')] : [copy, mount];
}

/** Each ends a stage with `/out`; the first choice says what is in it. A file that is there already would keep its mode. */
export const endings = [
  { kind: 'word', template: 'RUN rm -f /out; echo {1|2} >{| }/out' },
  { kind: 'random', template: 'RUN head -c 12 /dev/urandom | od >{| }/out' },
  { kind: 'file', template: 'COPY f{0|1} /out' },
] as const;
