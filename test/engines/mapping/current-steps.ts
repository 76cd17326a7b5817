import type { Generated } from './generate.ts';

/** A file of an earlier stage. */
export interface StageFile {
  readonly stage: number;
  readonly file: string;
}

/** The ways to leave a file that BuildKit and the buildah of today know, and others do not: each a few instructions. */
export function currentSteps(marker: string, from: StageFile | null): readonly (readonly Generated[])[] {
  const path = `/m/${marker}`;
  const run = (...lines: string[]): Generated => ({ lines, marker, file: null });
  const copy = (...lines: string[]): Generated => ({ lines, marker, file: marker });
  const plain = (line: string): Generated => ({ lines: [line], marker: null, file: null });
  return [
    [run('RUN <<EOF', 'mkdir -p /m', '', '# in the script', `touch ${path}`, 'EOF')],
    [plain('ARG HERE=m'), run('RUN <<EOF', 'mkdir -p /$HERE', `touch ${path}`, 'EOF')],
    [run('RUN <<-EOT', '\tmkdir -p /m', `\ttouch ${path}`, 'EOT')],
    [run("RUN <<'END' sh -e", 'mkdir -p /m', `echo "$HOME" > ${path}`, 'END')],
    [run(`RUN mkdir -p /m && cat <<EOF > ${path}`, '  indented $HOME', '', 'EOF')],
    [run(`RUN mkdir -p /m; cat <<one /dev/fd/3 3<<two > ${path}`, '1', 'one', '2', 'two')],
    [run(`COPY <<EOF ${path}`, `text of ${marker}`, 'EOF')],
    [run(`COPY --chmod=600 <<"EOF" ${path}`, '$not expanded', 'EOF')],
    [run(`COPY <<${marker} <<other /m/`, 'one', marker, 'two', 'other')],
    [copy(`COPY --link ${marker} ${path}`)],
    [copy(`COPY --link --chown=1000:1000 ${marker} /m/`)],
    [copy(`ADD --chmod=0755 --link ${marker} ${path}`)],
    [copy(`COPY --chmod=640 ${marker} ${path}`)],
    [run('RUN --mount=type=bind,source=shared,target=/given \\', `    mkdir -p /m && cp /given ${path}`)],
    [run(`RUN --mount=type=cache,target=/cached mkdir -p /m && touch /cached/one ${path}`)],
    [run('RUN --mount=type=tmpfs,target=/scratch \\', '    --network=none mkdir -p /m &&\\', `    touch ${path}`)],
    [run('RUN --mount=type=bind,target=/context <<EOF', `mkdir -p /m && cp /context/shared ${path}`, 'EOF')],
    ...(from === null
      ? []
      : [
          [
            run(
              `RUN --mount=type=bind,from=stage${from.stage},source=/m,target=/earlier mkdir -p /m && cp /earlier/${from.file} ${path}`,
            ),
          ],
          [run(`COPY --link --from=stage${from.stage} /m/${from.file} ${path}`)],
        ]),
  ];
}

/** A way that only BuildKit knows everywhere: buildah needs more of the machine for it than the tests do. */
export function buildkitSteps(marker: string): readonly (readonly Generated[])[] {
  const lines = ['RUN <<EOF', '#!/bin/sh -e', `mkdir -p /m; touch /m/${marker}`, 'EOF'];
  return [[{ lines, marker, file: null }]];
}
