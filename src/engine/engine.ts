import type { EngineKind } from '../image/image.ts';
import type { Platform } from '../image/platform.ts';

/** A program that keeps images and answers over HTTP: Docker, or Podman with its interface that is compatible to it. */
export interface Engine {
  /** What answers, which need not be what was asked for: `podman-docker` puts Podman where Docker is looked for. */
  readonly kind: EngineKind;
  /** Names it in errors, such as `unix:///var/run/docker.sock`. */
  readonly address: string;
  /**
   * Whether it has an image of that name or ID.
   * @throws LayerscopeError
   */
  has(name: string): Promise<boolean>;
  /**
   * The image as a docker-archive tar, as it comes; the promise holds once the engine has started to send.
   * @param platform which of several to take. An engine that cannot choose gives what it has.
   * @throws LayerscopeError here and while it is read
   */
  export(name: string, platform: Platform | null): Promise<AsyncIterable<Buffer>>;
  /** Gives up all connections, also one that an export is being read from. */
  close(): void;
}

export interface EngineOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** As `process.platform` has it. */
  readonly platform: string;
  readonly limits?: Partial<TimeLimits>;
}

/** How long to wait for an engine, in milliseconds. */
export interface TimeLimits {
  /** To connect and to answer a question. */
  readonly answer: number;
  /** The same through ssh, which logs in first. */
  readonly login: number;
  /** For an export to begin: some engines write the archive to their own disk before they send it. */
  readonly begin: number;
  /** For more of an export that has begun. */
  readonly more: number;
}

export const timeLimits: TimeLimits = { answer: 10_000, login: 40_000, begin: 600_000, more: 120_000 };
