import type { SettingsStore } from '../store/store.ts';
import { readSettings, type Settings } from './schema.ts';

/** Other processes' changes are seen after at most this long, in milliseconds. */
const maximumAge = 5000;

/** Options of {@link createSettingsLoader}. */
export interface SettingsLoaderOptions {
  store: SettingsStore;
  /** Written where the store has none yet. */
  seed: Settings;
  production: boolean;
  now(): number;
}

/** Reads the settings row, seeds an empty store, and keeps what it read for five seconds. */
export const createSettingsLoader = ({
  store,
  seed,
  production,
  now,
}: SettingsLoaderOptions): (() => Promise<Settings>) => {
  let cached: { settings: Settings; at: number } | null = null;
  return async () => {
    if (cached !== null && now() - cached.at < maximumAge) return cached.settings;
    const row = await store.read();
    if (row === null) await store.write(seed);
    const settings = row === null ? seed : readSettings(row, production);
    cached = { settings, at: now() };
    return settings;
  };
};
