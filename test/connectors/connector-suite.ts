import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { inspect } from 'node:util';
import { type Connector, type Message, SendError } from '@countersign/core/connector';
import type { Answer, PretendProvider } from '../support/provider.ts';

/** A connector and the provider that it is given for the test. */
export interface Subject<Fields> {
  provider: PretendProvider<Fields>;
  connect(): Connector;
  /** What the request for {@link message} says. */
  fields: Fields;
  /** Answers after which the message is certainly not sent. */
  refusals: Record<SendError['kind'], Answer[]>;
  /** Answers after which it may have been. */
  unclear: Answer[];
  /** What no error may say. */
  secrets: string[];
}

export const message = (part: Partial<Message> = {}): Message => ({
  to: '+31612345678',
  text: 'Your code is 123456.\n@acme.example #123456',
  usage: 'MfaVerification',
  idempotencyKey: 'chl_1-1',
  signal: new AbortController().signal,
  ...part,
});

/** What `send` throws; undefined when it throws nothing. */
export const failureOf = (connector: Connector, part: Partial<Message> = {}): Promise<unknown> =>
  connector.send(message(part)).then(
    () => undefined,
    (reason: unknown) => reason,
  );

/** Asserts that each change to good options is refused with one sentence. */
export const assertOptionsRefused = (
  make: (change: object) => unknown,
  cases: [change: object, sentence: RegExp][],
) => {
  for (const [change, sentence] of cases) {
    assert.throws(() => make(change), { name: 'ConfigurationError', message: sentence }, inspect(change));
  }
};

const kinds: [SendError['kind'], title: string][] = [
  ['throttled', 'says for how long the provider asks to wait'],
  ['destination', 'says when the provider cannot reach the number'],
  ['failed', 'says when the provider refuses the message for another reason'],
];

/** What every connector keeps to. */
export const connectorSuite = <Fields>(name: string, subject: Subject<Fields>): void => {
  const { provider, connect, unclear } = subject;
  const refusals = kinds.flatMap(([kind]) => subject.refusals[kind]);

  /** What comes of each reaction in turn. */
  const failuresAfter = async (reactions: PretendProvider<Fields>['reaction'][]) => {
    const failures: unknown[] = [];
    for (const reaction of reactions) {
      provider.reaction = reaction;
      failures.push(await failureOf(connect()));
    }
    return failures;
  };

  describe(`the ${name} connector`, () => {
    test('hands a message over in one request', async () => {
      await connect().send(message());
      assert.deepEqual(
        provider.received.map(({ fields }) => fields),
        [subject.fields],
      );
    });

    for (const [kind, title] of kinds) {
      test(title, async () => {
        const answers = subject.refusals[kind];
        const failures = await failuresAfter(answers);
        for (const [index, failure] of failures.entries()) {
          const wait = Number(answers[index]?.headers?.['retry-after'] ?? 0) || 0;
          assert.ok(failure instanceof SendError, inspect(answers[index]));
          assert.deepEqual([failure.kind, failure.retryAfter], [kind, wait], inspect(answers[index]));
        }
      });
    }

    test('claims nothing when the message may have been sent', async () => {
      const reactions = [...unclear, 'hang-up' as const];
      for (const [index, failure] of (await failuresAfter(reactions)).entries()) {
        assert.ok(failure instanceof Error && !(failure instanceof SendError), inspect(reactions[index]));
      }
    });

    test('asks once, whatever the answer', async () => {
      const failures = await failuresAfter([...refusals, ...unclear]);
      assert.equal(provider.received.length, failures.length);
    });

    test('J10: does not follow a redirect', async () => {
      provider.reaction = { status: 307, headers: { location: '/elsewhere' } };
      assert.ok((await failureOf(connect())) instanceof Error);
      assert.equal(provider.received.length, 1);
    });

    test('J10: gives up on a provider that does not answer when its time is up', { timeout: 5000 }, async () => {
      provider.reaction = 'silence';
      const time = new AbortController();
      const arrival = provider.arrival();
      const failure = failureOf(connect(), { signal: time.signal });
      await arrival;
      const late = new Error('late');
      time.abort(late);
      assert.equal(await failure, late);
    });

    test('J10: sends nothing when its time is up before', async () => {
      const late = new Error('late');
      assert.equal(await failureOf(connect(), { signal: AbortSignal.abort(late) }), late);
      assert.deepEqual(provider.received, []);
    });

    test('J7, M1: names neither the number, the code nor a secret when it fails', async () => {
      for (const failure of await failuresAfter([...refusals, ...unclear, 'hang-up'])) {
        const said = inspect(failure, { depth: 8 });
        for (const hidden of ['31612345678', '123456', ...subject.secrets]) assert.ok(!said.includes(hidden), said);
      }
    });
  });
};
