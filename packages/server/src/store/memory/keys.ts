import type { KeyStore } from '../keys.ts';
import type { Tables } from './tables.ts';

/** Which keys rows were made with. */
export const keys = (tables: Tables): KeyStore => ({
  async sealedByOthers(keyId, limit) {
    const factors = [...tables.factors.values()].filter((row) => row.keyId !== keyId);
    const identifiers = tables.identifiers.filter((row) => row.keyId !== keyId);
    return [
      ...factors.slice(0, limit).map(({ id, userId, sealed }) => ({ of: 'factor', id, userId, sealed }) as const),
      ...identifiers
        .slice(0, limit)
        .map(({ type, index, sealed }) => ({ of: 'identifier', type, index, sealed }) as const),
    ];
  },
  async inUse(since) {
    const rows = [
      ...tables.factors.values(),
      ...tables.identifiers,
      ...tables.outbox.values(),
      ...[...tables.flows.values()].filter(({ createdAt }) => createdAt > since),
      ...[...tables.challenges.values()].filter(({ sentAt }) => sentAt > since),
    ];
    return [...new Set(rows.map(({ keyId }) => keyId))].toSorted();
  },
});
