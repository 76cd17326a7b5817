import { BASE } from '../engines.ts';
import { buildkitSteps, currentSteps } from './current-steps.ts';
import { Random } from '../../random.ts';

/** An instruction that leaves a file named after it, or none. */
export interface Generated {
  readonly lines: readonly string[];
  /** Name of what its layer holds below `/m`: identical lines share a prefix, and leave one file each. */
  readonly marker: string | null;
  /** A file that the context must have. */
  readonly file: string | null;
}

export interface GeneratedDockerfile {
  readonly seed: number;
  readonly instructions: readonly Generated[];
  readonly buildArgs: Readonly<Record<string, string>>;
}

/** What a Dockerfile may be written in: `common` is for every builder, the others for those of today. */
export type Dialect = 'common' | 'buildkit' | 'buildah';

/** As many Dockerfiles, of the seeds from 0 on. */
export function generateAll(count: number, dialect: Dialect): readonly GeneratedDockerfile[] {
  return Array.from({ length: count }, (_, seed) => generate(seed, dialect));
}

/** A random Dockerfile. Its markers are its seed's own. */
function generate(seed: number, dialect: Dialect): GeneratedDockerfile {
  const random = new Random(seed);
  const generator = new Generator(seed, random, dialect);
  return { seed, instructions: generator.run(), buildArgs: { GIVEN: `given${seed % 7}`, SPACED: 'two words' } };
}

class Generator {
  readonly #seed: number;
  readonly #random: Random;
  readonly #dialect: Dialect;
  readonly #instructions: Generated[] = [];
  #count = 0;
  /** By stage: a file that later stages may copy. */
  readonly #outputs: string[] = [];

  constructor(seed: number, random: Random, dialect: Dialect) {
    this.#seed = seed;
    this.#random = random;
    this.#dialect = dialect;
  }

