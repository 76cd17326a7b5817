import type { InstallPlace } from './install-step.ts';
import { type InstallTool, unsafe } from './install-tool.ts';
import { names, readOptions, unknownOption } from './options.ts';

const known = {
  flags: names('--locked-mode --no-cache --nologo --force --use-lock-file --disable-parallel'),
  valued: names('-r --runtime -a --arch --os -v --verbosity'),
};

const settings = [
  'Directory.Build.props',
  'Directory.Build.targets',
  'Directory.Packages.props',
  'nuget.config',
  'NuGet.config',
  'NuGet.Config',
  'global.json',
  'packages.lock.json',
];

/** `dotnet restore` (learn.microsoft.com: dotnet restore, customize your build, nuget.config). */
export const dotnet: InstallTool = {
  manager: 'dotnet',
  settings: { names: /^(?:NUGET_|MSBUILD)/i, harmless: names('NUGET_XMLDOC_MODE NUGET_PACKAGES') },
  outputs: ['obj', 'bin'],
  recognize: ([program, command, ...rest]) => {
    if (program !== 'dotnet' || command !== 'restore') return null;
    const { operands } = readOptions(rest, known);
    const projects = operands.map((path) => path.replace(/^\.\//, ''));
    return {
      manifests: [...projects, ...settings],
      required: projects,
      caches: [{ target: '/root/.nuget/packages', sharing: 'shared' }],
    };
  },
  needs: ({ words }, place) => {
    const options = readOptions(words.slice(2), known);
    const unknown = unknownOption(options);
    if (unknown !== null) return unsafe(unknown);
    const project = projectOf(options.operands, place);
    if ('reason' in project) return unsafe(project.reason);
    const obstacle = [project.path, ...settings]
      .map((path) => buildObstacle(path, place))
      .find((reason) => reason !== null);
    return obstacle === undefined || obstacle === null ? { safe: true, sources: [project.path] } : unsafe(obstacle);
  },
};

type Project = { readonly path: string } | { readonly reason: string };

/** What is restored where nothing is named: the only project of the directory. */
function projectOf(operands: readonly string[], { namesIn }: InstallPlace): Project {
  const [named] = operands;
  const all = namesIn('').filter((name) => /\.(?:\w{1,10}proj|slnx?|slnf)$/.test(name));
  const path = named?.replace(/^\.\//, '') ?? (all.length === 1 ? all[0] : undefined);
  if (path === undefined) return { reason: 'which project is restored is not told by the files in the directory' };
  if (!/^[^/]+\.(?:cs|fs|vb)proj$/.test(path)) return { reason: `${path}: names projects in directories below` };
  return { path };
}

/** What may be in a project that makes MSBuild read other files. */
const obstacles: readonly (readonly [RegExp, string])[] = [
  [/<!(?:DOCTYPE|ENTITY)|<!\[CDATA\[/i, 'has declarations that may stand for anything'],
  [/<ProjectReference[\s>]/i, 'has a ProjectReference, whose project is read, too'],
  [/<Import[\s>]/i, 'imports another file'],
  [/\bExists\s*\(/i, 'depends on whether a file is there'],
  [
    /\$\(\[|\$\(MSBuildThisFileDirectory\)|\$\(MSBuildProjectDirectory\)/i,
    'calls functions or names its directory, and may read any file',
  ],
  [
    /<(?:UsingTask|Exec|RestoreSources|RestoreAdditionalProjectSources|RestoreConfigFile)[\s>]/i,
    'runs tasks or names other sources',
  ],
];

function buildObstacle(path: string, { textOf, kindOf }: InstallPlace): string | null {
  if (kindOf(path) === null) return null;
  const text = textOf(path);
  if (text === null) return `${path}: cannot be read`;
  if (/^nuget\.config$/i.test(path)) {
    const source = /<add\s[^>]{0,500}?\bvalue\s*=\s*"(?!https:\/\/|true"|false"|\d+")([^"]{0,80})/i.exec(text)?.[1];
    return source === undefined ? null : `${path}: ${source} is among the project's own files`;
  }
  const found = obstacles.find(([pattern]) => pattern.test(text));
  return found === undefined ? null : `${path}: ${found[1]}`;
}
