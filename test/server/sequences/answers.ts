import { createAuthenticator } from '../../support/authenticator.ts';
import { toCreate, toSign } from '../../support/passkeys.ts';
import { password } from '../../support/primary.ts';
import { appCode, heldAs, type Held, isUsable } from './person.ts';
import { enterSent } from './sent.ts';
import { type Action, choose, type Move, ownerOf, type Step, type World } from './world.ts';

type StepAt<Name extends Step['name']> = Extract<Step, { name: Name }>;

/** Both names, since which of them a step has follows from the factor. */
type SetupStep = Extract<Step, { name: 'setup-factor' | 'save-backup-codes' }>;

const serial = (world: World): string => String((world.serial += 1)).padStart(4, '0');

export const newPhone = (world: World): string => `+3161234${serial(world)}`;
export const newEmail = (world: World): string => `mail${serial(world)}@example.com`;

const plain = (type: string): Move => ({ action: { type } });

const nameOneself = (world: World, { methods }: StepAt<'identify'>, pick: number): Move => {
  const { tab, people } = world;
  if (tab.kind === 'sign-up') {
    const byPhone = pick % 3 === 0;
    const identifier = byPhone ? { type: 'phone', value: newPhone(world) } : { type: 'email', value: newEmail(world) };
    return { action: { type: 'identify', identifier } };
  }
  const person = choose(pick, people);
  const withPassword = methods.includes('password') && pick % 4 > 0 ? { password: person?.password ?? password } : {};
  const identifier = person?.identifier ?? { type: 'email', value: 'nobody@example.com' };
  return { action: { type: 'identify', identifier, ...withPassword } };
};

/** What arrived at the address; an address that nobody has gets nothing, and is taken back. */
const enterCode = (world: World): Move => {
  const { kind, named } = world.tab;
  if (kind === 'reset-password' && !ownerOf(world, named)) return plain('back');
  return enterSent(world, { to: named?.value ?? '', usage: kind === 'sign-up' ? 'Register' : 'ForgotPassword' });
};

const setUp = (world: World, step: SetupStep): Move => {
  const { kit, tab, devices } = world;
  switch (step.stage) {
    case 'phone':
      return { action: { type: 'submit-phone', phone: newPhone(world) } };
    case 'email':
      return { action: { type: 'submit-email', email: newEmail(world) } };
    case 'key': {
      const secret = 'secret' in step ? String(step.secret).replaceAll(' ', '') : '';
      return { action: { type: 'submit-code', code: appCode(secret, kit.clock.now()) } };
    }
    case 'register': {
      const device = createAuthenticator({ origin: kit.origin });
      devices.push(device);
      return { action: { type: 'register', credential: device.create(toCreate(tab.visitor)) } };
    }
    default:
      return enterSent(world, { to: tab.typedTo, usage: 'BindMfa' });
  }
};

/** Proves a factor that is held. */
const prove = (world: World, held: Held): Move => {
  const { kit, tab } = world;
  switch (held.type) {
    case 'totp':
      return { action: { type: 'submit-code', code: appCode(held.secret, kit.clock.now()) } };
    case 'backup-codes':
      return { action: { type: 'submit-code', code: held.unused[0] ?? '' } };
    case 'passkey':
      return { action: { type: 'authenticate', credential: held.device.get(toSign(tab.visitor)) } };
    default:
      return enterSent(world, { to: held.to, usage: 'MfaVerification' });
  }
};

const verify = (world: World, step: StepAt<'verify-factor'>, pick: number): Move => {
  const { person } = world.tab;
  const held = person ? heldAs(person, step) : undefined;
  if (!held || (pick % 7 === 0 && step.actions.includes('switch'))) return plain('switch');
  const { action } = prove(world, held);
  return { action: { ...action, ...(pick % 3 === 0 && action.type !== 'resend' && { trust: true }) } };
};

const chooseFactor = ({ tab }: World, step: StepAt<'choose-factor'>, pick: number): Action => {
  if (step.mode === 'setup') return { type: 'choose', factor: choose(pick, step.available) };
  const { person } = tab;
  const held = step.held.filter(({ id: factorId, type: factor }) => {
    const own = person && heldAs(person, { factorId, factor });
    return own && isUsable(own);
  });
  return { type: 'choose', factorId: choose(pick, held)?.id };
};

/** What an honest person does at the step, who has all that they hold at hand. */
export const rightAnswer = (world: World, pick: number): Move => {
  const { tab } = world;
  const { step } = tab.visitor.flow;
  switch (step.name) {
    case 'identify':
      return nameOneself(world, step, pick);
    case 'enter-code':
      return enterCode(world);
    case 'enter-password': {
      const person = tab.person ?? ownerOf(world, tab.named);
      return person ? { action: { type: 'submit-password', password: person.password } } : plain('back');
    }
    case 'set-password':
      return { action: { type: 'set-password', password: `${password} ${pick}` } };
    case 'enter-pass':
      return { action: { type: 'submit-pass', pass: tab.person?.passes.at(-1)?.text ?? '0000-0000-0000-0000' } };
    case 'turn-on':
      return plain(pick % 5 === 0 ? 'skip' : 'turn-on');
    case 'choose-factor':
      return pick % 6 === 0 && step.skippable ? plain('skip') : { action: chooseFactor(world, step, pick) };
    case 'setup-factor':
      return setUp(world, step);
    case 'save-backup-codes':
      return plain('acknowledge');
    case 'verify-factor':
      return verify(world, step, pick);
    case 'blocked':
      return plain(step.actions.includes('switch') && pick % 4 > 0 ? 'switch' : 'retry');
    case 'complete':
      return plain('retry');
  }
};
