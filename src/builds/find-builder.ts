import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { buildCommands, type BuilderProgram, builderPrograms } from './builder-program.ts';

/** The builder that is asked for, or the first that is there; null where it is not on the PATH. */
export function findBuilder(
  wanted: BuilderProgram | null,
  env: Readonly<Record<string, string | undefined>>,
): BuilderProgram | null {
  const choices = wanted === null ? builderPrograms : [wanted];
  return choices.find((program) => isOnPath(buildCommands[program][0], env)) ?? null;
}

function isOnPath(file: string, env: Readonly<Record<string, string | undefined>>): boolean {
  const folders = (env['PATH'] ?? env['Path'] ?? '').split(delimiter).filter((folder) => folder !== '');
  // Windows keeps programs under names that end so, and asks for no permission to run them.
  return folders.some((folder) => isProgram(join(folder, file)) || isProgram(join(folder, `${file}.exe`)));
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
