import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { action } from './action-file.ts';

const page = readFileSync('docs/ci.md', 'utf8');

test('what GitHub asks of a composite action is there', () => {
  expect(Object.keys(action)).toEqual(['name', 'description', 'author', 'branding', 'inputs', 'outputs', 'runs']);
  expect(action.runs.using).toBe('composite');
  for (const [name, input] of Object.entries(action.inputs)) {
    expect(name).toMatch(/^[a-z][a-z-]*$/);
    expect(input.description).not.toBe('');
    // GitHub hands on text, so that a boolean default would not be what it looks like.
    expect(input.required === true ? undefined : typeof input.default).toBe(input.required ? undefined : 'string');
    expect(Object.keys(input).filter((key) => !['description', 'required', 'default'].includes(key))).toEqual([]);
  }
  for (const output of Object.values(action.outputs))
    expect(Object.keys(output).sort()).toEqual(['description', 'value']);
  for (const step of action.runs.steps) {
    expect(step.shell).toBe('bash');
    expect(Object.keys(step).filter((key) => !['id', 'name', 'shell', 'env', 'run'].includes(key))).toEqual([]);
  }
});

test('nothing that a workflow says gets into the text of a script', () => {
  for (const { run } of action.runs.steps) {
    expect(run).not.toContain('${{');
    // What is more than a few lines has a file of its own.
    expect(run.trim().split('\n').length).toBeLessThanOrEqual(3);
  }
});

test('every expression names something that is there', () => {
  const steps = new Set(action.runs.steps.map(({ id }) => id));
  const text = readFileSync('action.yml', 'utf8');
  const names = [...text.matchAll(/\$\{\{ (.*?) \}\}/g)].map(([, name = '']) => name);
  expect(names.length).toBeGreaterThan(15);
  for (const name of names) {
    const [context = '', second = ''] = name.split('.');
    if (context === 'inputs') expect(Object.keys(action.inputs)).toContain(second);
    else if (context === 'steps') expect(steps).toContain(second);
    else expect(name).toBe('github.token');
  }
});

test.each(readdirSync('action'))('action/%s is bash that parses', (script) => {
  execFileSync('bash', ['-n', `action/${script}`]);
  expect(readFileSync(`action/${script}`, 'utf8')).toMatch(
    /^#!\/usr\/bin\/env bash\n# [A-Z].*\n(?:# .*\n)*set -euo pipefail\n/,
  );
});

test('the page has every input and every output', () => {
  for (const name of [...Object.keys(action.inputs), ...Object.keys(action.outputs)])
    expect(page).toMatch(new RegExp(`^\\| \`${name}\` +\\|`, 'm'));
});
