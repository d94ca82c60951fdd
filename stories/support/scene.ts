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
  tag?: 'countersign-verify' | 'countersign-setup';
  kit?: TestKitOptions;
  begin?: Partial<BeginOptions>;
  /** What happened before: `kit` is the backend that the element is about to meet. */
  before?: (kit: TestKit) => Promise<void>;
  /** Stands between the element and the backend, to lose answers, say. */
  through?: (fetcher: typeof fetch) => typeof fetch;
}

/** Puts a scene together; each has a backend, a browser and a clock of its own. */
export const createScene = async (options: SceneOptions = {}): Promise<Scene> => {
  const { tag = 'countersign-verify', through = (fetcher) => fetcher } = options;
  const kit = await createTestKit(options.kit);
  await options.before?.(kit);
  const kind = tag === 'countersign-setup' ? 'setup' : 'verify';
  const element = document.createElement(tag);
  element.base = kit.base;
  element.flowToken = (await kit.begin({ kind, ...options.begin })).token;
  const sleep = async (): Promise<void> => {};
  element.options = { fetch: through(kit.browser()), storage: null, channel: null, now: kit.clock.now, sleep };
  return { kit, element, stage: createBench(kit, element) };
};
