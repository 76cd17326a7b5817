import { execFileSync } from 'node:child_process';
import { chmodSync, lstatSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What the tests of git hand to it, whatever the machine's own settings are. */
export const gitEnv: Readonly<Record<string, string | undefined>> = {
  ...process.env,
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'A',
  GIT_AUTHOR_EMAIL: 'a@example.com',
  GIT_COMMITTER_NAME: 'C',
  GIT_COMMITTER_EMAIL: 'c@example.com',
};

/** A repository with a work tree, in a folder that is made for it. */
export class TestRepository {
  readonly directory: string;
  /** Each commit is a minute after the one before. */
  #minutes = 0;

  constructor(directory: string) {
    this.directory = directory;
    mkdirSync(directory, { recursive: true });
    this.git('init', '--quiet', '--initial-branch=main');
  }

  git(...args: string[]): string {
    const date = new Date(Date.UTC(2024, 0, 1, 0, this.#minutes)).toISOString();
    const env = { ...gitEnv, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
    const said = execFileSync('/bin/sh', ['-c', 'umask 022; exec git "$@"', 'git', ...args], {
      cwd: this.directory,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      encoding: 'utf8',
    });
    return said.trimEnd();
  }

  write(path: string, content: string | Buffer, mode = 0o644): void {
    const place = this.#makeWay(path);
    writeFileSync(place, content);
    chmodSync(place, mode);
  }

  link(path: string, target: string): void {
    symlinkSync(target, this.#makeWay(path));
  }

  remove(path: string): void {
    // Unlike Node's, this one does not mind a file where a directory would have to be.
    execFileSync('rm', ['-rf', join(this.directory, path)]);
  }

  /** Everything as it lies there. @returns its full name */
  commit(message: string): string {
    this.#minutes++;
    this.git('add', '--all');
    this.git('commit', '--quiet', '--allow-empty', `--message=${message}`);
    return this.git('rev-parse', 'HEAD');
  }

  /** Takes away whatever is in the way of a path, and makes the directories that lead to it. */
  #makeWay(path: string): string {
    const parts = path.split('/');
    for (let end = 1; end < parts.length; end++) {
      const place = join(this.directory, ...parts.slice(0, end));
      if (lstatSync(place, { throwIfNoEntry: false })?.isDirectory() === false) rmSync(place);
    }
    const place = join(this.directory, path);
    rmSync(place, { recursive: true, force: true });
    mkdirSync(dirname(place), { recursive: true, mode: 0o755 });
    return place;
  }
}
