import type { InstallPlace } from './install-step.ts';
import { names } from './options.ts';

/**
 * Modules of the standard library that installers import, as far as a project could well have files of such names. They
 * come into play where the working directory is on Python's path (`python -m pip`, PYTHONPATH).
 */
const standard = names(`
  _pytest abc argparse array ast asyncio base64 binascii bisect builtins bz2 calendar code codecs collections colorsys
  compileall concurrent configparser contextlib copy csv ctypes dataclasses datetime decimal difflib dis distutils email
  encodings ensurepip enum errno fnmatch fractions functools getopt getpass gettext glob gzip hashlib heapq hmac html http
  imaplib importlib inspect io ipaddress itertools json keyword linecache locale logging lzma mailbox marshal math mimetypes
  multiprocessing netrc numbers opcode operator optparse os pathlib pickle pip pkgutil pkg_resources platform plistlib
  poetry pprint profile py_compile pydoc queue quopri random re reprlib runpy sched secrets select selectors setuptools shlex
  shutil signal site sitecustomize smtplib socket sqlite3 ssl stat statistics string stringprep struct subprocess symtable sys
  sysconfig tarfile tempfile test textwrap threading time timeit token tokenize tomllib trace traceback tracemalloc types
  typing unicodedata unittest urllib usercustomize uuid uv venv warnings weakref wheel wsgiref xml xmlrpc zipfile zipimport
  zlib zoneinfo`);

/** Why Python itself may read files of the project; null where it does not. */
export function moduleObstacle({ namesIn, kindOf }: InstallPlace): string | null {
  const shadowing = namesIn('').find((name) => {
    const module = name.endsWith('.py') ? name.slice(0, -3) : name;
    return standard.has(module) && (module !== name || kindOf(`${name}/__init__.py`) !== null);
  });
  return shadowing === undefined ? null : `${shadowing}: has the name of a module that the installer imports`;
}
