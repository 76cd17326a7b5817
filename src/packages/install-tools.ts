import { bundler } from './bundler.ts';
import { cargo } from './cargo.ts';
import { composer } from './composer.ts';
import { dotnet } from './dotnet.ts';
import { go } from './go.ts';
import { gradle } from './gradle.ts';
import type { InstallTool } from './install-tool.ts';
import { maven } from './maven.ts';
import { npm } from './npm.ts';
import { pip } from './pip.ts';
import { pnpm } from './pnpm.ts';
import { poetry } from './poetry.ts';
import { apk, apt, dnf } from './system-packages.ts';
import { uv } from './uv.ts';
import { yarn } from './yarn.ts';

export const installTools: readonly InstallTool[] = [
  npm,
  yarn,
  pnpm,
  pip,
  poetry,
  uv,
  go,
  cargo,
  maven,
  gradle,
  bundler,
  composer,
  dotnet,
  apt,
  apk,
  dnf,
];
