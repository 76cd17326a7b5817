import type { InstallPlace } from './install-step.ts';
import { type InstallTool, unlessAny } from './install-tool.ts';
import { names, readOptions, unknownOption } from './options.ts';
import { firstOddLine } from './script-lines.ts';

const known = {
  flags: names('--no-daemon -q --quiet --info --warn --console=plain --stacktrace --refresh-dependencies -S'),
  valued: names('--console --warning-mode'),
};

const scripts = ['build.gradle', 'build.gradle.kts', 'settings.gradle', 'settings.gradle.kts'];

/** Gradle (docs.gradle.org). Its build files are programs: only lines that are known to declare are taken. */
export const gradle: InstallTool = {
  manager: 'gradle',
  settings: { names: /^(?:GRADLE_|ORG_GRADLE_)/, harmless: names('GRADLE_HOME GRADLE_VERSION GRADLE_USER_HOME') },
  outputs: ['.gradle', 'build', '.kotlin'],
  recognize: ([program, ...rest]) => {
    if (program !== 'gradle' && program !== './gradlew') return null;
    const { operands } = readOptions(rest, known);
    if (operands.length !== 1 || operands[0] !== 'dependencies') return null;
    const wrapper = program === './gradlew' ? ['gradlew', 'gradle'] : ['gradle'];
    return {
      manifests: [...scripts, 'gradle.properties', 'gradle.lockfile', ...wrapper],
      required: program === './gradlew' ? ['gradlew', 'gradle'] : [],
      caches: [{ target: '/root/.gradle', sharing: 'locked' }],
    };
  },
  needs: ({ words }, place) =>
    unlessAny(
      unknownOption(readOptions(words.slice(1), known)),
      ...directoryObstacles(place),
      propertiesObstacle(place),
      scriptObstacle(place),
    ),
};

function directoryObstacles({ kindOf, namesIn }: InstallPlace): (string | null)[] {
  const other = namesIn('gradle').find((name) => name !== 'wrapper' && name !== 'libs.versions.toml');
  return [
    kindOf('buildSrc') === null ? null : 'buildSrc: is compiled before anything else',
    other === undefined ? null : `gradle/${other}: may be part of the build`,
  ];
}

function propertiesObstacle({ textOf }: InstallPlace): string | null {
  const line = (textOf('gradle.properties') ?? '')
    .split(/\r?\n/)
    .find((each) => /\/|\\|init|java\.home|jvmargs.*-javaagent/i.test(each));
  return line === undefined ? null : `gradle.properties: ${line.trim().slice(0, 80)} may name other files`;
}

/** Plugins that read no file of the project while dependencies are resolved. */
const plugin =
  /(?:java|java-library|application|groovy|war|jacoco|checkstyle|idea|eclipse|org\.springframework\.boot|io\.spring\.dependency-management|org\.jetbrains\.kotlin\.[\w.]+|com\.github\.johnrengelman\.shadow|com\.gradleup\.shadow|io\.micronaut\.[\w.]+)/
    .source;
const quoted = /["'][\w.:+@-]*["']/.source;

const declarations: readonly RegExp[] = [
  /^(?:plugins|repositories|dependencies|java|toolchain|application|kotlin|tasks\.test|test|configurations|dependencyManagement|imports|compileOnly|developmentOnly)\s*\{\s*(?:\})?$/,
  /^\}$/,
  new RegExp(`^id[\\s(]+["']${plugin}["']\\)?(?:\\s+version[\\s(]+${quoted}\\)?)?$`),
  new RegExp(`^(?:${plugin}|\`(?:java-library|application|java)\`)$`),
  new RegExp(`^kotlin\\(["'][\\w.]+["']\\)(?:\\s+version\\s+${quoted})?$`),
  /^(?:mavenCentral|google|gradlePluginPortal)\(\)$/,
  /^repositories\s*\{\s*mavenCentral\(\)\s*\}$/,
  new RegExp(
    `^(?:implementation|api|compileOnly|runtimeOnly|annotationProcessor|developmentOnly|testImplementation|testRuntimeOnly|testCompileOnly|mavenBom)[\\s(]+(?:platform\\()?${quoted}\\)?\\)?$`,
  ),
  new RegExp(
    `^(?:group|version|description|sourceCompatibility|targetCompatibility|rootProject\\.name|mainClass)\\s*=?\\s*${quoted}$`,
  ),
  /^(?:sourceCompatibility|targetCompatibility)\s*=\s*(?:JavaVersion\.VERSION_)?[\d_.]+$/,
  /^languageVersion\s*=\s*JavaLanguageVersion\.of\(\d+\)$/,
  /^useJUnitPlatform\(\)$/,
  /^tasks\.named\(["']test["']\)\s*\{$/,
  new RegExp(`^mainClass\\.set\\(${quoted}\\)$`),
];

function scriptObstacle({ textOf, kindOf }: InstallPlace): string | null {
  if (kindOf('build.gradle') === null && kindOf('build.gradle.kts') === null) return 'build.gradle: is not there';
  for (const path of scripts) {
    if (kindOf(path) === null) continue;
    const text = textOf(path);
    const odd = text === null ? 'what is in it' : firstOddLine(text, '//', declarations);
    if (odd !== null) return `${path}: ${odd} is not known to read no other file`;
  }
  return null;
}
