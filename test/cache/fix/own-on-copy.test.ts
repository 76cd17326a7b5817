import { describe, expect, it } from 'vitest';
import { type Files, type FixOptions, changedBy, fixedText, fixOf, refusedBy } from './fix-of.ts';

const files: Files = { 'src/a': '', 'run.sh': '', 'b.sh': '' };
const owned = (text: string, options: FixOptions = {}) => fixedText(fixOf(text, files, options));

describe('ownOnCopy', () => {
  it('sets the owner while it copies to a directory that it makes', () => {
    expect(owned('FROM a\nCOPY src /app\nRUN chown -R app:app /app\nCMD x\n')).toBe(
      'FROM a\nCOPY --chown=app:app src /app\nCMD x\n',
    );
  });

  it('sets the owner of a directory that is there before the copy', () => {
    expect(owned('FROM a\nRUN adduser app\nWORKDIR /app\n# all\nCOPY . .\nRUN chown -R 1000:1000 .\nUSER app\n')).toBe(
      'FROM a\nRUN adduser app\nWORKDIR /app\nRUN chown 1000:1000 .\n# all\nCOPY --chown=1000:1000 . .\nUSER app\n',
    );
  });

  it('takes the comments of the line that goes along, but for those to layerscope', () => {
    const text =
      'FROM a\n# all\nCOPY src /app\n# for the server\n# layerscope ignore=package-cache why\nRUN chown -R app:app /app\n';
    expect(owned(text)).toBe('FROM a\n# all\n# for the server\nCOPY --chown=app:app src /app\n');
  });

  it('sets the mode while it copies files', () => {
    expect(owned('FROM a\nCOPY --chown=a:b run.sh b.sh /bin/\nRUN chmod 0755 /bin/b.sh /bin/run.sh\n')).toBe(
      'FROM a\nCOPY --chmod=755 --chown=a:b run.sh b.sh /bin/\n',
    );
    expect(owned('FROM a\nCOPY run.sh /start.sh\nRUN chmod +x /start.sh\n')).toBe(
      'FROM a\nCOPY --chmod=755 run.sh /start.sh\n',
    );
    expect(owned('FROM a\nCOPY run.sh /start.sh\nRUN chmod a+x /start.sh\n', { modes: { 'run.sh': 0o600 } })).toBe(
      'FROM a\nCOPY --chmod=711 run.sh /start.sh\n',
    );
  });

  it.each([
    ['COPY src /app\nRUN chown -R app /app', /the group from elsewhere/],
    ['COPY src /app\nRUN chown -R app: /app', /the group/],
    ['COPY src /app\nRUN chown app:app /app', /not told/],
    ['COPY src /app\nRUN chown -R a:b /app /x', /it changes \/app \/x/],
    ['COPY src /app\nRUN chown -R a:b /', /copies to \/app/],
    ['COPY src /usr/share/nginx/html\nRUN chown -R a:b /usr/share/nginx/html', /the base image may have files/],
    ['COPY --chown=c:c src /app\nRUN chown -R a:b /app', /flags already/],
    ['COPY src /app/a\nRUN chown -R a:b /app/a', /may make directories above \/app\/a/],
    ['COPY run.sh /app\nRUN chown -R a:b /app', /no directory/],
    ['RUN mkdir -p /app/x\nCOPY src /app\nRUN chown -R a:b /app', /line 2 may put files in \/app/],
    ['WORKDIR /app\nRUN npm i\nCOPY src /app\nRUN chown -R a:b /app', /line 3 may put files/],
    ['COPY run.sh /app/\nCOPY src /app\nRUN chown -R a:b /app', /line 2 may put files/],
    ['COPY run.sh /usr/local/bin\nRUN chmod +x /usr/local/bin', /not for sure/],
    ['COPY run.sh b.sh /bin/\nRUN chmod +x /bin/run.sh', /not for sure/],
    ['COPY src /app\nRUN chmod -R 755 /app', /not for sure|not told/],
    ['COPY run.sh /run.sh\nRUN chmod u+s /run.sh', /what mode u\+s leads to/],
    ['COPY --chmod=600 run.sh /run.sh\nRUN chmod +x /run.sh', /flags already/],
  ])('refuses %j', (text, reason) => {
    const fix = fixOf(`FROM a\n${text}\n`, files);
    expect(changedBy(fix, 'recursive-metadata')).toBe(0);
    expect(refusedBy(fix, 'recursive-metadata')).toMatch(reason);
  });

  it('does not ask the classic builder for --chmod', () => {
    expect(owned('FROM a\nCOPY run.sh /run.sh\nRUN chmod +x /run.sh\n', { builder: 'classic' })).toBeNull();
  });

  it.each([
    'COPY src /app\nUSER a\nRUN chown -R a:b /app',
    'COPY --from=x /a /app\nRUN true',
    'COPY src /app\nRUN chown -R a:b /app && true',
    'COPY src /app\n# layerscope ignore=recursive-metadata\nRUN chown -R a:b /app',
  ])('has nothing to change in %j', (text) => expect(owned(`FROM a\n${text}\n`)).toBeNull());
});
