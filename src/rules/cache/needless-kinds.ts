/** A kind of files that a build context has and an image seldom needs. */
export interface NeedlessKind {
  readonly what: string;
  /** Of a name in a directory that is copied as a whole. */
  readonly name: RegExp;
  /** What to write for it; null for the name itself. */
  readonly line: string | null;
  /** In git: how often it changes is measured, not supposed. */
  readonly tracked: boolean;
  /** What in a RUN or in a project's own files says that it is needed after all; null where nothing else can need it. */
  readonly neededBy: RegExp | null;
}

/** Makes whatever a Makefile says. */
const anyBuild = 'make|cmake|just|task|bazel|bazelisk|tox|nox|invoke|rake';

export const needlessKinds: readonly NeedlessKind[] = [
  {
    what: 'version control',
    name: /^\.(?:git|hg|svn)$/,
    line: null,
    tracked: false,
    // Versions are often made of it.
    neededBy: new RegExp(
      `(?:^|[^\\w./-])(?:git|hg|svn|setuptools[-_]scm|hatch-vcs|versioneer|gitversion|nbgv|vergen|goreleaser|${anyBuild})(?![\\w-])`,
      'i',
    ),
  },
  { what: 'logs', name: /\.log$/, line: '**/*.log', tracked: false, neededBy: null },
  {
    what: 'tool caches',
    name: /^(?:__pycache__|\.pytest_cache|\.mypy_cache|\.ruff_cache|\.tox)$/,
    line: null,
    tracked: false,
    neededBy: null,
  },
  {
    what: 'editor settings',
    name: /^(?:\.idea|\.vscode|\.editorconfig|\.DS_Store)$/,
    line: null,
    tracked: true,
    neededBy: null,
  },
  {
    what: 'CI',
    name: /^(?:\.github|\.gitlab|\.gitlab-ci\.yml|\.circleci|\.travis\.yml|\.buildkite|\.drone\.yml|\.woodpecker\.yml|appveyor\.yml|azure-pipelines\.yml|bitbucket-pipelines\.yml|Jenkinsfile|renovate\.json|\.pre-commit-config\.yaml)$/,
    line: null,
    tracked: true,
    neededBy: null,
  },
  {
    what: 'what builds it',
    name: /^(?:Dockerfile(?:\..+)?|.+\.[Dd]ockerfile|Containerfile|\.dockerignore|(?:docker-)?compose(?:\..+)?\.ya?ml|Tiltfile|skaffold\.ya?ml)$/,
    line: null,
    tracked: true,
    neededBy: null,
  },
  {
    what: 'documentation',
    name: /^(?:docs?|CHANGELOG(?:\.\w+)?|CHANGES(?:\.\w+)?|HISTORY\.\w+|CONTRIBUTING(?:\.\w+)?|CODE_OF_CONDUCT(?:\.\w+)?|SECURITY\.md|README\.md)$/,
    line: null,
    tracked: true,
    neededBy: new RegExp(
      `\\b(?:docs?|mkdocs|sphinx|docusaurus|hugo|typedoc|mdbook|jekyll|vitepress|swag|${anyBuild})\\b`,
    ),
  },
  {
    what: 'tests',
    name: /^(?:tests?|__tests__|specs?|e2e|cypress|testdata)$/,
    line: null,
    tracked: true,
    neededBy: new RegExp(
      `\\b(?:tests?|pytest|ctest|jest|vitest|rspec|phpunit|verify|check|mvn|mvnw|gradle|gradlew|sbt|lein|mix|dotnet|${anyBuild})\\b`,
    ),
  },
];
