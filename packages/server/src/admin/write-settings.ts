import { announce, eventsOf } from '../events/record.ts';
import { aboutUser } from '../events/happening.ts';
import type { Parts } from '../parts.ts';
import type { Settings } from '../settings/schema.ts';

/** Replaces the settings, with the record of it. Throws with a code and the path of what is wrong. */
export const writeSettings = async (parts: Parts, settings: unknown): Promise<Settings> => {
  const events = await eventsOf(parts, { writes: [], happened: [{ type: 'settings-changed' }] }, aboutUser(null));
  const written = await parts.settings.write(settings, events);
  announce(parts, events);
  return written;
};
