import type { Identifier } from '@countersign/core/identifier';
import type { EnterCodeStep, FlowKind } from '@countersign/core/flow';
import type { Usage } from '@countersign/core/connector';
import { reachOf } from '../../sends/number.ts';
import { proofChannels } from '../../settings/available.ts';
import type { FlowIdentifier } from '../../store/rows.ts';
import { openCode } from '../codes/codes.ts';
import type { Draft } from '../draft.ts';
import { addressesOf, openIdentifier, readIdentifier, sealIdentifier } from './identifiers.ts';

/** What the code of an address is for, and which text goes with it. */
const orders: Readonly<Record<FlowKind, { usage: Usage; purpose: EnterCodeStep['purpose'] }>> = {
  'sign-up': { usage: 'Register', purpose: 'sign-up' },
  'sign-in': { usage: 'SignIn', purpose: 'sign-in' },
  recover: { usage: 'SignIn', purpose: 'sign-in' },
  'reset-password': { usage: 'ForgotPassword', purpose: 'reset-password' },
  setup: { usage: 'UserPermissionValidation', purpose: 'confirm' },
  verify: { usage: 'UserPermissionValidation', purpose: 'confirm' },
};

/** What the code of an address is for in this flow. */
export const purposeOf = ({ flow }: Draft): EnterCodeStep['purpose'] => orders[flow.kind].purpose;

const orderCode = async (draft: Draft, identifier: FlowIdentifier, { type, value }: Identifier) => {
  const { flow } = draft;
  const channel = proofChannels[type];
  flow.identifier = identifier;
  const subject = flow.userId ?? flow.id;
  const order = { ...orders[flow.kind], channel, destination: value, subject, factorId: null };
  return { name: 'enter-code', challengeId: await openCode(draft, order), channel } as const;
};

/**
 * Sends a code to the address that the person named; gives the step that waits for it. The same for addresses that
 * somebody has as for others: which it is, is told only to who proves to own one.
 */
export const proveAddress = async (draft: Draft, named: Identifier) => {
  const address = readIdentifier(named, reachOf(draft.settings));
  return orderCode(draft, await sealIdentifier(draft.parts, address), address);
};

/** The same for the address that the signed-in user has proved first; null where none can be reached. */
export const confirmAddress = async (draft: Draft) => {
  const isServed = (type: Identifier['type']): boolean =>
    draft.parts.connectors.some(({ channel }) => channel === proofChannels[type]);
  const row = (await addressesOf(draft)).find(({ type, verifiedAt }) => verifiedAt !== null && isServed(type));
  if (!row) return null;
  const { type, sealed, index } = row;
  return orderCode(draft, { type, sealed, index, verifiedAt: null }, await openIdentifier(draft.parts, row));
};
