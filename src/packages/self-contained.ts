/** Where commands that clean up delete: caches that no install reads back. */
const cachePlace = /^\/(?:root\/\.(?:cache|npm)|tmp|var\/(?:cache|lib\/apt\/lists))(?:\/.*)?$/;

/**
 * Whether a command reads nothing of its working directory and has no effect on it: it prepares a package manager, or
 * cleans up behind one.
 */
export function isSelfContained(words: readonly string[]): boolean {
  const [program = '', ...rest] = words;
  const [command = '', ...more] = rest;
  switch (program) {
    case 'corepack':
      return command === 'enable' || (command === 'prepare' && more.length > 0);
    case 'npm':
      return (
        (command === 'cache' && more[0] === 'clean') ||
        ((command === 'install' || command === 'i') &&
          more.some(isGlobal) &&
          more.every((word) => isGlobal(word) || isPackage(word)))
      );
    case 'yarn':
    case 'composer':
      return (command === 'cache' && more[0] === 'clean') || command === 'clear-cache';
    case 'pip':
    case 'pip3':
      return (
        command === 'install' &&
        more.length > 0 &&
        more.every((word) => /^(?:--upgrade|-U|--no-cache-dir)$/.test(word) || isPackage(word))
      );
    case 'apt-get':
    case 'apt':
      return command === 'clean' || command === 'autoclean';
    case 'dnf':
    case 'yum':
    case 'microdnf':
      return command === 'clean';
    case 'rm':
      return rest.every((word) => /^-[rf]+$/.test(word) || (cachePlace.test(word) && !word.split('/').includes('..')));
    default:
      return false;
  }
}

function isGlobal(word: string): boolean {
  return word === '-g' || word === '--global';
}

/** A package of the registry, with a version perhaps: nothing that could be a path. */
function isPackage(word: string): boolean {
  return (
    /^(?:@[\w.-]+\/)?[A-Za-z][\w.-]*(?:(?:@|==|>=|<=|<|>|~=)[\w.^~<>=*-]+)*$/.test(word) &&
    !/\.(?:tgz|whl|zip|gz)$/.test(word)
  );
}
