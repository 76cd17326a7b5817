import type { KeyedStep, SelectedNode } from '../../cache/keyed-step.ts';
import type { ReadText } from '../../packages/install-step.ts';
import type { CacheRuleInput } from './cache-rule.ts';
import { type NeedlessKind, needlessKinds } from './needless-kinds.ts';

/** Something of the context that a step takes and the image has no use for, as far as can be seen. */
export interface NeedlessPath {
  /** In the context. */
  readonly path: string;
  readonly kind: NeedlessKind;
  /** The first step that takes it. */
  readonly step: KeyedStep;
}

/** Files that say what a project's build reads. */
const projectFiles = [
  'Makefile',
  'CMakeLists.txt',
  'package.json',
  'tsconfig.json',
  'pyproject.toml',
  'setup.py',
  'setup.cfg',
  'MANIFEST.in',
  'Cargo.toml',
  'pom.xml',
  'build.gradle',
  'build.gradle.kts',
  'settings.gradle',
  'composer.json',
  'go.work',
];

/** Nobody reads a longer list, and every name is looked for in every text. */
const mostNames = 200;

/** What copied directories have directly in them that nothing in the build asks for by name. */
export function needlessPaths({ steps, textOf }: CacheRuleInput): readonly NeedlessPath[] {
  const commands = steps.flatMap(({ command }) => (command.keyword === 'FROM' ? [] : command.text));
  const runs = steps.flatMap(({ command }) => (command.keyword === 'RUN' ? command.text : [])).join('\n');
  const project = textsOf(projectFiles, textOf);
  const found = new Map<string, NeedlessPath>();
  let looked = 0;
  for (const step of steps) {
    for (const { path, node } of selectedOf(step)) {
      if (node.kind !== 'directory') continue;
      for (const name of node.children.keys()) {
        const kind = needlessKinds.find((each) => each.name.test(name));
        const full = path === '' ? name : `${path}/${name}`;
        if (kind === undefined || found.has(full) || kind.neededBy?.test(runs)) continue;
        if (++looked > mostNames) return [...found.values()];
        if ([...commands, ...project].some((text) => namesPath(text, name))) continue;
        found.set(full, { path: full, kind, step });
      }
    }
  }
  return [...found.values()];
}

function selectedOf({ parts }: KeyedStep): readonly SelectedNode[] {
  return parts.flatMap(({ kind, selected }) => (kind === 'content' ? selected : []));
}

function textsOf(paths: readonly string[], textOf: ReadText): readonly string[] {
  return paths.flatMap((path) => textOf(path) ?? []);
}

/** Whether a text names a path; a key of JSON is none (`"test": "vitest"`). */
function namesPath(text: string, name: string): boolean {
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + 1)) {
    const [before, after] = [text.charAt(at - 1), text.slice(at + name.length, at + name.length + 8)];
    if (!/[\w.-]/.test(before) && !/^[\w-]/.test(after) && !/^["']?\s*:/.test(after)) return true;
  }
  return false;
}
