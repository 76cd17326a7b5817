import { describe, expect, it } from 'vitest';
import { type FixOptions, fixedText, fixOf } from './fix-of.ts';

const sunk = (text: string, options: FixOptions = {}) => fixedText(fixOf(text, {}, options));
const refused = (text: string, options: FixOptions = {}) =>
  fixOf(text, {}, options).refused.map(({ reason }) => reason);

describe('sinkVolatile', () => {
  it('takes an argument and what hands it on down to the first step that may use it', () => {
    const fix = fixOf(`FROM debian
# the commit
ARG GIT_SHA
ENV GIT_SHA=$GIT_SHA
LABEL revision=$GIT_SHA
RUN apt-get update && apt-get install -y git
WORKDIR /app
RUN mkdir -p /data
RUN make VERSION=$GIT_SHA
`);
    expect(fixedText(fix)).toBe(`FROM debian
RUN apt-get update && apt-get install -y git
WORKDIR /app
RUN mkdir -p /data
# the commit
ARG GIT_SHA
ENV GIT_SHA=$GIT_SHA
LABEL revision=$GIT_SHA
RUN make VERSION=$GIT_SHA
`);
    expect(fix.changes.map(({ rule, line, message }) => [rule, line, message])).toEqual([
      [
        'volatile-arg',
        3,
        'Sets ARG GIT_SHA, ENV GIT_SHA, LABEL revision behind 2 steps, up to line 8, that do not use them.',
      ],
    ]);
  });

  it('stops at the first program that may look at its environment', () => {
    expect(sunk('FROM a\nARG BUILD_DATE\nRUN mkdir /a\nRUN ./configure\nRUN mkdir /b\n')).toBe(
      'FROM a\nRUN mkdir /a\nARG BUILD_DATE\nRUN ./configure\nRUN mkdir /b\n',
    );
  });

  it.each([
    ['FROM a\nARG GIT_SHA\nRUN make\n', /line 3 \(RUN\): make may read GIT_SHA/],
    ['FROM a\nARG GIT_SHA\nENV GIT_SHA=1\nRUN mkdir /a\n', /line 3 \(ENV\) sets GIT_SHA again/],
    ['FROM a\nARG GIT_SHA\nARG GIT_SHA=2\nRUN mkdir /a\n', /sets GIT_SHA again/],
    ['FROM a\nARG GIT_SHA\nENV A=$GIT_SHA\nENV B=1\nRUN mkdir /a\n', /before ENV in the image's configuration/],
    ['FROM a\nARG GIT_SHA\nONBUILD RUN x\nRUN mkdir /a\n', /ONBUILD/],
    ['FROM a\nARG GIT_SHA\nRUN <<EOF\nmkdir /a\nEOF\n', /its script may read GIT_SHA/],
  ])('refuses %j', (text, reason) => {
    expect(sunk(text)).toBeNull();
    expect(refused(text).join('\n')).toMatch(reason);
  });

  it.each([
    'FROM a\nARG NODE_ENV\nRUN mkdir /a\n',
    'FROM a\nARG GIT_SHA\nRUN echo $GIT_SHA > /v\nRUN mkdir /a\n',
    'FROM a\nARG GIT_SHA\nCOPY x /${GIT_SHA}\nRUN mkdir /a\n',
    'FROM a\nARG VERSION=8.5\nRUN mkdir /a\n',
    'FROM a\nARG SOURCE_DATE_EPOCH\nRUN mkdir /a\n',
    'FROM a\nRUN mkdir /a\nARG GIT_SHA\n',
    'FROM a\nARG GIT_SHA\nCOPY x /x\n',
    'FROM a\nLABEL revision=$GIT_SHA\nRUN mkdir /a\n',
    'FROM a\n# layerscope ignore=volatile-arg\nARG GIT_SHA\nRUN mkdir /a\n',
  ])('has nothing to move in %j', (text) => expect([sunk(text), refused(text)]).toEqual([null, []]));

  it('takes labels down for builders whose every line is part of the chain', () => {
    const text = 'FROM a\nARG GIT_SHA\nLABEL revision=$GIT_SHA\nRUN make\nCOPY x /x\nCMD x\n';
    expect(sunk('FROM a\nLABEL date=${BUILD_DATE}\nRUN make\nCMD x\n', { builder: 'classic' })).toBe(
      'FROM a\nRUN make\nLABEL date=${BUILD_DATE}\nCMD x\n',
    );
    expect(sunk(text, { builder: 'buildah' })).toBe(
      'FROM a\nARG GIT_SHA\nRUN make\nCOPY x /x\nLABEL revision=$GIT_SHA\nCMD x\n',
    );
  });

  it('passes installs that are proved to read only their manifests', () => {
    const files = { 'package.json': '{}', 'package-lock.json': '{"lockfileVersion":3,"packages":{}}' };
    const text =
      'FROM a\nARG GIT_SHA\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN npm ci --cache=/c\nRUN npm run build\n';
    expect(fixedText(fixOf(text, files))).toBe(
      'FROM a\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN npm ci --cache=/c\nARG GIT_SHA\nRUN npm run build\n',
    );
    expect(fixedText(fixOf(text, { ...files, 'package.json': '{"scripts":{"postinstall":"x"}}' }))).toBeNull();
  });
});
