/// <reference types="vite/client" />
import { expect } from 'chai';
import fc from 'fast-check';
import { createTestKit, drive, type TestKit } from '@countersign/server/testing';
import { createNetwork, type Fate } from '../support/scheduled-network.ts';
import { autofill } from './support/synthetic-events.ts';
import type { CountersignFlowElement } from '@countersign/elements';
import { tell } from './support/long-run.ts';
import { headingOf, makeElement, until } from './support/scene.ts';

/*
 * Everything that sends a code may happen at once: fingers, the clipboard, autofill, WebOTP, Enter and the button. Here a
 * scheduler decides what comes first, the next gesture or the next step of a request; the backend is the real one. Enter
 * in a form is a click on its first submit button (HTML, implicit submission).
 */

const phone = '+31612345678';

/** Lets what is ready have its turn; timers would make each wait for four milliseconds. */
const turn = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(0);
  });

type Do = (element: Element, input: HTMLInputElement, text: string) => void;

const insert: Do = (_element, input, text) => {
  input.focus();
  document.execCommand('insertText', false, text);
};
const paste: Do = (_element, input, text) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData('text/plain', `Your code is ${text}`);
  input.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true, composed: true }));
};
const fill: Do = (element, _input, text) => element.querySelector('countersign-code-field')?.fill(text);
const press: Do = (element) => element.querySelector<HTMLButtonElement>('[type=submit]')?.click();

/** What each gesture does, one moment after the other; between two of them anything may happen. */
const gestures: Readonly<Record<string, (text: string) => readonly (readonly [Do, string])[]>> = {
  types: (text) => [...text].map((digit) => [insert, digit]),
  pastes: (text) => [[paste, text]],
  autofills: (text) => [[(_element, input) => autofill(input, text), text]],
  'is texted (WebOTP)': (text) => [[fill, text]],
  'presses Enter or the button': (text) => [[press, text]],
  'double-clicks': (text) => [
    [press, text],
    [press, text],
  ],
};

const entering = ['types', 'pastes', 'autofills', 'is texted (WebOTP)'];

interface Script {
  scheduler: fc.Scheduler;
  /** What goes on at the same time: what hands do one after the other, and the phone. */
  hands: readonly (readonly string[])[];
  plan: readonly Fate[];
}

const hands = fc.tuple(
  fc.tuple(fc.constantFrom(...entering)),
  fc.array(fc.constantFrom(...Object.keys(gestures)), { minLength: 1, maxLength: 4 }),
);
const plan = fc.array(fc.constantFrom<Fate[]>('answered', 'answered', 'lost', 'unheard', 'repeated', 'late'), {
  maxLength: 2,
});

/** What went over the network, and what the element went through. */
interface Course {
  kit: TestKit;
  element: CountersignFlowElement;
  /** What was sent, by the id of the action. */
  sent: Map<string, string>;
  states: Set<string>;
  /** How many requests were under way at once, at most. */
  most: number;
  completions: number;
}

/** An element in front of somebody who holds a phone, or of somebody who is to add one. */
const open = async (isBound: boolean): Promise<Course> => {
  const kit = await createTestKit();
  if (isBound) await drive(kit).bind({ phone });
  kit.clock.advance(61_000);
  const element = await makeElement(kit);
  const course: Course = { kit, element, sent: new Map(), states: new Set(), most: 0, completions: 0 };
  element.addEventListener('countersign-complete', () => (course.completions += 1));
  return course;
};

/** A network that notes what goes over it. */
const noting = (course: Course, inner: typeof fetch): typeof fetch => {
  let under = 0;
  return async (input, init) => {
    const request = new Request(input, init);
    course.most = Math.max(course.most, (under += 1));
    const body = await request.clone().text();
    const [, id] = /"id":"([^"]+)"/u.exec(body) ?? [];
    if (id) course.sent.set(id, /"(?:code|phone)":"([^"]*)"/u.exec(body)?.[1] ?? '');
    return inner(request).finally(() => (under -= 1));
  };
};

