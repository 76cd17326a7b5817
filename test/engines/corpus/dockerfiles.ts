import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BASE } from '../engines.ts';
import { packWithGnuTar } from '../gnu-tar.ts';
import type { DockerfileRecipe } from './recipe.ts';
import { oddNamesScript } from './odd-names.ts';

function recipe(
  name: string,
  steps: string,
  rest: Partial<Omit<DockerfileRecipe, 'kind' | 'name'>> = {},
): DockerfileRecipe {
  return { kind: 'dockerfile', name, dockerfile: `FROM ${BASE}\n${steps.trim()}\n`, ...rest };
}

const LONG_NAME = 'n'.repeat(255);
/** 9 × 41 bytes: longer than ustar's 100 + 155. */
const LONG_PATH = Array.from({ length: 9 }, (_, depth) => `${depth}-${'directory'.repeat(4)}xy`).join('/');

export const DOCKERFILE_RECIPES: readonly DockerfileRecipe[] = [
  recipe('multi-stage', '', {
    dockerfile: `FROM ${BASE} AS build
COPY main.c /src/main.c
RUN mkdir -p /out/bin && cat /src/main.c /src/main.c > /out/bin/app && chmod 755 /out/bin/app && ln -s app /out/bin/alias
FROM scratch AS assets
COPY page.html /srv/page.html
FROM ${BASE}
COPY --from=build /out/ /usr/local/
COPY --from=assets /srv /srv
COPY --from=build /src/main.c /usr/share/app/
`,
    files: { 'main.c': 'int main(void) { return 0; }\n', 'page.html': '<p>hello</p>\n' },
  }),
  recipe(
    'deletions',
    `
RUN mkdir -p /data/keep /data/gone/deep/er && echo 1 > /data/gone/deep/er/file && echo 2 > /data/keep/file && echo 3 > /data/single
RUN rm /data/single
RUN rm -rf /data/gone
RUN rm /bin/vi /bin/awk && rm -r /usr/lib`,
  ),
  recipe(
    'deleted-and-made-again',
    `
RUN mkdir /d && echo old > /d/old && echo same > /d/same && echo old > /file
RUN rm -r /d /file
RUN mkdir -m 700 /d && echo new > /d/new && echo newer > /file
RUN rm /file
RUN mkdir /file && echo inside > /file/inside`,
  ),
  recipe(
    'renames',
    `
RUN mkdir -p /a/b && echo content > /a/b/file && echo other > /a/other
RUN mv /a/other /a/renamed
RUN mv /a /z
RUN mv /z/b/file /z/b/.file && mv /z/b /b`,
  ),
  recipe(
    'modes-and-owners',
    `
COPY app /app
RUN chmod -R go-rwx /app
RUN chown -R 4000000:4000001 /app/lib
RUN chown 1000 /app && chmod 711 /app
COPY --chown=65534:65533 app /copied
RUN chmod 000 /copied/run.sh && chown -h 77:88 /copied`,
    { files: { 'app/run.sh': '#!/bin/sh\n', 'app/lib/one': '1', 'app/lib/sub/two': '22' } },
  ),
  recipe(
    'opaque-directories',
    `
RUN mkdir -p /d/sub/deep /e && echo 1 > /d/file && echo 2 > /d/sub/deep/file && echo 3 > /e/file
RUN rm -rf /d && mkdir /d && echo new > /d/new
RUN rm -rf /e && mkdir -m 750 /e
RUN rm -rf /d && mkdir -p /d/sub && echo again > /d/sub/again`,
  ),
  recipe(
    'hard-links',
    `
RUN mkdir /l && echo one > /l/one && ln /l/one /l/two && ln /l/one /three
RUN ln /l/two /four && echo other > /l/other && ln /l/other /l/another
RUN rm /l/one
RUN echo replaced > /l/x && mv /l/x /l/other
RUN echo grown >> /three
RUN chmod 600 /four && ln -s two /l/soft && ln /l/soft /l/soft-too`,
  ),
  recipe(
    'symlinked-parents',
    `
RUN mkdir -p /usr/lib/real /srv/www && ln -s usr/lib /lib && ln -s /usr/lib/real /usr/lib/alias && ln -s ../srv/www /root/www
COPY one /lib/one
COPY two /lib/alias/two
ADD one /root/www/
RUN echo three > /lib/alias/three && chmod 600 /lib/one
RUN rm /lib/alias/two && ln -s /nowhere /lib/dangling`,
    { files: { one: 'first\n', two: 'second\n' } },
  ),
  recipe(
    'type-changes',
    `
RUN echo f > /file-to-dir && mkdir -p /dir-to-link/sub /dir-to-file/sub && echo x > /dir-to-link/sub/x && echo y > /dir-to-file/sub/y && ln -s bin /link-to-file && ln -s bin /link-to-dir && echo f > /file-to-link
RUN rm /file-to-dir && mkdir /file-to-dir && echo in > /file-to-dir/in && rm -r /dir-to-link && ln -s tmp /dir-to-link
RUN rm -r /dir-to-file && echo file > /dir-to-file && rm /link-to-file && echo file > /link-to-file
RUN rm /link-to-dir && mkdir /link-to-dir && echo in > /link-to-dir/in && ln -sf file-to-dir/in /file-to-link
RUN rm -r /file-to-dir && mkfifo /file-to-dir`,
  ),
  recipe(
    'special-files',
    `
RUN mkdir /s && mkfifo -m 622 /s/fifo && touch /s/setuid /s/setgid && chmod 4755 /s/setuid && chmod 2711 /s/setgid && mkdir -m 1777 /s/sticky && mkdir -m 2775 /s/shared
RUN mknod /s/null c 1 3 && mknod -m 660 /s/loop b 7 0 && chown 0:6 /s/loop
RUN chown 12:34 /s/fifo /s/null
RUN rm /s/loop && chmod u-s /s/setuid`,
    // buildah's chroot isolation does not let a step make a device.
    { builders: ['classic', 'buildkit'] },
  ),
  recipe(
    'mode-bits',
    `
RUN mkdir /s && mkfifo -m 622 /s/fifo && touch /s/setuid /s/both && chmod 4755 /s/setuid && chmod 6000 /s/both && mkdir -m 1777 /s/sticky && mkdir -m 2775 /s/shared
RUN chown 12:34 /s/fifo && chmod 7777 /s/both
RUN umask 077 && mkdir /private && echo key > /private/key`,
  ),
  recipe(
    'long-names',
    `
RUN mkdir /long && cd /long && echo 1 > ${LONG_NAME} && mkdir -p ${LONG_PATH} && echo 2 > ${LONG_PATH}/file
RUN ln -s ${LONG_PATH}/file /long/link && ln /long/${LONG_NAME} /long/${LONG_PATH}/hard
RUN echo 3 > /long/${'a'.repeat(99)} && echo 4 > /long/${'b'.repeat(94)} && echo 5 > /long/${'c'.repeat(100)}
RUN rm /long/${LONG_PATH}/file && chmod 600 /long/${LONG_NAME}`,
  ),
  recipe(
    'odd-names',
    `
COPY make.sh /make.sh
RUN sh /make.sh
RUN cd /odd && rm -- -rf 'two words' && mv ... '....' && chmod 600 *`,
    { files: { 'make.sh': oddNamesScript() } },
  ),
  recipe(
    'whiteout-look-alikes',
    `
RUN mkdir -p /opt /w && echo 1 > /opt/pkg.whl && echo 2 > /w/a.wh.b && echo 3 > /w/.whiteout && echo 4 > /w/.wh && echo 5 > /w/which && echo 6 > /w/x.wh.
RUN rm /w/which && echo longer > /opt/pkg.whl
RUN rm /w/.wh && mv /w/a.wh.b /w/b.wh.a`,
  ),
  recipe(
    'steps-without-files',
    `
RUN true
ENV A=1 B="two words"
LABEL org.example.title="nothing here"
WORKDIR /srv/deep/er
RUN :
ARG UNUSED=1
VOLUME /var/data
EXPOSE 8080/tcp
USER 1000:1000
RUN echo mine > /tmp/mine
WORKDIR relative
STOPSIGNAL SIGINT
ENTRYPOINT ["/bin/sh", "-c"]
CMD ["id"]`,
  ),
  recipe(
    'overwritten',
    `
COPY one /etc/config
RUN echo two > /etc/config
COPY one /etc/config
RUN touch /etc/config
RUN echo three >> /etc/config && echo root:x:0: > /etc/group
COPY one /bin/vi`,
    { files: { one: 'a configuration file\n' } },
  ),
  recipe(
    'copied-trees',
    `
COPY tree /tree
COPY tree/ /tree/sub/
ADD archive.tar /unpacked/
COPY tree/a tree/b /flat/
COPY --chown=app:app tree/a /owned/a`,
    {
      files: { 'tree/a': 'a', 'tree/b': 'bb', 'tree/deep/c': 'ccc', 'tree/.hidden': '.' },
      async prepare(context) {
        await chmod(join(context, 'tree/a'), 0o4711);
        await chmod(join(context, 'tree/deep'), 0o700);
        await symlink('../b', join(context, 'tree/deep/link'));
        // Outside the tree that COPY takes; ADD unpacks it.
        await packWithGnuTar(join(context, 'tree'), join(context, 'archive.tar'), ['--owner=1234', '--group=5678']);
      },
    },
  ),
  recipe(
    'many-files',
    `
COPY files /usr/share/many
RUN rm -rf /usr/share/many/3 /usr/share/many/7 && chmod -R o-r /usr/share/many/5
RUN find /usr/share/many -type f -name '*0' -exec rm {} +`,
    { prepare: writeManyFiles },
  ),
  recipe(
    'sparse-file',
    `
RUN truncate -s 3M /disk.img && printf tail >> /disk.img
RUN printf head | dd of=/disk.img conv=notrunc && truncate -s 0 /empty`,
  ),
  recipe('from-scratch', '', {
    dockerfile: `FROM scratch
COPY hello /hello
COPY . /all/
COPY hello /very/deep/path/to/hello
`,
    files: { hello: 'hello\n', '.dockerignore': '*.log\n', 'build.log': 'left out\n', 'sub/other': 'x' },
  }),
];

/** 5,000 small files in 50 directories: enough for a wrong order or a lost entry to show. */
async function writeManyFiles(context: string): Promise<void> {
  for (let group = 0; group < 10; group++) {
    for (let part = 0; part < 5; part++) {
      const folder = join(context, 'files', String(group), `part-${part}`);
      await mkdir(folder, { recursive: true });
      for (let file = 0; file < 100; file++) {
        await writeFile(join(folder, `file-${file}`), `${group} ${part} ${file}\n`.repeat(file % 7));
      }
    }
  }
}
