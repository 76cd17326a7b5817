import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../command.ts';
import { PROGRAMS } from '../requirements.ts';

/** PEM files: an authority of the test's own, and what it vouches for: `localhost`, 127.0.0.1, ::1 and, for where a proxy stands in for a network, `registry.test`. */
export interface Certificates {
  readonly authority: string;
  readonly certificate: string;
  readonly key: string;
}

/** Makes an authority and a server's certificate, valid for two days, in a folder that is there. */
export async function makeCertificates(folder: string): Promise<Certificates> {
  const file = (name: string): string => join(folder, name);
  const openssl = async (args: string): Promise<void> => {
    await run(PROGRAMS.openssl, args.split(' '), { cwd: folder });
  };
  const ec = '-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes';
  await openssl(`req -x509 ${ec} -keyout authority.key -out authority.pem -days 2 -subj /CN=layerscope-test-authority`);
  await openssl(`req ${ec} -keyout server.key -out server.csr -subj /CN=localhost`);
  await writeFile(
    file('server.cnf'),
    'subjectAltName=DNS:localhost,DNS:registry.test,IP:127.0.0.1,IP:::1\nbasicConstraints=CA:false\nextendedKeyUsage=serverAuth\n',
  );
  await openssl(
    'x509 -req -in server.csr -CA authority.pem -CAkey authority.key -CAcreateserial -days 2 -extfile server.cnf -out server.pem',
  );
  return { authority: file('authority.pem'), certificate: file('server.pem'), key: file('server.key') };
}

/** Certificate and key as Node's servers take them. */
export async function readCertificates({ certificate, key }: Certificates): Promise<{ cert: Buffer; key: Buffer }> {
  return { cert: await readFile(certificate), key: await readFile(key) };
}
