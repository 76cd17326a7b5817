import type { InstallNeeds, InstallPlace, InstallStep } from './install-step.ts';
import { type InstallTool, unsafe } from './install-tool.ts';
import { installTools } from './install-tools.ts';

/**
 * Proves what an install reads of the files in its working directory. `safe` with the files and directories it reads, all
 * of which are there; else the first thing that stands against it.
 */
export function needsOnly(install: InstallStep, place: InstallPlace): InstallNeeds {
  const tool = installTools.find(({ manager }) => manager === install.manager);
  if (tool === undefined) return unsafe(`${install.manager} is not known`);
  const obstacle = settingObstacle(tool, install, place) ?? fileObstacle(tool, install, place);
  if (obstacle !== null) return unsafe(obstacle);
  const needs = tool.needs(install, place);
  if (!needs.safe) return needs;
  const there = install.manifests.filter((path) => place.kindOf(path) !== null);
  const sources = [...new Set([...there, ...needs.sources])];
  const link = sources.find((path) => place.kindOf(path) === 'symlink');
  return link === undefined ? { safe: true, sources } : unsafe(`${link}: is a symbolic link`);
}

function settingObstacle(
  { settings }: InstallTool,
  install: InstallStep,
  { environment }: InstallPlace,
): string | null {
  const odd = [...install.environment.keys(), ...environment.keys()].find(
    (name) => settings.names.test(name) && !settings.harmless.has(name) && !settings.harmless.has(name.toUpperCase()),
  );
  return odd === undefined ? null : `the variable ${odd} may make it read other files`;
}

function fileObstacle(
  { outputs }: InstallTool,
  { required, manager }: InstallStep,
  { kindOf }: InstallPlace,
): string | null {
  const missing = required.find((path) => kindOf(path) === null);
  if (missing !== undefined) return `${missing}: is not in the context, or left out of it`;
  const output = outputs.find((path) => kindOf(path) !== null);
  return output === undefined
    ? null
    : `${output}: is in the context, and the COPY behind the install would lay it over what ${manager} makes there; leave it out with the ignore file`;
}
