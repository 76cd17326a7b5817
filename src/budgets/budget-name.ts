import type { Subject } from './budget.ts';

const metricNames = {
  size: 'size',
  compressed: 'compressed size',
  wasted: 'wasted bytes',
  wastedPercent: 'wasted share',
  layers: 'layers',
  files: 'files',
  efficiency: 'efficiency',
} as const;

/** What a budget is called that has no name: `size of own layers in /usr/share/doc/**`, `files in **` + `/.git/**`. */
export function budgetName({ metric, scope, stage, path }: Subject): string {
  const scopes = {
    image: path === null ? ' of the image' : '',
    own: metric === 'layers' ? ' of your own' : ' of own layers',
    base: metric === 'layers' ? ' of the base image' : ' of base layers',
    layer: ' of each layer',
    stage: stage === null ? ' of each stage' : ` of stage ${stage}`,
  };
  return `${metricNames[metric]}${scopes[scope]}${path === null ? '' : ` in ${path.text}`}`;
}

/** The names with a number behind each that there is already. */
export function uniqueNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    let unique = name;
    for (let number = 2; taken.has(unique); number++) unique = `${name} (${number})`;
    taken.add(unique);
    return unique;
  });
}