/** Plays the script at an element that has come to its first step; `textOf` gives what is entered there. */
const play = async ({ scheduler, hands, plan }: Script, course: Course, textOf: () => string): Promise<void> => {
  const { element, kit } = course;
  const server = kit.browser();
  const network = createNetwork({ scheduler, server, plan, heedsAbort: true, turn });
  let isThere = false;
  const either: typeof fetch = (input, init) => (isThere ? network.fetch(input, init) : server(input, init));
  element.options = { ...element.options, fetch: noting(course, either) };
  document.body.replaceChildren(element);
  await until(() => expect(element.querySelector('form input')).not.to.equal(null));
  isThere = true;
  element.client?.subscribe(({ name }) => course.states.add(name));
  const live = async (gesturesOfOne: readonly string[]): Promise<void> => {
    for (const [act, part] of gesturesOfOne.flatMap((gesture) => gestures[gesture]?.(textOf()) ?? [])) {
      await scheduler.schedule(Promise.resolve(), part);
      const input = element.querySelector<HTMLInputElement>('form input');
      if (input) act(element, input, part);
    }
  };
  let left = hands.length;
  const all = Promise.all(hands.map((hand) => live(hand).finally(() => (left -= 1))));
  await network.drain(() => left > 0 || element.client?.state.name === 'sending');
  await all;
  await element.updateComplete;
};

const orders = Number(import.meta.env['LONG_ORDERS'] ?? 150);

describe('an element to which everything happens at once', function () {
  this.timeout(20 * 60_000);

  it('L2: sends each code once, in whatever order gestures and answers come, and is done once', async () => {
    let single = 0;
    const check = async (one: Script, isRight: boolean): Promise<void> => {
      const course = await open(true);
      const right = (): string => course.kit.inbox.code();
      const wrong = (): string => (right() === '000000' ? '111111' : '000000');
      await play(one, course, isRight ? right : wrong);
      const { sent, states, most, completions, element } = course;
      const codes = [...sent.values()];
      expect(new Set(codes).size, `the same code twice: ${codes.join()}`).to.equal(codes.length);
      expect(most, 'requests at once').to.equal(1);
      expect([...states].filter((name) => !['ready', 'sending', 'complete'].includes(name))).to.deep.equal([]);
      expect(completions).to.equal(codes.includes(right()) ? 1 : 0);
      expect(element.client?.state.name).to.equal(codes.includes(right()) ? 'complete' : 'ready');
      single += Number(sent.size === 1);
    };
    const every = fc.asyncProperty(fc.scheduler(), hands, plan, fc.boolean(), (...[scheduler, those, fates, isRight]) =>
      check({ scheduler, hands: those, plan: fates }, isRight),
    );
    await fc.assert(every, { numRuns: orders, seed: 20261124, includeErrorInReport: true });
    expect(single, 'runs with one code').to.be.greaterThan(0.9 * orders);
    await tell(`${orders} orders in front of a code, ${single} of them with one code sent, the rest with two`);
  });

  it('L2: sends one message, however often and whenever the button is pressed', async () => {
    const presses = fc.array(fc.constantFrom('presses Enter or the button', 'double-clicks'), {
      minLength: 1,
      maxLength: 3,
    });
    const check = async (one: Script): Promise<void> => {
      const course = await open(false);
      await play(one, course, () => phone);
      expect([...course.sent.values()]).to.deep.equal([phone]);
      expect(course.most, 'requests at once').to.equal(1);
      expect(course.kit.inbox.messages).to.have.length(1);
      expect(headingOf(course.element)).to.equal('Enter the code');
    };
    const every = fc.asyncProperty(fc.scheduler(), presses, presses, plan, (...[scheduler, one, other, fates]) =>
      check({ scheduler, hands: [['autofills', ...one], other], plan: fates }),
    );
    await fc.assert(every, { numRuns: orders / 5, seed: 20261124, includeErrorInReport: true });
    await tell(`${orders / 5} orders in front of a phone number, one message each`);
  });
});
