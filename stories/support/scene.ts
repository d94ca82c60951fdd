import 'countersign';
import type { CountersignFlowElement } from '@countersign/elements';
import type { BeginOptions } from '@countersign/server';
import { createTestKit, type TestKit, type TestKitOptions } from '@countersign/server/testing';
import { createBench } from './bench.ts';

/** A flow element on a real backend in this page, before anything has happened. */
export interface Scene {
  kit: TestKit;
  element: CountersignFlowElement;
  /** The element, with the phone that gets its messages and the clock to turn beside it. */
  stage: HTMLElement;
}

/** How a scene differs from "Ada, who holds nothing, begins to verify". */
export interface SceneOptions {
  tag?:
    | 'countersign-verify'
    | 'countersign-setup'
    | 'countersign-sign-up'
    | 'countersign-sign-in'
    | 'countersign-reset-password'
    | 'countersign-recover';
  kit?: TestKitOptions;
  /** How the host begins a flow that is not the person's own. */
  begin?: Partial<BeginOptions>;
  /** What happened before: `kit` is the backend that the element is about to meet. */
  before?: (kit: TestKit) => Promise<unknown>;
  /** Stands between the element and the backend, to lose answers, say. */
  through?: (fetcher: typeof fetch) => typeof fetch;
}

/** A host begins these; the others are begun by whoever stands before them. */
const hostKinds = { 'countersign-verify': 'verify', 'countersign-setup': 'setup' } as const;

/** Puts a scene together; each has a backend, a browser and a clock of its own. */
export const createScene = async (options: SceneOptions = {}): Promise<Scene> => {
  const { tag = 'countersign-verify', through = (fetcher) => fetcher } = options;
  const kit = await createTestKit(options.kit);
  await options.before?.(kit);
  const element = document.createElement(tag);
  element.base = kit.base;
  if (tag === 'countersign-verify' || tag === 'countersign-setup') {
    element.flowToken = (await kit.begin({ kind: hostKinds[tag], ...options.begin })).token;
  } else {
    element.setAttribute(tag === 'countersign-sign-in' ? 'sign-up-url' : 'sign-in-url', '#');
    if (tag === 'countersign-sign-in') element.setAttribute('reset-password-url', '#');
  }
  const sleep = async (): Promise<void> => {};
  element.options = { fetch: through(kit.browser()), storage: null, channel: null, now: kit.clock.now, sleep };
  return { kit, element, stage: createBench(kit, element) };
};
