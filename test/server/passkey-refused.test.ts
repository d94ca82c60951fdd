import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTestKit, type Reply, type TestKit, type Visitor } from '@countersign/server/testing';
import { type Authenticator, base64url, cbor, createAuthenticator, flag, type Lies } from '../support/authenticator.ts';
import { add, answer, atSetup, atVerify, toCreate, toSign, withPasskeys } from '../support/passkeys.ts';

/*
 * What a relying party must refuse (WebAuthn Level 3 §7.1 and §7.2), one test per check. Each is held against the
 * honest answer to the next challenge, so that a refusal for another reason does not pass for it.
 */

const isRefused = ({ status, problem }: Reply, code = 'session.mfa.webauthn_verification_failed'): void =>
  assert.deepEqual([status, problem.code], [400, code]);
const isDone = ({ status, flow, body }: Reply): void =>
  assert.deepEqual([status, flow.step.name], [200, 'complete'], JSON.stringify(body));

interface Scene {
  kit: TestKit;
  visitor: Visitor;
  device: Authenticator;
}

const flip = (text: string, at: number): string => {
  const bytes = Buffer.from(text, 'base64url');
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  return base64url(bytes);
};

const adding = async (part: Partial<Parameters<typeof createAuthenticator>[0]> = {}): Promise<Scene> => {
  const kit = await createTestKit(withPasskeys);
  return { kit, visitor: await atSetup(kit), device: createAuthenticator({ origin: kit.origin, ...part }) };
};

const verifying = async (part: Partial<Parameters<typeof createAuthenticator>[0]> = {}): Promise<Scene> => {
  const { kit, visitor, device } = await adding(part);
  isDone(await add(visitor, device));
  return { kit, visitor: await atVerify(kit), device };
};

const liesOfBoth: [string, Lies][] = [
  ['that was made for another ceremony', { type: 'payment.get' }],
  ['to another challenge', { challenge: base64url(Buffer.alloc(32)) }],
  ['from another origin', { origin: 'https://app.example.com.evil.example' }],
  ['from another port of the host', { origin: 'https://app.example.com:8443' }],
  ['from the same host without TLS', { origin: 'http://app.example.com' }],
  ['from a sister domain', { origin: 'https://shop.example.com' }],
  ['for another domain', { rpId: 'evil.example' }],
  ['for a parent domain that nobody named', { rpId: 'example.com' }],
  ['from a frame of another origin', { clientData: { crossOrigin: true } }],
  ['that names a top origin', { clientData: { topOrigin: 'https://evil.example' } }],
  ['from a frame that names its top origin', { clientData: { crossOrigin: true, topOrigin: 'https://evil.example' } }],
  ['with a token binding of an unknown kind', { clientData: { tokenBinding: { status: 'perhaps' } } }],
  ['whose authenticator data is cut off', { authData: (data) => data.subarray(0, 36) }],
  ['whose authenticator data goes on', { authData: (data) => Buffer.concat([data, Buffer.alloc(5)]) }],
];

for (const [what, lies] of liesOfBoth) {
  test(`G2, G4: an assertion ${what} is refused`, async () => {
    const { visitor, device } = await verifying();
    isRefused(await answer(visitor, device, lies));
    isDone(await answer(visitor, device));
  });
  test(`G2, G4: a new passkey ${what} is refused`, async () => {
    const { visitor, device } = await adding();
    isRefused(await add(visitor, device, lies));
    isDone(await add(visitor, device));
  });
}

const liesOfAssertions: [string, Lies][] = [
  ['without the person present', { flags: flag.uv }],
  ['of a key that is copied but must not be', { flags: flag.up | flag.bs }],
  ['of a key that may be copied all of a sudden', { flags: flag.up | flag.be }],
  ['whose counter stands still', { counter: 1 }],
  ['whose counter fell', { counter: 0 }],
  ['that names another user', { userHandle: base64url('grace') }],
];

for (const [what, lies] of liesOfAssertions) {
  test(`G2, G3, G5: an assertion ${what} is refused`, async () => {
    const { visitor, device } = await verifying();
    isRefused(await answer(visitor, device, lies));
    isDone(await answer(visitor, device));
  });
}

const liesOfRegistrations: [string, Lies][] = [
  ['without the person present', { flags: flag.uv | flag.attested }],
  ['that is copied but must not be', { flags: flag.up | flag.attested | flag.bs }],
  ['without a key', { flags: flag.up }],
  ['whose attestation is no CBOR', { attestation: () => Buffer.from('no CBOR at all') }],
  ['whose attestation is cut off', { attestation: () => cbor('none') }],
  [
    'whose attestation has a statement where there is none',
    {
      attestation: (authData) =>
        cbor(
          new Map<string, string | Buffer | Map<string, number>>([
            ['fmt', 'none'],
            ['attStmt', new Map([['alg', -7]])],
            ['authData', authData],
          ]),
        ),
    },
  ],
  [
    'whose attestation is of an unknown kind',
    {
      attestation: (authData) =>
        cbor(
          new Map<string, string | Buffer | Map<string, number>>([
            ['fmt', 'wax-seal'],
            ['attStmt', new Map()],
            ['authData', authData],
          ]),
        ),
    },
  ],
];

