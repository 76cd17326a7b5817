import type { CacheCase } from '../cache-case.ts';
import { fromPlain } from './from-plain.ts';

/** RUN's text and here-documents, and how instructions are written. */
export const run: readonly CacheCase[] = [
  {
    name: 'run-command-changed',
    before: { dockerfile: fromPlain('RUN true 1', 'RUN true') },
    after: { dockerfile: fromPlain('RUN true 2', 'RUN true') },
  },
  {
    name: 'run-spaces-inside',
    builtBy: ['buildkit', 'classic'],
    before: { dockerfile: fromPlain('RUN true 1') },
    after: { dockerfile: fromPlain('RUN true  1') },
  },
  {
    name: 'run-spaces-after-the-keyword',
    before: { dockerfile: fromPlain('RUN true 1') },
    after: { dockerfile: fromPlain('RUN   true 1') },
  },
  {
    name: 'run-lower-case-keyword',
    builtBy: ['buildkit'],
    before: { dockerfile: fromPlain('RUN true 1') },
    after: { dockerfile: fromPlain('run true 1') },
  },
  {
    name: 'run-comment-before',
    before: { dockerfile: fromPlain('RUN true 1') },
    after: { dockerfile: fromPlain('# why', '', 'RUN true 1') },
  },
  {
    name: 'run-continuation-elsewhere',
    before: { dockerfile: fromPlain('RUN true 1 \\', '2') },
    after: { dockerfile: fromPlain('RUN true \\', '1 2') },
  },
  {
    name: 'run-comment-in-continuation',
    before: { dockerfile: fromPlain('RUN true 1 \\', '  2') },
    after: { dockerfile: fromPlain('RUN true 1 \\', '# why', '  2') },
  },
  {
    name: 'run-indentation-in-continuation',
    before: { dockerfile: fromPlain('RUN true 1 \\', '  2') },
    after: { dockerfile: fromPlain('RUN true 1 \\', '    2') },
  },
  {
    name: 'run-exec-form-for-shell-form',
    builtBy: ['buildkit'],
    before: { dockerfile: fromPlain('RUN true 1') },
    after: { dockerfile: fromPlain('RUN ["/bin/sh", "-c", "true 1"]') },
  },
  {
    name: 'run-exec-form-spacing',
    before: { dockerfile: fromPlain('RUN ["true","1"]') },
    after: { dockerfile: fromPlain('RUN ["true", "1"]') },
  },
  {
    name: 'run-split-in-two',
    builtBy: ['buildkit'],
    before: { dockerfile: fromPlain('RUN true 1 && true 2') },
    after: { dockerfile: fromPlain('RUN true 1', 'RUN true 2') },
  },
  {
    name: 'run-inserted-before',
    builtBy: ['buildkit'],
    before: { dockerfile: fromPlain('RUN true 2') },
    after: { dockerfile: fromPlain('RUN true 1', 'RUN true 2') },
  },
  {
    name: 'run-removed-before',
    builtBy: ['buildkit'],
    before: { dockerfile: fromPlain('RUN true 1', 'RUN true 2') },
    after: { dockerfile: fromPlain('RUN true 2') },
  },
  {
    name: 'run-heredoc-body-changed',
    builders: ['buildkit', 'buildah'],
    before: { dockerfile: fromPlain('RUN <<EOF', 'true 1', 'EOF', 'RUN true') },
    after: { dockerfile: fromPlain('RUN <<EOF', 'true 2', 'EOF', 'RUN true') },
  },
  {
    name: 'run-heredoc-delimiter-changed',
    builders: ['buildkit', 'buildah'],
    before: { dockerfile: fromPlain('RUN <<EOF', 'true 1', 'EOF') },
    after: { dockerfile: fromPlain('RUN <<END', 'true 1', 'END') },
  },
  {
    name: 'run-heredoc-quoted',
    builders: ['buildkit', 'buildah'],
    before: { dockerfile: fromPlain('RUN <<EOF', 'true 1', 'EOF') },
    after: { dockerfile: fromPlain("RUN <<'EOF'", 'true 1', 'EOF') },
  },
  {
    name: 'run-heredoc-tabs-taken-off',
    builders: ['buildkit'],
    before: { dockerfile: fromPlain('RUN <<EOF', 'true 1', 'EOF') },
    after: { dockerfile: fromPlain('RUN <<-EOF', '\ttrue 1', '\tEOF') },
  },
  {
    name: 'run-heredoc-to-a-command',
    builders: ['buildkit', 'buildah'],
    before: { dockerfile: fromPlain('RUN cat <<EOF > /f', '1', 'EOF') },
    after: { dockerfile: fromPlain('RUN cat <<EOF > /f', '2', 'EOF') },
  },
  {
    name: 'run-heredoc-with-its-own-interpreter',
    builders: ['buildkit'],
    before: { dockerfile: fromPlain('RUN <<EOF', '#!/bin/sh', 'true 1', 'EOF') },
    after: { dockerfile: fromPlain('RUN <<EOF', '#!/bin/sh', 'true 2', 'EOF') },
  },
  {
    name: 'run-heredoc-body-is-ignored-by-classic',
    // It runs the here-document's opening alone, as if the body were not there.
    builders: ['classic'],
    before: { dockerfile: fromPlain('RUN true <<EOF', 'RUN true 1', 'EOF') },
    after: { dockerfile: fromPlain('RUN true <<EOF', 'RUN true 2', 'EOF') },
  },
  {
    // Every build here has no network anyway, and a host's is not allowed.
    name: 'run-network-mode-that-it-has-anyway',
    builders: ['buildkit'],
    before: { dockerfile: fromPlain('RUN true 1') },
    after: { dockerfile: fromPlain('RUN --network=default true 1') },
  },
  {
    name: 'copy-heredoc-content',
    builders: ['buildkit', 'buildah'],
    before: { dockerfile: fromPlain('COPY <<EOF /f', '1', 'EOF', 'RUN true') },
    after: { dockerfile: fromPlain('COPY <<EOF /f', '2', 'EOF', 'RUN true') },
  },
  {
    name: 'copy-heredoc-delimiter',
    builders: ['buildkit', 'buildah'],
    before: { dockerfile: fromPlain('COPY <<EOF /f', '1', 'EOF', 'RUN true') },
    after: { dockerfile: fromPlain('COPY <<END /f', '1', 'END', 'RUN true') },
  },
  {
    name: 'copy-heredoc-expanded',
    builders: ['buildkit', 'buildah'],
    before: { dockerfile: fromPlain('ARG V=1', 'COPY <<EOF /f', '$V', 'EOF') },
    after: { args: { V: '2' } },
  },
  {
    name: 'copy-heredoc-quoted-not-expanded',
    builders: ['buildkit', 'buildah'],
    before: { dockerfile: fromPlain('ARG V=1', "COPY <<'EOF' /f", '$V', 'EOF') },
    after: { args: { V: '2' } },
  },
];
