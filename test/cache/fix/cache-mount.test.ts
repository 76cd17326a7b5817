import { describe, expect, it } from 'vitest';
import { type FixOptions, changedBy, fixedText, fixOf, refusedBy } from './fix-of.ts';

const mounted = (text: string, options: FixOptions = {}) => fixedText(fixOf(`FROM a\n${text}\n`, {}, options));

describe('cacheMount', () => {
  it.each([
    ['RUN npm ci', 'RUN --mount=type=cache,target=/root/.npm npm ci'],
    ['RUN pip install -r a.txt', 'RUN --mount=type=cache,target=/root/.cache/pip pip install -r a.txt'],
    [
      'RUN yarn --frozen-lockfile',
      'RUN --mount=type=cache,target=/usr/local/share/.cache/yarn,sharing=locked yarn --frozen-lockfile',
    ],
    ['RUN uv sync --locked', 'RUN --mount=type=cache,target=/root/.cache/uv uv sync --locked'],
    [
      'RUN poetry install --no-root',
      'RUN --mount=type=cache,target=/root/.cache/pypoetry/cache --mount=type=cache,target=/root/.cache/pypoetry/artifacts poetry install --no-root',
    ],
    [
      'USER root\nRUN --network=none npm ci \\\n  && x',
      'USER root\nRUN --mount=type=cache,target=/root/.npm --network=none npm ci \\\n  && x',
    ],
  ])('mounts the cache of %j', (text, after) => {
    expect(mounted(text)).toBe(`FROM a\n${after}\n`);
    expect(mounted(text, { builder: 'buildah' })).toBe(`FROM a\n${after}\n`);
    expect(mounted(text, { builder: 'kaniko' })).toBeNull();
    expect(mounted(text, { builder: 'classic' })).toBeNull();
    expect(fixedText(fixOf(`# syntax=docker/dockerfile:1.1\nFROM a\n${text}\n`))).toBeNull();
  });

  it.each([
    ['USER node\nRUN npm ci', /runs as node/],
    ['ENV npm_config_cache=/x\nRUN npm ci', /npm_config_cache/],
    ['ENV PIP_NO_CACHE_DIR=1\nRUN pip install -r a', /PIP_NO_CACHE_DIR/],
    ['RUN npm ci && npm cache clean --force', /empties the cache/],
    ['RUN npm ci\nRUN npm install --offline', /line 3 may use/],
    ['RUN npm ci\nRUN tar c /root/.npm', /line 3 may use/],
    ['RUN yarn install', /Yarn 1/],
    ['RUN go mod download', /later lines build/],
    ['RUN cargo fetch', /later lines build/],
    ['RUN mvn dependency:go-offline', /later lines build/],
    ['RUN dotnet restore', /later lines build/],
    ['RUN apt-get update', /docker-clean/],
    ['RUN apk add git', /\/etc\/apk\/cache/],
    ['RUN dnf install -y git', /keepcache/],
    ['RUN bundle install', /GEM_HOME/],
    ['RUN composer install', /COMPOSER_HOME/],
    ['RUN pnpm i --frozen-lockfile', /PNPM_HOME/],
    ['RUN npm ci && rm -rf ~/.npm', /empties the cache/],
  ])('refuses %j', (text, reason) => {
    const fix = fixOf(`FROM a\n${text}\n`);
    expect(changedBy(fix, 'cache-mount')).toBe(0);
    expect(refusedBy(fix, 'cache-mount')).toMatch(reason);
  });

  it.each([
    'RUN --mount=type=cache,target=/root/.npm npm ci',
    'RUN --mount=type=cache,id=x,dst=/root/.cache/pip pip install -r a',
    'RUN pip install --no-cache-dir -r a',
    '# layerscope ignore=cache-mount\nRUN npm ci',
    'RUN npm run build',
  ])('has nothing to say of %j', (text) => {
    const fix = fixOf(`FROM a\n${text}\n`);
    expect([changedBy(fix, 'cache-mount'), refusedBy(fix, 'cache-mount')]).toEqual([0, '']);
  });
});
