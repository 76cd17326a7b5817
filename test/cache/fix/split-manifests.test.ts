import { describe, expect, it } from 'vitest';
import { type Files, changedBy, fixedText, fixOf, refusedBy } from './fix-of.ts';

const npmFiles: Files = {
  'package.json': '{}',
  'package-lock.json': '{"lockfileVersion":3,"packages":{"":{}}}',
  'src/a.js': '',
};

/** A cache mount is a change of its own, which these tests leave out. */
const silent = '# layerscope ignore=cache-mount';

function split(text: string, files: Files = npmFiles) {
  const fix = fixOf(text, files);
  return { text: fixedText(fix), changes: fix.changes };
}

describe('splitManifests', () => {
  it('copies the manifests and installs before the sources are copied', () => {
    const { text, changes } = split(`FROM node:22
WORKDIR /app

# everything
COPY . .

${silent}
RUN npm ci
RUN npm run build
`);
    expect(text).toBe(`FROM node:22
WORKDIR /app

COPY package.json package-lock.json ./
${silent}
RUN npm ci
# everything
COPY . .

RUN npm run build
`);
    expect(changes).toEqual([
      {
        rule: 'broad-copy',
        line: 5,
        message: 'Runs npm ci, which reads only its manifests, before the sources are copied.',
        perCommit: null,
      },
    ]);
  });

  it('cuts a RUN behind its install, and leaves the lines of the rest as they are', () => {
    const { text } = split(`FROM node:22
WORKDIR /app
COPY --chown=node:node . /app
RUN --mount=type=cache,target=/root/.npm \\
    npm ci \\
 && npm run lint \\
    # why
 && npm run build
`);
    expect(text).toBe(`FROM node:22
WORKDIR /app
COPY --chown=node:node package.json package-lock.json /app/
RUN --mount=type=cache,target=/root/.npm npm ci
COPY --chown=node:node . /app
RUN --mount=type=cache,target=/root/.npm npm run lint \\
    # why
 && npm run build
`);
  });

  it('takes what is above the install along, and directories of the context', () => {
    const files = { 'web/package.json': '{}', 'web/package-lock.json': npmFiles['package-lock.json'] ?? '' };
    const { text } = split(
      `FROM node:22\nWORKDIR /app\nCOPY web .\nEXPOSE 80\n${silent}\nRUN corepack enable && npm ci && npm cache clean --force\n`,
      files,
    );
    expect(text).toBe(
      `FROM node:22\nWORKDIR /app\nCOPY web/package.json web/package-lock.json ./\n${silent}\nRUN corepack enable && npm ci && npm cache clean --force\nCOPY web .\nEXPOSE 80\n`,
    );
  });

  it('copies nothing for what has no manifest', () => {
    const { text } = split('FROM debian\nWORKDIR /app\nCOPY . .\nRUN apt-get update && apt-get install -y git\n', {
      a: '',
    });
    expect(text).toBe('FROM debian\nWORKDIR /app\nRUN apt-get update && apt-get install -y git\nCOPY . .\n');
  });

  it('puts manifests of directories below where they belong', () => {
    const { text } = split(`FROM python:3\nWORKDIR /app\nCOPY . .\nRUN pip install --no-cache-dir -r req/all.txt\n`, {
      'req/all.txt': '-r base.txt\n-c ../limits.txt\n',
      'req/base.txt': 'flask\n',
      'limits.txt': 'flask<3\n',
    });
    expect(text).toBe(
      'FROM python:3\nWORKDIR /app\nCOPY req/all.txt req/base.txt ./req/\nCOPY limits.txt ./\nRUN pip install --no-cache-dir -r req/all.txt\nCOPY . .\n',
    );
  });

  it('keeps carriage returns and a last line without an end', () => {
    const { text } = split('FROM node\r\nWORKDIR /app\r\nCOPY . .\r\nRUN npm ci --cache=/c && npm test');
    expect(text).toBe(
      'FROM node\r\nWORKDIR /app\r\nCOPY package.json package-lock.json ./\r\nRUN npm ci --cache=/c\r\nCOPY . .\r\nRUN npm test\r',
    );
  });

  it.each([
    ['COPY . .\nRUN npm ci', {}, /no WORKDIR above/],
    ['WORKDIR /\nCOPY . .\nRUN npm ci', {}, /copies over \//],
    ['WORKDIR /app\nCOPY . /src\nRUN npm ci', {}, /copies to \/src, and the install runs in \/app/],
    ['WORKDIR /app\nCOPY --exclude=x . .\nRUN npm ci', {}, /--exclude/],
    ['WORKDIR /app\nCOPY --link . .\nRUN npm ci', {}, /--link/],
    ['WORKDIR /app\nCOPY . .\nRUN --mount=type=bind,source=.,target=/x npm ci', {}, /line 4 mounts files/],
    ['WORKDIR /app\nCOPY . .\nRUN npm ci; npm run build', {}, /runs even where that fails/],
    ['WORKDIR /app\nCOPY . .\nRUN npm ci && npm run build && rm -rf node_modules', {}, /may delete/],
    ['WORKDIR /app\nCOPY . .\nRUN npm ci && npm run build && npm prune --omit=dev', {}, /may delete/],
    ['SHELL ["pwsh", "-c"]\nWORKDIR /app\nCOPY . .\nRUN npm ci', {}, /SHELL/],
    ['WORKDIR /app\nCOPY . .\nRUN npm ci', { 'package.json': '{"workspaces":[]}' }, /workspaces/],
    ['ENV NODE_OPTIONS=-r=./x.js\nWORKDIR /app\nCOPY . .\nRUN npm ci', {}, /NODE_OPTIONS/],
    ['WORKDIR /app\nCOPY . .\nRUN npm ci && \\\n  npm ci --omit=dev && npm test', {}, /joined in a way/],
  ])('refuses %j', (text, files: Files, reason) => {
    const fix = fixOf(`FROM node\n${text}\n`, { ...npmFiles, ...files });
    expect(changedBy(fix, 'broad-copy')).toBe(0);
    expect(refusedBy(fix, 'broad-copy')).toMatch(reason);
  });

  it.each([
    'COPY . .\nRUN npm run build',
    'COPY package.json package-lock.json ./\nRUN npm ci --cache=/c\nCOPY . .',
    'COPY . .\nENV A=1\nRUN npm ci --cache=/c',
    'COPY . .\nUSER node\nRUN npm ci --cache=/c',
    'COPY . .\nWORKDIR /x\nRUN npm ci --cache=/c',
    'COPY . .\nCOPY --from=x /a /b\nRUN npm ci --cache=/c',
    '# layerscope ignore=broad-copy\nCOPY . .\nRUN npm ci --cache=/c',
  ])('has nothing to say of %j', (text) => {
    const fix = fixOf(`FROM node\nWORKDIR /app\n${text}\n`, npmFiles);
    expect([changedBy(fix, 'broad-copy'), refusedBy(fix, 'broad-copy')]).toEqual([0, '']);
  });

  it('minds the ignore file: a manifest that is left out is not there', () => {
    const fix = fixOf('FROM node\nWORKDIR /app\nCOPY . .\nRUN npm ci', { 'package.json': '{}', 'src/a': '' });
    expect(refusedBy(fix, 'broad-copy')).toMatch(/package-lock\.json: is not in the context, or left out of it/);
  });
});
