import assert from 'node:assert/strict';
import { createHmac, randomBytes, randomInt } from 'node:crypto';
import { test } from 'node:test';
import { HOTP, Secret } from 'otpauth';
import { codeAt, findStep, formatSecret, newSecret, stepAt, uriOf } from '@countersign/factors/totp/server-code';

const ascii = (text: string): string => Secret.fromUTF8(text).base32;
const twenty = '12345678901234567890';
const equal = (a: string, b: string): boolean => a === b;

const hotp = [755224, 287082, 359152, 969429, 338314, 254676, 287922, 162583, 399871, 520489];

for (const [counter, code] of hotp.entries()) {
  test(`F1: RFC 4226, appendix D: the value of counter ${counter}`, () => {
    assert.equal(codeAt(ascii(twenty), counter), String(code).padStart(6, '0'));
  });
}

/** Seconds, then eight digits with SHA-1, SHA-256 and SHA-512. */
const totp = [
  [59, '94287082', '46119246', '90693936'],
  [1111111109, '07081804', '68084774', '25091201'],
  [1111111111, '14050471', '67062674', '99943326'],
  [1234567890, '89005924', '91819424', '93441116'],
  [2000000000, '69279037', '90698825', '38618901'],
  [20000000000, '65353130', '77737706', '47863826'],
] as const;

const secrets = {
  SHA1: twenty,
  SHA256: twenty.repeat(2).slice(0, 32),
  SHA512: twenty.repeat(4).slice(0, 64),
} as const;

for (const [seconds, ...codes] of totp) {
  for (const [place, algorithm] of (['SHA1', 'SHA256', 'SHA512'] as const).entries()) {
    test(`F1: RFC 6238, appendix B: ${algorithm} at ${seconds} s`, () => {
      const secret = Secret.fromUTF8(secrets[algorithm]);
      const counter = stepAt(seconds * 1000);
      assert.equal(HOTP.generate({ secret, algorithm, digits: 8, counter }), codes[place]);
      // Six digits are the last six of eight, and ours are made with SHA-1.
      if (algorithm === 'SHA1') assert.equal(codeAt(secret.base32, counter), codes[place]?.slice(2));
    });
  }
}

/** RFC 4226, section 5.3, written down once more. */
const independent = (secret: Uint8Array, step: number): string => {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', secret).update(counter).digest();
  const truncated = mac.readUInt32BE((mac[19] ?? 0) & 15) & 0x7fffffff;
  return String(truncated % 1_000_000).padStart(6, '0');
};

test('F1: of ten thousand codes those of three steps alone are taken, as another implementation gives them [defect 69]', () => {
  const bytes = new Uint8Array(randomBytes(20));
  const secret = new Secret({ buffer: bytes.buffer }).base32;
  const now = 1_800_000_010_000;
  const right = [-1, 0, 1].map((off) => independent(bytes, stepAt(now) + off));
  const others = Array.from({ length: 10_000 }, (_, place) => String(place * 100 + 7).padStart(6, '0'));
  const taken = [...right, ...others].filter((code) => findStep(code, { secret, now, after: 0, equal }) !== null);
  assert.deepEqual(new Set(taken), new Set(right));
});

test('F1: 10,000 random keys and times give what another implementation gives', () => {
  for (let round = 0; round < 10_000; round += 1) {
    const bytes = new Uint8Array(randomBytes(20));
    const step = randomInt(2 ** 40);
    assert.equal(codeAt(new Secret({ buffer: bytes.buffer }).base32, step), independent(bytes, step));
  }
});

test('F4: exactly the codes of the step before, this one and the next are accepted, second by second [CVE-2024-7318]', () => {
  const secret = ascii(twenty);
  const now = 1_800_000_010_000;
  const code = codeAt(secret, stepAt(now));
  const accepted = Array.from({ length: 241 }, (_, place) => place - 120).filter(
    (skew) => findStep(code, { secret, now: now + skew * 1000, after: 0, equal }) !== null,
  );
  // 10 s into the step: it began 10 s ago, and the one after the next begins in 20 s.
  assert.deepEqual([accepted[0], accepted.at(-1), accepted.length], [-40, 49, 90]);
});

test('F3: of codes that fit, one whose step has served does not', () => {
  const secret = ascii(twenty);
  const now = 1_800_000_010_000;
  const step = stepAt(now);
  for (const off of [-1, 0, 1]) {
    const typed = codeAt(secret, step + off);
    assert.equal(findStep(typed, { secret, now, after: step + off - 1, equal }), step + off);
    assert.equal(findStep(typed, { secret, now, after: step + off, equal }), null);
  }
});

test('F2: a secret has 160 bits, and is written in groups of four [CVE-2024-8796]', () => {
  const secret = newSecret((size) => new Uint8Array(size).fill(255));
  assert.equal(Secret.fromBase32(secret).bytes.length, 20);
  assert.match(formatSecret(secret), /^(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}$/u);
});

test('the link names the app and the account, whatever they are made of', () => {
  const uri = new URL(uriOf(ascii(twenty), { userId: 'u', name: '+31612345678', appName: 'Müller & Söhne: Shop' }));
  assert.equal(uri.protocol, 'otpauth:');
  assert.equal(uri.searchParams.get('issuer'), 'Müller & Söhne: Shop');
  assert.equal(uri.searchParams.get('secret'), ascii(twenty));
  assert.match(decodeURIComponent(uri.pathname), /Müller & Söhne: Shop:\+31612345678$/u);
});
