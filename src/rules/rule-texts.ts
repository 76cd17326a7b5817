import type { RuleName } from './rule-names.ts';
import type { Severity } from './rule.ts';

/** A rule in words, for those who meet a finding without this project's pages at hand. In markdown, code spans alone. */
export interface RuleText {
  readonly about: 'size' | 'secrets' | 'cache';
  /** Of its findings, the worst there are. */
  readonly severity: Severity;
  /** What it finds: the first sentence of its page. */
  readonly finds: string;
  readonly why: string;
  readonly advice: string;
}

/** Every rule (docs/rules). */
export const ruleTexts: Readonly<Record<RuleName, RuleText>> = {
  'secret-file': {
    about: 'secrets',
    severity: 'error',
    finds: 'A private key, a token or a password is in a layer.',
    why: 'Whoever pulls the image has every layer of it. A later `RUN rm` hides the file from the container, nothing more.',
    advice:
      'Give secrets to the step that needs them with `RUN --mount=type=secret`, and replace those that were shipped.',
  },
  'deleted-later': {
    about: 'size',
    severity: 'warning',
    finds: 'A line deletes files that an earlier line put into the image.',
    why: 'A layer cannot shrink the one below: it only hides what is there. The bytes are stored, pushed and pulled all the same.',
    advice: 'Delete in the step that makes the files, do not copy them in, or do both in a stage and copy the result.',
  },
  'recursive-metadata': {
    about: 'size',
    severity: 'warning',
    finds: 'A line changes the owner, mode or time of files, and so stores them whole again.',
    why: 'A layer has no way to say "the same file with another owner". It holds the file.',
    advice: 'Use `COPY --chown` and `COPY --chmod`, or do it in the step that makes the files.',
  },
  'package-cache': {
    about: 'size',
    severity: 'warning',
    finds: "A package manager's downloads or lists are in a layer.",
    why: 'They are of use to the next install, and there is none in the image.',
    advice: 'Clean up in the same RUN, or keep them in a cache mount: `RUN --mount=type=cache`.',
  },
  'context-leftovers': {
    about: 'size',
    severity: 'warning',
    finds: 'A COPY or ADD took files along that the image has no use for.',
    why: 'Version control, tool caches and test data are shipped to everybody who pulls, and change the layer with every commit.',
    advice: 'List them in `.dockerignore`, or copy by name what is needed.',
  },
  'duplicate-content': {
    about: 'size',
    severity: 'info',
    finds: 'The same content stands at several places of the final filesystem.',
    why: 'Each copy is stored and pulled.',
    advice: 'Link to one of them with `ln -s`, or copy it only to the place where it is used.',
  },
  'build-leftovers': {
    about: 'size',
    severity: 'info',
    finds: 'The final image holds what builds a program and does not run it.',
    why: 'Compilers, headers and intermediate output are of no use where the program runs.',
    advice: 'Build in one stage, and copy the result into another one.',
  },
  'broad-copy': {
    about: 'cache',
    severity: 'warning',
    finds: 'A COPY of much comes before an install that reads little of it.',
    why: 'Any change of what is copied re-runs the install: a typing mistake in a comment fetches all packages again.',
    advice: 'Copy the manifests first, install, then copy the rest.',
  },
  'cache-mount': {
    about: 'cache',
    severity: 'info',
    finds: 'An install fetches everything again whenever it runs.',
    why: 'What the package manager keeps between two runs is gone with the layer.',
    advice: 'Keep it in a cache mount: `RUN --mount=type=cache`.',
  },
  'context-churn': {
    about: 'cache',
    severity: 'warning',
    finds: 'A COPY takes in what changes often and nothing in the build asks for.',
    why: 'With such a file in the context, each commit re-runs the COPY and all that comes after it.',
    advice: 'List it in `.dockerignore`.',
  },
  'copy-from-broad': {
    about: 'cache',
    severity: 'info',
    finds: 'A `COPY --from` takes the sources along with what was compiled from them.',
    why: 'A comment in a source file re-runs it, and all that comes after it, though the program is the same, byte for byte.',
    advice: 'Copy the program alone.',
  },
  'link-lost': {
    about: 'cache',
    severity: 'warning',
    finds: '`--link` stands beside `--chmod`.',
    why: 'BuildKit drops `--link` without a word where `--chmod` is given too: the COPY re-runs with every step before it.',
    advice: 'Write `COPY --link` and give the files their mode where they come from, or leave `--link` out.',
  },
  'metadata-breaks-chain': {
    about: 'cache',
    severity: 'warning',
    finds: 'LABEL, EXPOSE, CMD and the like with a value that changes stand before steps that take time.',
    why: 'For the classic builder, buildah and kaniko every step that follows runs again with the new value.',
    advice: 'Write such lines at the end of their stage.',
  },
  'mode-only-miss': {
    about: 'cache',
    severity: 'warning',
    finds: 'Files have modes that another checkout will not have.',
    why: 'git keeps whether a file is executable, the umask of who checks out decides the rest, and every builder hashes it.',
    advice: 'Check out under umask 022, or set the modes before the build.',
  },
  'parallel-stages': {
    about: 'cache',
    severity: 'info',
    finds: 'A download waits for the build context, which it has no use for.',
    why: 'It runs again with every change of the context, and never beside other steps.',
    advice: 'Fetch in a stage of its own, and copy the result.',
  },
  'remote-add': {
    about: 'cache',
    severity: 'warning',
    finds: 'An ADD asks somebody else at each build what it will add.',
    why: 'What it adds may be another thing tomorrow, and then everything after it runs again.',
    advice: 'Name a commit or a tag of a repository, and give `--checksum` for a URL.',
  },
  'split-update': {
    about: 'cache',
    severity: 'warning',
    finds: 'Package lists are fetched in one RUN and used in another.',
    why: 'While the first is cached, the second looks for packages in old lists: it installs old versions, or fails.',
    advice: 'Update and install in one RUN.',
  },
  'unpinned-base': {
    about: 'cache',
    severity: 'warning',
    finds: 'An image is named without a digest.',
    why: 'When the tag moves, everything on top re-runs. That may be wanted: then silence the line, and say so.',
    advice: 'Write the digest behind the tag, and let a bot raise it.',
  },
  'volatile-arg': {
    about: 'cache',
    severity: 'warning',
    finds: 'An argument that gets other values comes before steps that have no use for it.',
    why: 'With each new value these steps run again.',
    advice: 'Write the ARG directly before the first step that uses it.',
  },
  'workdir-epoch': {
    about: 'cache',
    severity: 'warning',
    finds: 'WORKDIR under `SOURCE_DATE_EPOCH` makes a directory with that time.',
    why: "Where the epoch is each commit's, each commit re-runs the WORKDIR and everything after it.",
    advice: "Write WORKDIR after what takes long, or give an epoch that is not each commit's.",
  },
};

/** What a rule says of itself; null if there is no such rule. */
export function ruleText(name: string): RuleText | null {
  return Object.hasOwn(ruleTexts, name) ? ruleTexts[name as RuleName] : null;
}
