import { describe, expect, it } from 'vitest';
import { type Files, type FixOptions, fixOf } from './fix-of.ts';

const files: Files = { '.git/HEAD': '', '.github/x.yml': '', 'a.js': '' };

function ignored(text: string, more: Files = files, options: FixOptions = {}) {
  const fix = fixOf(`FROM a\nWORKDIR /app\n${text}\n`, more, options);
  return {
    after: fix.files.find(({ role }) => role === 'ignore-file')?.after ?? null,
    refused: fix.refused.map(({ reason }) => reason).join('\n'),
    dockerfile: fix.files.find(({ role }) => role === 'dockerfile')?.after ?? null,
  };
}

describe('ignoreNeedless', () => {
  it('leaves out what no step looks at', () => {
    expect(ignored('COPY . .\nRUN mkdir /data\nCMD x').after).toBe('.git\n.github\n');
    expect(ignored('COPY . .\nCMD x', files, { ignoreText: '*.md' }).after).toBe('*.md\n.git\n.github\n');
  });

  it('leaves out node_modules where npm ci removes it, so that the install can be split off', () => {
    const { after, dockerfile } = ignored('COPY . .\nRUN npm ci --cache=/c', {
      'package.json': '{}',
      'package-lock.json': '{"lockfileVersion":3,"packages":{}}',
      'node_modules/a/package.json': '{}',
    });
    expect(after).toBe('node_modules\n');
    expect(dockerfile).toContain('COPY package.json package-lock.json ./\nRUN npm ci --cache=/c\nCOPY . .\n');
  });

  it.each([
    ['COPY . .\nRUN make', /\.git: line 4 \(make\) may look at it/],
    ['COPY . .\nRUN git rev-parse HEAD', /may look at it/],
    ['COPY . .\nFROM b\nCOPY --from=0 /app /app\nRUN make', /line 6 may look at it/],
    ['COPY . .\nRUN --mount=type=bind,target=/x mkdir /y', /mounts files/],
  ])('refuses %j', (text, reason) => {
    const { after, refused } = ignored(text);
    expect(after).toBeNull();
    expect(refused).toMatch(reason);
  });

  it('keeps node_modules that something may use', () => {
    const more = { 'node_modules/a': '', 'package.json': '{}' };
    expect(ignored('COPY . .\nRUN npm install', more).refused).toMatch(/node_modules: what is in it may be used/);
    expect(ignored('COPY . .\nRUN npm run build', more).after).toBeNull();
  });

  it.each([
    'COPY a.js .',
    'COPY . .\nCOPY .git/HEAD /v',
    'COPY . .\nCOPY .git* /v/',
    '# layerscope ignore=context-churn\nCOPY . .',
  ])('has nothing to leave out for %j', (text) =>
    expect(ignored(text, { '.git/HEAD': '', 'a.js': '' }).after).toBeNull(),
  );
});
