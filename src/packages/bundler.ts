import type { InstallPlace, InstallStep } from './install-step.ts';
import { type InstallTool, unlessAny } from './install-tool.ts';
import { names, readOptions, type ReadOptions, unknownOption } from './options.ts';
import { firstOddLine } from './script-lines.ts';

const known = {
  flags: names('--frozen --deployment --quiet --local --no-cache --verbose'),
  valued: names('--jobs -j --retry --without --with'),
};

/** Bundler (bundler.io: bundle install, gemfile). A Gemfile is a program: only lines that are known to declare are taken. */
export const bundler: InstallTool = {
  manager: 'bundler',
  settings: {
    names: /^(?:BUNDLE_|RUBYOPT$|RUBYLIB$)/,
    harmless: names(`
      BUNDLE_FROZEN BUNDLE_DEPLOYMENT BUNDLE_WITHOUT BUNDLE_WITH BUNDLE_JOBS BUNDLE_RETRY BUNDLE_PATH BUNDLE_APP_CONFIG
      BUNDLE_SILENCE_ROOT_WARNING BUNDLE_BIN BUNDLE_CACHE_PATH BUNDLE_SUPPRESS_INSTALL_USING_MESSAGES BUNDLER_VERSION`),
  },
  outputs: ['.bundle', 'vendor/bundle', 'vendor/cache'],
  recognize: ([program, ...rest]) => {
    if (program !== 'bundle' || (rest[0] !== 'install' && rest[0] !== undefined)) return null;
    if (readOptions(rest.slice(1), known).operands.length > 0) return null;
    return {
      manifests: ['Gemfile', 'Gemfile.lock', '.ruby-version', '.tool-versions'],
      required: ['Gemfile', 'Gemfile.lock'],
      caches: [{ target: '/usr/local/bundle/cache', sharing: 'locked' }],
    };
  },
  needs: (install, place) => {
    const options = readOptions(install.words.slice(2), known);
    return unlessAny(
      unknownOption(options),
      rewritesLock(install, place, options),
      gemfileObstacle(place),
      lockObstacle(place),
    );
  },
};

function rewritesLock({ environment }: InstallStep, place: InstallPlace, { options }: ReadOptions): string | null {
  const isSet = (name: string): boolean => {
    const value = environment.get(name) ?? place.environment.get(name) ?? '';
    return value === '1' || value === 'true';
  };
  if (options.has('--frozen') || options.has('--deployment') || isSet('BUNDLE_FROZEN') || isSet('BUNDLE_DEPLOYMENT'))
    return null;
  return 'bundle install may write Gemfile.lock, and the COPY behind it would put the old one back; with BUNDLE_FROZEN=true it does not';
}

const quoted = /["'][\w.~<>=!\s/-]*["']/.source;
/** `require: false`, `:require => "x"`, `group: :test`, `platforms: %i[ruby jruby]`, `github: "a/b"`. */
const option = `:?(?:require|group|groups|platform|platforms|github|branch|tag|ref|force_ruby_platform)(?::|\\s*=>)\\s*(?:${quoted}|true|false|:\\w+|%[iw]\\[[\\w\\s-]*\\]|\\[[\\w\\s:,"']*\\])`;

const declarations: readonly RegExp[] = [
  /^source\s*\(?["']https:\/\/[\w.:/-]+["']\)?(?:\s+do)?$/,
  new RegExp(`^gem\\s*\\(?["'][\\w.-]+["'](?:\\s*,\\s*${quoted})*(?:\\s*,\\s*${option})*\\)?(?:\\s+#.*)?$`),
  new RegExp(`^ruby\\s+${quoted}$`),
  /^ruby\s+file:\s*["']\.(?:ruby-version|tool-versions)["']$/,
  /^(?:group|platforms?)\s+:\w+(?:\s*,\s*:\w+)*\s+do$/,
  /^end$/,
];

function gemfileObstacle({ textOf }: InstallPlace): string | null {
  const text = textOf('Gemfile');
  const odd = text === null ? 'what is in it' : firstOddLine(text, '#', declarations);
  return odd === null ? null : `Gemfile: ${odd} is not known to read no other file`;
}

function lockObstacle({ textOf }: InstallPlace): string | null {
  const lines = (textOf('Gemfile.lock') ?? '').split(/\r?\n/);
  const found = lines.find((line) => /^(?:PATH|PLUGIN SOURCE)$/.test(line));
  return found === undefined ? null : `Gemfile.lock: has a section ${found}, files of the project`;
}
