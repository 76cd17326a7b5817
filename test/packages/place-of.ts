import type { InstallPlace } from '../../src/packages/install-step.ts';

/** A working directory with these files; null stands for a directory. */
export function placeOf(
  files: Readonly<Record<string, string | null>>,
  environment: Readonly<Record<string, string>> = {},
): InstallPlace {
  const kinds = new Map<string, 'file' | 'directory'>();
  for (const [path, text] of Object.entries(files)) {
    const parts = path.split('/');
    for (let at = 1; at < parts.length; at++) kinds.set(parts.slice(0, at).join('/'), 'directory');
    kinds.set(path, text === null ? 'directory' : 'file');
  }
  return {
    textOf: (path) => files[path] ?? null,
    kindOf: (path) => kinds.get(path) ?? null,
    namesIn: (path) => {
      const prefix = path === '' ? '' : `${path}/`;
      const below = [...kinds.keys()]
        .filter((each) => each.startsWith(prefix))
        .map((each) => each.slice(prefix.length));
      return [...new Set(below.map((each) => each.split('/', 1)[0] ?? ''))];
    },
    environment: new Map(Object.entries(environment)),
  };
}
