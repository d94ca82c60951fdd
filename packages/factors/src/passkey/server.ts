import { ConfigurationError, isCountersignError } from '@countersign/core/errors';
import type { FactorAction } from '@countersign/core/contract';
import type { FactorContext, FactorMove, FactorServer } from '@countersign/core/factor';
import type { Amr } from '@countersign/core/flow';
import * as v from 'valibot';
import {
  type Assertion,
  type CreationOptions,
  passkeyContract,
  type PasskeyContract,
  type Registration,
  type RequestOptions,
} from './contract.ts';
import { algorithms, base64urlOf, type Ceremony, checkAssertion, checkRegistration, failed } from './server-check.ts';
import { descriptorOf, readPasskey } from './server-held.ts';

/** Options of {@link passkey}. */
export interface PasskeyOptions {
  /** The domain that passkeys are for: the page's own host name or a parent domain of it. Default: the host name. */
  rpId?: string;
}

/** How long the browser may ask, and a challenge is good for; WebAuthn Level 3 §15.1 recommends it at least. */
const timeout = 300_000;

/** Makes the hash of a user's id one that serves nothing else: "countersign passkey user handle". */
const handleSalt = 'Y291bnRlcnNpZ24gcGFzc2tleSB1c2VyIGhhbmRsZQ';

const challenged = {
  challenge: v.string(),
  /** Unix milliseconds. */
  expiresAt: v.number(),
};
const registerStage = v.object({
  stage: v.literal('register'),
  ...challenged,
  rpId: v.string(),
  /** Without the name, which is an address: this is kept as it is. */
  user: v.object({ id: v.string() }),
});
const authenticateStage = v.strictObject({
  stage: v.literal('authenticate'),
  ...challenged,
  /** Null outside browsers, where there is no page that anything could be signed for. */
  rpId: v.nullable(v.string()),
});
const state = v.variant('stage', [registerStage, authenticateStage]);
type State = v.InferOutput<typeof state>;
type RegisterState = v.InferOutput<typeof registerStage>;
type AuthenticateState = v.InferOutput<typeof authenticateStage>;

const newChallenge = ({ secrets, now }: FactorContext): Pick<State, 'challenge' | 'expiresAt'> => ({
  challenge: base64urlOf(secrets.random(32)),
  expiresAt: now() + timeout,
});

const ceremonyOf = ({ origin, now }: FactorContext, { challenge, expiresAt, rpId }: State): Ceremony => {
  if (origin === null || rpId === null || now() >= expiresAt) throw failed();
  return { challenge, origin, rpId };
};

/** What the authenticator keeps instead of the user's id, which would tell its reader who is a customer. */
const handleOf = async ({ account, secrets }: FactorContext): Promise<string> =>
  secrets.hash((await account()).userId, handleSalt);

/** The key, and the person where the authenticator says that it verified them; that they are present it always says. */
const amrOf = (userVerified: boolean): Amr[] => (userVerified ? ['pop', 'user'] : ['pop']);

const bind = async (
  context: FactorContext,
  current: RegisterState,
  given: Registration,
): Promise<FactorMove<State>> => {
  const { counter, ...made } = await checkRegistration(given, ceremonyOf(context, current));
  // §7.1 step 26: a credential of anybody's, this user included, is not bound again.
  if (!(await context.isIndexOpen(made.credentialId, 1))) throw failed();
  const factor = { data: { ...made, userHandle: current.user.id }, index: made.credentialId, isSole: true, counter };
  return { type: 'bound', factor, amr: amrOf(made.userVerified) };
};

