import type { InstallPlace } from './install-step.ts';
import { type InstallTool, nothingElse, unlessAny } from './install-tool.ts';
import { names, readOptions, unknownOption } from './options.ts';

const goals = names(`
  dependency:go-offline dependency:resolve dependency:resolve-plugins
  org.apache.maven.plugins:maven-dependency-plugin:go-offline`);

const known = {
  flags: names(
    '-B --batch-mode -q --quiet -ntp --no-transfer-progress -e --errors -U --update-snapshots -C --strict-checksums -DskipTests',
  ),
  valued: names('-T --threads -P --activate-profiles'),
};

/** Maven (maven.apache.org: POM reference, dependency plugin). */
export const maven: InstallTool = {
  manager: 'maven',
  settings: { names: /^(?:MAVEN_|M2|MVN)/, harmless: names('MAVEN_VERSION MAVEN_HOME MAVEN_CONFIG') },
  outputs: [],
  recognize: ([program, ...rest]) => {
    if (program !== 'mvn' && program !== './mvnw') return null;
    const { operands } = readOptions(rest, known);
    if (operands.length === 0 || !operands.every((goal) => goals.has(goal))) return null;
    const wrapper = program === './mvnw' ? ['mvnw', '.mvn'] : ['.mvn'];
    return {
      manifests: ['pom.xml', ...wrapper],
      required: program === './mvnw' ? ['pom.xml', 'mvnw'] : ['pom.xml'],
      caches: [{ target: '/root/.m2/repository', sharing: 'locked' }],
    };
  },
  needs: ({ words }, place) => {
    const outcome = unlessAny(
      unknownOption(readOptions(words.slice(1), known)),
      settingsObstacle(place),
      pomObstacle(place),
    );
    return outcome.safe ? nothingElse : outcome;
  },
};

function settingsObstacle({ kindOf, namesIn }: InstallPlace): string | null {
  const odd = namesIn('.mvn').find((name) => name !== 'wrapper');
  if (odd !== undefined) return `.mvn/${odd}: may load extensions or name other files`;
  return kindOf('.mvn') === 'symlink' ? '.mvn: is a symbolic link' : null;
}

/** What may be in a POM that makes Maven read other files. A comment with such a tag is taken for one, too. */
const obstacles: readonly (readonly [RegExp, string])[] = [
  [/<!(?:DOCTYPE|ENTITY)|<\?(?!xml\s)|<!\[CDATA\[/i, 'has declarations that may stand for anything'],
  [/<(?:modules|subprojects)[\s>]/, 'has modules, whose POMs are read, too'],
  [/<relativePath>\s*(?!\.\.\/)[^<\s]/, 'has its parent in a directory below'],
  [/<systemPath[\s>]|<scope>\s*system/, 'has a dependency from a file (systemPath)'],
  [/<(?:exists|missing)[\s>]/, 'has a profile that depends on whether a file is there'],
  [/<url>[^<]{0,200}(?:file:|\$\{)/, 'has a repository among its own files'],
  [/<extensions>/, 'loads extensions, which may read any file'],
];

function pomObstacle({ textOf }: InstallPlace): string | null {
  const text = textOf('pom.xml');
  if (text === null) return 'pom.xml: cannot be read';
  const found = obstacles.find(([pattern]) => pattern.test(text));
  return found === undefined ? null : `pom.xml: ${found[1]}`;
}
