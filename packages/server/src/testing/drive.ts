import type { CompleteStep, OwnKind, Step } from '@countersign/core/flow';
import type { FactorContract } from '@countersign/core/contract';
import { goOn, type PersonOptions } from './go-on.ts';
import type { TestKit } from './kit.ts';
import type { Visitor } from './visitor.ts';

/** Who is driven, and how. */
export interface DriveOptions {
  /** Default: `ada`. */
  userId?: string;
  /** The number that is, or will be, bound, in E.164. Default: a Dutch mobile number. */
  phone?: string;
  /** The browser that does it. Default: a new one. */
  visitor?: Visitor;
}

/** Where {@link drive} goes to. */
export interface Driven {
  /** Goes to the step and gives the browser that stands there. */
  to(step: 'setup-phone' | 'setup-code' | 'verify-factor' | 'complete', options?: DriveOptions): Promise<Visitor>;
  /** Binds a phone and gives the step that says so. */
  bind(options?: DriveOptions): Promise<CompleteStep>;
  /** Signs somebody up, sets up whatever is asked for, and gives the browser that did. */
  signUp(options?: PersonOptions): Promise<Visitor>;
  /** Signs somebody in who has signed up, in a new browser. */
  signIn(options?: PersonOptions): Promise<Visitor>;
}

const completed = (step: Step<FactorContract>): CompleteStep => {
  if (step.name !== 'complete') throw new Error(`the flow stands at ${step.name} instead of complete`);
  return step;
};

const person =
  (kit: TestKit, kind: OwnKind) =>
  async (options: PersonOptions = {}): Promise<Visitor> => {
    const visitor = kit.visitor();
    await visitor.begin(kind);
    await goOn(kit.inbox, visitor, options);
    return visitor;
  };

/** Takes users through flows by the real protocol, so that a test can begin where it wants to. */
export const drive = (kit: TestKit): Driven => {
  const { inbox } = kit;

  const enterPhone = async (options: DriveOptions): Promise<Visitor> => {
    const { userId = 'ada', visitor = kit.visitor() } = options;
    const { token } = await kit.begin({ kind: 'setup', userId });
    await visitor.claim(token);
    return visitor;
  };

  const enterCode = async (options: DriveOptions): Promise<Visitor> => {
    const visitor = await enterPhone(options);
    await visitor.act({ type: 'submit-phone', phone: options.phone ?? '+31612345678' });
    return visitor;
  };

  const bind = async (options: DriveOptions = {}): Promise<CompleteStep> => {
    const visitor = await enterCode(options);
    const reply = await visitor.act({ type: 'submit-code', code: inbox.code(options.phone) });
    return completed(reply.flow.step);
  };

  const enterVerify = async (options: DriveOptions): Promise<Visitor> => {
    await bind(options);
    const { userId = 'ada', visitor = kit.visitor() } = options;
    const { token } = await kit.begin({ kind: 'verify', userId });
    await visitor.claim(token);
    return visitor;
  };

  const finish = async (options: DriveOptions): Promise<Visitor> => {
    const visitor = await enterVerify(options);
    completed((await visitor.act({ type: 'submit-code', code: inbox.code(options.phone) })).flow.step);
    return visitor;
  };

  const ways = { 'setup-phone': enterPhone, 'setup-code': enterCode, 'verify-factor': enterVerify, complete: finish };
  return {
    bind,
    signUp: person(kit, 'sign-up'),
    signIn: person(kit, 'sign-in'),
    to: (step, options = {}) => ways[step](options),
  };
};