const verify = async (
  context: FactorContext,
  current: AuthenticateState,
  given: Assertion,
): Promise<FactorMove<State>> => {
  // An answer that came too late is nobody's guess.
  const ceremony = ceremonyOf(context, current);
  const signed = await context.secrets.guess(given.response.signature, () => checkAssertion(context, given, ceremony));
  if (signed === null) throw failed();
  const { factorId, kept, counter, backedUp, userVerified } = signed;
  return {
    type: 'verified',
    factorId,
    usedUp: counter === 0 ? null : { type: 'counter', to: counter },
    amr: amrOf(userVerified),
    ...(backedUp !== kept.backedUp && { data: { ...kept, backedUp } }),
  };
};

const answer = async (
  context: FactorContext,
  current: State,
  action: FactorAction<PasskeyContract>,
): Promise<FactorMove<State>> => {
  if (action.type === 'register' && current.stage === 'register') {
    return bind(context, current, action.credential);
  }
  if (action.type === 'authenticate' && current.stage === 'authenticate') {
    return verify(context, current, action.credential);
  }
  throw new Error(`the action ${action.type} came at the stage ${current.stage}`);
};

/** A challenge serves one answer, right or wrong. */
const act: typeof answer = async (context, current, action) => {
  try {
    return await answer(context, current, action);
  } catch (error) {
    if (!isCountersignError(error) || error.code !== failed().code) throw error;
    return { type: 'refuse', state: { ...current, ...newChallenge(context) }, error };
  }
};

const creationOptions = async (
  { account, held }: FactorContext,
  { challenge, rpId, user }: RegisterState,
): Promise<CreationOptions> => {
  const { name, appName } = await account();
  return {
    rp: { id: rpId, name: appName },
    user: { id: user.id, name, displayName: name },
    challenge,
    pubKeyCredParams: algorithms.map((alg) => ({ type: 'public-key', alg })),
    timeout,
    excludeCredentials: held.map(descriptorOf),
    authenticatorSelection: { residentKey: 'preferred', requireResidentKey: false, userVerification: 'preferred' },
    attestation: 'none',
  };
};

const requestOptions = ({ usable }: FactorContext, { challenge, rpId }: AuthenticateState): RequestOptions | null => {
  const here = usable.filter((one) => readPasskey(one).rpId === rpId);
  if (rpId === null || here.length === 0) return null;
  return { challenge, timeout, rpId, allowCredentials: here.map(descriptorOf), userVerification: 'preferred' };
};

const checkRpId = (rpId: string | undefined): void => {
  if (rpId === undefined || /^[a-z\d-]+(?:\.[a-z\d-]+)*$/u.test(rpId)) return;
  throw new ConfigurationError(`passkey({rpId}): must be a domain such as "example.com", not "${rpId}"`);
};

/**
 * Passkeys as a factor; a user may hold several, and the step takes whichever of them the browser offers. A passkey
 * is only for browsers: elsewhere none can be added, and who holds one is asked for another way.
 */
export const passkey = ({ rpId }: PasskeyOptions = {}): FactorServer<PasskeyContract, State> => {
  checkRpId(rpId);
  const rpIdOf = ({ origin }: FactorContext): string | null =>
    origin === null ? null : (rpId ?? new URL(origin).hostname);

  return {
    contract: passkeyContract,
    amr: ['pop'],
    strength: 3,
    isGuessable: false,
    channels: [],
    state,

    async setup(context) {
      const domain = rpIdOf(context);
      if (domain === null) throw failed();
      const user = { id: await handleOf(context) };
      return { type: 'enter', state: { stage: 'register', ...newChallenge(context), rpId: domain, user } };
    },

    async verify(context) {
      return { type: 'enter', state: { stage: 'authenticate', ...newChallenge(context), rpId: rpIdOf(context) } };
    },

    act,

    async present(context, current) {
      return current.stage === 'register'
        ? { stage: 'register', options: await creationOptions(context, current) }
        : { stage: 'authenticate', options: requestOptions(context, current) };
    },

    // The day on which it was added: the person knows which device that was.
    target: ({ createdAt }) => new Date(createdAt).toISOString().slice(0, 10),
    isUsable: () => true,
    fromIdentifier: () => null,
  };
};
