import { codeAt, stepAt } from '@countersign/factors/totp/server-code';
import { createTestKit, type TestKit, type TestKitOptions, type Visitor } from '@countersign/server/testing';
import { ada, goOn, password, signUp } from './primary.ts';

/*
 * Walks the real backend from a first step through every action that the steps accept, each answered rightly, and draws
 * what it found. Whatever the diagrams show can therefore happen, and nothing that a right answer leads to is left out.
 */

type Action = Parameters<Visitor['act']>[0];

/** A step as the diagram tells it apart: its name, with its stage or mode where it has one. */
const labelOf = ({ flow: { step } }: Visitor): string => {
  if (step.name === 'choose-factor') return `${step.name}: ${step.suggestion ? 'suggestion' : step.mode}`;
  return 'factor' in step ? `${step.name}: ${step.factor}, ${String(step.stage)}` : step.name;
};

const phone = '+31687654321';

const codeFor = ({ inbox, clock }: TestKit, { flow: { step } }: Visitor, secret: string): string => {
  if (!('factor' in step)) return inbox.code(ada.value);
  return step.factor === 'totp' ? codeAt(secret, stepAt(clock.now())) : inbox.code(phone);
};

interface Walker {
  kit: TestKit;
  visitor: Visitor;
  secret: string;
}

/** A right answer of each type; a list has one answer for each of its entries. */
const answers = ({ kit, visitor, secret }: Walker, type: string): [label: string, Action][] => {
  const { step } = visitor.flow;
  switch (type) {
    case 'identify':
      return [
        [
          type,
          { type, identifier: ada, ...(step.name === 'identify' && step.methods[0] === 'password' && { password }) },
        ],
      ];
    case 'submit-code':
      return [[type, { type, code: codeFor(kit, visitor, secret) }]];
    case 'submit-phone':
      return [[type, { type, phone }]];
    case 'set-password':
    case 'submit-password':
      return [[type, { type, password }]];
    case 'choose': {
      if (step.name !== 'choose-factor') return [];
      const held = step.held.map((one): [string, Action] => [`choose ${one.type}`, { type, factorId: one.id }]);
      const open = step.available.map((one): [string, Action] => [`choose ${one}`, { type, factor: one }]);
      return step.mode === 'verify' ? held : open;
    }
    default:
      return [[type, { type }]];
  }
};

/** What is walked: settings, whoever is there already, and how the flow begins. */
export interface Walk {
  settings: NonNullable<TestKitOptions['settings']>;
  begin(kit: TestKit): Promise<Visitor>;
}

const follow = async ({ settings, begin }: Walk, route: readonly [type: string, place: number][]): Promise<Walker> => {
  const kit = await createTestKit({ settings });
  const walker: Walker = { kit, visitor: await begin(kit), secret: '' };
  for (const [type, place] of route) {
    const { step } = walker.visitor.flow;
    if ('secret' in step) walker.secret = String(step.secret).replaceAll(' ', '');
    kit.clock.advance(61_000);
    const [, action] = answers(walker, type)[place] ?? [];
    if (action) await walker.visitor.act(action);
  }
  const { step } = walker.visitor.flow;
  if ('secret' in step) walker.secret = String(step.secret).replaceAll(' ', '');
  return walker;
};

/** A resend changes nothing of where the flow stands. */
const waysOn = (here: Walker) =>
  here.visitor.flow.step.actions
    .filter((type) => type !== 'resend')
    .flatMap((type) => answers(here, type).map(([label], place) => ({ label, type, place })));

/** Every arrow `from --> to: action`, in the order in which it was found. */
export const arrowsOf = async (walk: Walk): Promise<string[]> => {
  const arrows = new Set<string>();
  const known = new Set<string>();
  const open: [type: string, place: number][][] = [[]];
  for (let route = open.shift(); route; route = open.shift()) {
    const here = await follow(walk, route);
    const from = labelOf(here.visitor);
    if (known.has(from)) continue;
    known.add(from);
    for (const { label, type, place } of waysOn(here)) {
      const next: [string, number][] = [...route, [type, place]];
      const to = labelOf((await follow(walk, next)).visitor);
      if (to !== from) arrows.add(`${from} --> ${to}: ${label}`);
      open.push(next);
    }
  }
  return [...arrows];
};

const idOf = (label: string): string => label.replaceAll(/[^a-z]+/gu, '_');

/** Arrows as a state diagram in Mermaid's language. */
export const diagramOf = (arrows: readonly string[]): string => {
  const parsed = arrows.map((arrow) => /^(?<from>.+) --> (?<to>.+): (?<by>[^:]+)$/u.exec(arrow)?.groups ?? {});
  const labels = [...new Set(parsed.flatMap(({ from = '', to = '' }) => [from, to]))];
  return [
    '```mermaid',
    'stateDiagram-v2',
    ...labels.map((label) => `  ${idOf(label)}: ${label.replace(': ', ' · ')}`),
    `  [*] --> ${idOf(labels[0] ?? '')}`,
    ...parsed.map(({ from = '', to = '', by }) => `  ${idOf(from)} --> ${idOf(to)}: ${by}`),
    '  complete --> [*]',
    '```',
  ].join('\n');
};

const base = {
  signUp: { identifiers: ['email'] },
  factors: ['sms', 'totp', 'backup-codes'],
} satisfies Walk['settings'];

/** Setting up at the end of a sign-up, where the policy leaves it to the person. */
export const settingUp: Walk = {
  settings: { ...base, policy: { mode: 'optional', prompt: 'sign-in-and-sign-up' } },
  async begin(kit) {
    const visitor = kit.visitor();
    await signUp(kit, visitor, { until: 'turn-on' });
    return visitor;
  },
};

/** Signing in with a phone and backup codes. */
export const verifying: Walk = {
  settings: { ...base, factors: ['sms', 'backup-codes'], policy: { mode: 'mandatory' } },
  async begin(kit) {
    const member = kit.visitor();
    await signUp(kit, member, { phone, until: 'save-backup-codes' });
    await goOn(kit, member, {});
    kit.clock.advance(61_000);
    const visitor = kit.visitor();
    await visitor.begin('sign-in');
    return visitor;
  },
};