  run(): readonly Generated[] {
    const stages = 1 + this.#random.below(3);
    if (this.#random.below(3) === 0) this.#plain(`ARG FROM_IMAGE=${BASE}`, 'ARG GLOBAL=global');
    const globals = this.#instructions.length > 0;
    for (let stage = 0; stage < stages; stage++) {
      const inherits = stage > 0 && this.#random.below(3) > 0;
      const from = inherits ? `stage${stage - 1}` : globals ? '${FROM_IMAGE}' : BASE;
      this.#plain(`FROM ${from} AS stage${stage}`);
      if (globals && this.#random.below(2) === 0) this.#plain('ARG GLOBAL');
      const steps = 2 + this.#random.below(5);
      for (let step = 0; step < steps; step++) this.#step(stage);
      if (!inherits && stage > 0) this.#copyFrom(stage - 1);
      if (stage < stages - 1) {
        const out = this.#marker();
        this.#outputs.push(out);
        this.#add([`RUN mkdir -p /m && touch /m/${out}`], out);
        if (this.#random.below(3) === 0) this.#onbuild();
      }
    }
    if (this.#random.below(2) === 0) this.#plain('CMD ["/bin/sh", "-c", "echo \\"hi\\""]');
    return this.#instructions;
  }

  #step(stage: number): void {
    const marker = this.#marker();
    this.#random.pick(this.#makers(marker, stage))();
    if (this.#random.below(8) === 0)
      this.#instructions.push({ lines: ['', '# a comment between'], marker: null, file: null });
  }

  #makers(marker: string, stage: number): readonly (() => void)[] {
    const common = this.#commonMakers(marker, stage);
    if (this.#dialect === 'common') return common;
    const file = this.#outputs[stage - 1];
    const from = file === undefined ? null : { stage: stage - 1, file };
    const current = [...currentSteps(marker, from), ...(this.#dialect === 'buildkit' ? buildkitSteps(marker) : [])];
    return [...common, ...current.map((steps) => () => this.#instructions.push(...steps))];
  }

  #commonMakers(marker: string, stage: number): readonly (() => void)[] {
    const path = `/m/${marker}`;
    const run = (...lines: string[]) => this.#add(lines, marker);
    const copy = (...lines: string[]) => this.#add(lines, marker, marker);
    return [
      () => run(`RUN mkdir -p /m && touch ${path}`),
      () => run(`run mkdir -p /m; touch ${path}   `),
      () => run('RUN mkdir -p /m \\', '  # why', '', `    && echo "a  b" > ${path} \\`, '    && true'),
      () => run(`RUN ["mkdir", "-p", "${path}"]`),
      () => run(`RUN ["/bin/sh", "-c", "mkdir -p /m && touch ${path}"]`),
      () => copy(`COPY ${marker} ${path}`),
      () => copy(`COPY ${marker} /m/`),
      () => copy(`COPY ["${marker}", "${path}"]`),
      () => copy(`ADD --chown=1000:1000 ${marker} ${path}`),
      () => copy(`COPY ${marker} shared \\`, '     /m/'),
      () => {
        this.#plain(`ENV DEST=/m NAME${stage}="a b"`);
        copy(`COPY ${marker} $DEST/\${MISSING:-${marker}}`);
      },
      () => {
        this.#plain(`ARG PLACE=m`, `ARG GIVEN=default`, 'ARG SPACED');
        run(`RUN mkdir -p /$PLACE && echo $GIVEN $SPACED > ${path}`);
        copy(`ADD shared /\${PLACE}/${marker}c`);
        this.#last({ marker: `${marker}c`, file: null });
      },
      () => this.#add([`WORKDIR /m/${marker}`], marker),
      () => {
        this.#add([`WORKDIR /m/${marker}`], marker);
        this.#add([`WORKDIR ${marker}sub`], `${marker}/${marker}sub`);
        copy(`COPY ${marker} ./${marker}file`);
        this.#last({ marker: `${marker}/${marker}sub/${marker}file` });
      },
      () => {
        this.#plain('SHELL ["/bin/sh", "-e", "-c"]');
        run(`RUN mkdir -p /m && echo $0 > ${path}`);
      },
      () => {
        const twice = `RUN mkdir -p /m && touch /m/${marker}-$(ls /m | wc -l)`;
        this.#add([twice], `${marker}-`);
        if (this.#random.below(2) === 0) this.#add([`RUN touch /m/${marker}z`], `${marker}z`);
        this.#add([twice], `${marker}-`);
      },
      () => this.#plain('USER root', `LABEL a="b c" n=${stage}`, 'EXPOSE 80 90/udp', 'STOPSIGNAL 9'),
      () => {
        this.#plain('HEALTHCHECK --interval=5m CMD true', 'ENTRYPOINT ["/bin/true"]', 'ENV OLD form  of it');
        run(`RUN  mkdir -p /m;touch ${path}`);
      },
    ];
  }

  #copyFrom(stage: number): void {
    const marker = this.#marker();
    this.#add([`COPY --from=stage${stage} /m/${this.#outputs[stage] ?? ''} /m/${marker}`], marker);
  }

  #onbuild(): void {
    const marker = this.#marker();
    this.#add([`ONBUILD RUN mkdir -p /m && touch /m/${marker}`], marker);
    if (this.#dialect === 'common' || this.#random.below(2) === 0) return;
    const copied = this.#marker();
    this.#plain('ONBUILD ENV TRIGGERED=yes');
    this.#add([`ONBUILD COPY ${copied} /m/${copied}`], copied, copied);
  }

  #marker(): string {
    return `s${this.#seed}n${this.#count++}x`;
  }

  #plain(...lines: readonly string[]): void {
    for (const line of lines) this.#add([line], null);
  }

  #add(lines: readonly string[], marker: string | null, file: string | null = null): void {
    this.#instructions.push({ lines, marker, file });
  }

  #last(change: Partial<Generated>): void {
    const last = this.#instructions.pop();
    if (last !== undefined) this.#instructions.push({ ...last, ...change });
  }
}
