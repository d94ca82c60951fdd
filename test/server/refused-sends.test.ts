import { SendError } from '@countersign/core/connector';
import { proofOfWork, type SettingsInput, type SimState } from '@countersign/server';
import type { TestKit, TestKitOptions } from '@countersign/server/testing';
import { holdPhoneAndApp } from '../support/phone-and-app.ts';
import { arrive, byPhone, dutch, name as nameNumber } from '../support/strangers.ts';
import { atCode, minute, phone, type Refusal, toldOnce, wrong } from '../support/told-once.ts';

const failing = (kind: SendError['kind']): TestKitOptions => ({
  connectors: [
    {
      id: 'failing',
      channel: 'sms',
      async send() {
        throw new SendError(kind, 'no');
      },
    },
  ],
});

const carrier: { says: SimState } = { says: 'unknown' };

/** What is told of a number that the carrier says is not safe, where an app is held beside it. */
const swapped: Pick<Refusal, 'told' | 'options'> = {
  told: ['send-refused | sms | •••• 78 | sim-swap'],
  options: {
    settings: { factors: ['sms', 'totp'] },
    simSwap: { check: async () => carrier.says },
  },
};

const holdUnswapped = async (kit: TestKit): Promise<void> => {
  carrier.says = { swappedAt: null };
  await holdPhoneAndApp(kit);
};

const withVelocity: SettingsInput['sends'] = { velocity: { perCountry: { ask: 1, strangers: 5, all: 10 } } };
const rate = 'connector.rate_limit_exceeded';

const sends: Refusal[] = [
  {
    what: 'a message that is asked for too early',
    told: [`send-refused | sms | ${rate}: wait`],
    arrange: async (kit) => {
      const visitor = await atCode(kit);
      return () => visitor.act({ type: 'resend' });
    },
  },
  {
    what: 'a message beyond the limit of a number',
    told: [`send-refused | sms | ${rate}: quota`],
    options: { settings: { sends: { perNumberDay: 1 } } },
    arrange: async (kit) => {
      const visitor = await atCode(kit);
      kit.clock.advance(5 * minute);
      return () => visitor.act({ type: 'resend' });
    },
  },
  {
    what: 'a step whose message is beyond the limit of a number',
    told: ['send-refused | sms | •••• 78 | quota'],
    options: { settings: { sends: { perNumberDay: 1 } } },
    arrange: async (kit) => {
      const binding = await atCode(kit);
      await binding.act({ ...wrong, code: kit.inbox.code() });
      const { token } = await kit.begin();
      kit.clock.advance(5 * minute);
      return () => kit.visitor().claim(token);
    },
  },
  {
    what: 'a message to a number whose SIM was swapped',
    ...swapped,
    arrange: async (kit) => {
      await holdUnswapped(kit);
      carrier.says = 'unknown';
      const { token } = await kit.begin();
      return () => kit.visitor().claim(token);
    },
  },
  {
    what: 'another message to a number whose SIM was swapped meanwhile',
    ...swapped,
    arrange: async (kit) => {
      await holdUnswapped(kit);
      kit.clock.advance(5 * minute);
      const visitor = kit.visitor();
      await visitor.claim((await kit.begin()).token);
      carrier.says = 'unknown';
      kit.clock.advance(minute);
      return () => visitor.act({ type: 'resend' });
    },
  },
  {
    what: 'a message that a stranger has to solve something for',
    told: ['send-refused | •••• 00 | session.captcha_required'],
    options: { settings: { ...byPhone, sends: withVelocity }, botCheck: proofOfWork({ rounds: 20 }) },
    arrange: async (kit) => {
      await nameNumber(await arrive(kit), dutch(1));
      const visitor = await arrive(kit);
      return () => nameNumber(visitor, dutch(2));
    },
  },
  ...(['throttled', 'destination', 'failed'] as const).map((kind): Refusal => ({
    what: `a message that the provider does not take (${kind})`,
    told: [`code-failed | •••• 78 | BindMfa: ${kind}`],
    options: failing(kind),
    arrange: async (kit) => {
      const visitor = kit.visitor();
      await visitor.claim((await kit.begin({ kind: 'setup' })).token);
      return () => visitor.act({ type: 'submit-phone', phone });
    },
  })),
];

toldOnce(sends);
