import { CountersignError } from '@countersign/core/errors';
import type { EventRow } from '../store/record.ts';
import type { SettingsStore } from '../store/store.ts';
import type { Available } from './available.ts';
import { checkSettings } from './check.ts';
import { isFault, type Settings, settingsError, type SettingsInput } from './schema.ts';
import { type SettingsWarning, warningsOf } from './warnings.ts';

/** Other processes' changes are seen after at most this long, in milliseconds. */
const maximumAge = 5000;

/** The settings row, as this process knows it. */
export interface SettingsHolder {
  /** At most five seconds old. */
  read(): Promise<Settings>;
  /** Replaces them as a whole, with what is recorded of it. Throws with a code and the path of what is wrong. */
  write(settings: unknown, events?: readonly EventRow[]): Promise<Settings>;
  /** What is allowed but weak about them. */
  warnings(settings: Settings): SettingsWarning[];
}

/** Options of {@link createSettingsHolder}. */
export interface SettingsHolderOptions {
  store: SettingsStore;
  /** Written where the store has none yet; with `managedBy: 'code'` the only settings there are. */
  seed: SettingsInput;
  managedBy: 'code' | 'store';
  available: Available;
  now(): number;
}

/** Reads the settings row, seeds an empty store, and keeps what it read for five seconds. */
export const createSettingsHolder = (options: SettingsHolderOptions): SettingsHolder => {
  const { store, available, now } = options;
  const check = (value: unknown): Settings => {
    const settings = checkSettings(value, available);
    if (isFault(settings)) throw settingsError(settings);
    return settings;
  };
  const seed = check(options.seed);
  let cached: { settings: Settings; at: number } | null = null;
  const keep = (settings: Settings): Settings => {
    cached = { settings, at: now() };
    return settings;
  };

  /** What a write replaces; a row that this backend can't follow is nothing to compare with. */
  const replaced = async (): Promise<Settings | null> => {
    const row = await store.read();
    if (row === null) return seed;
    const before = checkSettings(row, available);
    return isFault(before) ? null : before;
  };

  return {
    warnings: (settings) => warningsOf(settings, available),
    async read() {
      if (options.managedBy === 'code') return seed;
      if (cached !== null && now() - cached.at < maximumAge) return cached.settings;
      const row = await store.read();
      if (row === null) await store.write(seed);
      return keep(row === null ? seed : check(row));
    },
    async write(value, events = []) {
      if (options.managedBy === 'code') throw new CountersignError('settings.managed_in_code');
      const settings = checkSettings(value, available, await replaced());
      if (isFault(settings))
        throw new CountersignError(settings.code, { path: settings.path, detail: settings.message });
      await store.write(settings, events);
      return keep(settings);
    },
  };
};
