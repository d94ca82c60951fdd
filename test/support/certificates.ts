import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A key and its certificate, both PEM. */
export interface Pair {
  key: string;
  cert: string;
}

/** Certificates as a server of a provider could have them, made by openssl for one run. */
export interface Certificates {
  /** The path of the authority's own certificate; who knows it trusts what it has issued. */
  authority: string;
  /** Issued by the authority. */
  issue(options: { host: string; days: number }): Pair;
  /** Issued by nobody but itself. */
  selfSigned(host: string): Pair;
  remove(): void;
}

const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];

export const createCertificates = (): Certificates => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-certificates-'));
  const file = (name: string): string => join(folder, name);
  const openssl = (...args: string[]): unknown => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  const named = (host: string): string[] => ['-subj', `/CN=${host}`, '-addext', `subjectAltName=DNS:${host}`];
  const pair = (name: string): Pair => ({
    key: readFileSync(file(`${name}.key`), 'utf8'),
    cert: readFileSync(file(`${name}.pem`), 'utf8'),
  });
  const sign = (name: string, subject: string[]): unknown =>
    openssl('req', '-x509', ...newKey, '-keyout', `${name}.key`, '-out', `${name}.pem`, '-days', '2', ...subject);
  sign('authority', ['-subj', '/CN=Authority']);
  return {
    authority: file('authority.pem'),
    issue({ host, days }) {
      const by = ['-CA', 'authority.pem', '-CAkey', 'authority.key', '-copy_extensions', 'copy'];
      openssl('req', ...newKey, '-keyout', 'issued.key', '-out', 'issued.csr', ...named(host));
      openssl('x509', '-req', '-in', 'issued.csr', ...by, '-days', String(days), '-out', 'issued.pem');
      return pair('issued');
    },
    selfSigned(host) {
      sign('self-signed', named(host));
      return pair('self-signed');
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
};
