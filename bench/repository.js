import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { benchCache } from './images.js';
import { createRandom, pick } from './random.js';

/** Part of the folder's name: a change to the generator makes a new repository. */
const generation = 1;

const files = 5000;
const commits = 1000;

const dockerfile = `FROM node:22 AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci
ARG GIT_SHA
COPY tsconfig.json ./
COPY src src
RUN npm run build

FROM node:22-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /app/dist dist
COPY . .
USER node
CMD ["node", "dist/main.js"]
`;

/**
 * A work tree of 5,000 files with 1,000 commits and one to start from, as an application's: most commits change a few
 * sources, some add or remove one, every twentieth changes the dependencies, every seventh the documentation.
 * @returns the folder; made once, like the images
 */
export function repositoryFolder() {
  const folder = join(benchCache, `repository-${generation}`);
  if (existsSync(folder)) return folder;
  const unfinished = `${folder}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  git(unfinished, ['init', '--quiet', '--initial-branch=main']);
  git(unfinished, ['fast-import', '--quiet'], historyText());
  git(unfinished, ['reset', '--quiet', '--hard']);
  renameSync(unfinished, folder);
  return folder;
}

/**
 * @param {string} folder
 * @param {string[]} args
 * @param {string} [input]
 */
function git(folder, args, input) {
  const { status, stderr } = spawnSync('git', args, { cwd: folder, input, encoding: 'utf8' });
  if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
}

/** What `git fast-import` reads. */
function historyText() {
  const random = createRandom(41);
  /** @type {string[]} */
  const sources = [];
  while (sources.length < files - 6) sources.push(sourcePath(sources.length));
  const first = [
    ['Dockerfile', dockerfile],
    ['.dockerignore', '.git\nnode_modules\n**/*.md\n'],
    ['package.json', '{"name":"app"}'],
    ['package-lock.json', '{}'],
    ['tsconfig.json', '{}'],
    ['docs/index.md', '# App\n'],
    ...sources.map((path) => [path, contentOf(path, 0)]),
  ].map(([path = '', content = '']) => change(path, content));
  const all = [commit(0, first)];
  for (let at = 1; at <= commits; at++) {
    const changes = [];
    if (at % 20 === 0) changes.push(change('package-lock.json', `{"at":${at}}`));
    if (at % 7 === 0) changes.push(change('docs/index.md', `# App ${at}\n`));
    else {
      for (let left = 1 + Math.floor(random() * 6); left > 0; left--) {
        const path = pick(random, /** @type {[string, ...string[]]} */ (sources));
        changes.push(change(path, contentOf(path, at)));
      }
      if (at % 10 === 0) {
        const added = sourcePath(files + at);
        sources.push(added);
        changes.push(
          change(added, contentOf(added, at)),
          `D ${sources.splice(Math.floor(random() * 1000), 1).join('')}\n`,
        );
      }
    }
    all.push(commit(at, changes));
  }
  return all.join('');
}

/** @param {number} number */
function sourcePath(number) {
  return `src/area-${number % 40}/part-${number % 7}/module-${number}.ts`;
}

/**
 * @param {string} path
 * @param {number} version
 */
function contentOf(path, version) {
  return `// ${path}, version ${version}\n`.repeat(20);
}

/**
 * @param {string} path
 * @param {string} content
 */
function change(path, content) {
  return `M 100644 inline ${path}\n${data(content)}`;
}

/**
 * @param {number} at
 * @param {readonly string[]} changes
 */
function commit(at, changes) {
  const time = 1_700_000_000 + at * 3600;
  return `commit refs/heads/main\ncommitter Bench <bench@example.com> ${time} +0000\n${data(`Commit ${at}`)}${changes.join('')}\n`;
}

/** @param {string} text */
function data(text) {
  return `data ${Buffer.byteLength(text)}\n${text}\n`;
}