for (const [what, lies] of liesOfRegistrations) {
  test(`G2: a new passkey ${what} is refused`, async () => {
    const { visitor, device } = await adding();
    isRefused(await add(visitor, device, lies));
    isDone(await add(visitor, device));
  });
}

test('G2: a new passkey of an algorithm that was not offered is refused', async () => {
  const { visitor, device } = await adding({ algorithm: 'ES384' });
  isRefused(await add(visitor, device));
});

test('G1: an answer to a challenge that was replaced is refused', async () => {
  const { visitor, device } = await verifying();
  const stale = toSign(visitor);
  isRefused(await answer(visitor, device, { origin: 'https://evil.example' }));
  assert.notEqual(toSign(visitor).challenge, stale.challenge);
  isRefused(await visitor.act({ type: 'authenticate', credential: device.get(stale) }));
});

test('G1: a passkey made for a challenge that was replaced is refused', async () => {
  const { visitor, device } = await adding();
  const stale = toCreate(visitor);
  isRefused(await add(visitor, device, { origin: 'https://evil.example' }));
  isRefused(await visitor.act({ type: 'register', credential: device.create(stale) }));
});

test('G1: an assertion that served is refused in the next flow, whether or not the passkey counts', async () => {
  for (const counts of [true, false]) {
    const { kit, visitor, device } = await verifying({ counts });
    const credential = device.get(toSign(visitor));
    isDone(await visitor.act({ type: 'authenticate', credential }));
    isRefused(await (await atVerify(kit)).act({ type: 'authenticate', credential }));
  }
});

test('G3: a passkey that nobody knows is refused', async () => {
  const { kit, visitor } = await verifying();
  const stranger = createAuthenticator({ origin: kit.origin });
  isRefused(await answer(visitor, stranger, { userHandle: toCreate(await atSetup(kit, 'grace')).userId }));
});

test('G3: a passkey of another user is refused [CVE-2025-26788]', async () => {
  const { kit, visitor } = await verifying();
  const graces = createAuthenticator({ origin: kit.origin });
  isDone(await add(await atSetup(kit, 'grace'), graces));
  isRefused(await answer(visitor, graces));
});

test('G3: another key under the id of a known passkey is refused', async () => {
  const { kit, visitor, device } = await verifying();
  const { userHandle } = device.get(toSign(visitor)).response;
  const credentialId = Buffer.from(device.id, 'base64url');
  isRefused(
    await answer(visitor, createAuthenticator({ origin: kit.origin, credentialId }), { counter: 9, userHandle }),
  );
});

test('G2: a passkey that somebody has is not bound again, by nobody', async () => {
  const { kit, device } = await verifying();
  isRefused(await add(await atSetup(kit, 'ada', device), device));
  isRefused(await add(await atSetup(kit, 'grace'), device));
});

for (const field of ['signature', 'authenticatorData', 'clientDataJSON'] as const) {
  test(`G2: an assertion whose ${field} was changed after signing is refused [CVE-2026-0723]`, async () => {
    const { visitor, device } = await verifying();
    const honest = device.get(toSign(visitor));
    const response = { ...honest.response, [field]: flip(honest.response[field], 35) };
    isRefused(await visitor.act({ type: 'authenticate', credential: { ...honest, response } }));
  });
}

test('G2: an id that is not the raw id is refused', async () => {
  const { visitor, device } = await verifying();
  const credential = { ...device.get(toSign(visitor)), rawId: base64url('another') };
  isRefused(await visitor.act({ type: 'authenticate', credential }));
});

test('G2: an attestation of another credential than the response names is refused', async () => {
  const { visitor, device } = await adding();
  const other = base64url('another');
  isRefused(
    await visitor.act({
      type: 'register',
      credential: { ...device.create(toCreate(visitor)), id: other, rawId: other },
    }),
  );
});

test('G6: what is no base64url, too long, or of another form is refused as input, and costs no challenge', async () => {
  const { visitor, device } = await verifying();
  const asked = toSign(visitor);
  const honest = device.get(asked);
  const withPart = (part: object) => ({ ...honest, response: { ...honest.response, ...part } });
  const malformed = [
    withPart({ signature: 'not/base64url+=' }),
    withPart({ signature: 'AAAAA' }),
    withPart({ signature: 'A'.repeat(4096) }),
    withPart({ userHandle: 'A'.repeat(92) }),
    withPart({ extra: true }),
    { ...honest, type: 'password' },
    { ...honest, id: 'A'.repeat(1400) },
    device.create({ ...asked, userId: 'A' }),
    null,
  ];
  for (const credential of malformed) {
    isRefused(await visitor.act({ type: 'authenticate', credential }), 'guard.invalid_input');
  }
  assert.deepEqual(toSign(visitor), asked);
  isDone(await visitor.act({ type: 'authenticate', credential: honest }));
});

test('G1: a step that adds a passkey takes no assertion, and the other way round', async () => {
  const { visitor, device } = await adding();
  const credential = device.get(toCreate(visitor));
  isRefused(await visitor.act({ type: 'register', credential }), 'guard.invalid_input');
  isRefused(await visitor.act({ type: 'authenticate', credential }), 'flow.action_not_accepted');
});
