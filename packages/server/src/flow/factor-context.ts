import type { Channel } from '@countersign/core/code-stage';
import type { FactorContext } from '@countersign/core/factor';
import { factorOf } from './actions.ts';
import { createCodes } from './codes.ts';
import type { Draft } from './draft.ts';
import { factorIndex, heldFactors } from './held.ts';

/** How many users may bind the same number, say; families share phones, fraud shares more. */
const usersPerIndex = 5;

/** The channels of the factor that a connector serves. */
const openChannels = ({ parts }: Draft, type: string): Channel[] =>
  factorOf(parts, type).channels.filter((channel) =>
    parts.connectors.some((connector) => connector.channel === channel),
  );

/** What the engine lends a factor of this type for the transition that `draft` is. */
export const factorContext = async (draft: Draft, type: string): Promise<FactorContext> => {
  const { parts, settings } = draft;
  const held = await heldFactors(draft);
  return {
    codes: createCodes(draft, openChannels(draft, type)),
    held: held.filter((factor) => factor.type === type),
    countries: settings.countries,
    async isIndexOpen(index) {
      return (await parts.store.factors.countUsers(type, await factorIndex(parts, type, index))) < usersPerIndex;
    },
  };
};
