import { executeServerCommand } from '@web/test-runner-commands';

/** Whether the tests run with all that there is (`npm run test:long`), or with what is most telling. */
export const isLong = import.meta.env['LONG_RUN'] === 'yes';

/** All cases in the long run; else the telling ones, and of them the first few in other browsers than Chromium. */
export const casesOf = <Case>(all: readonly Case[], telling: readonly Case[], few: number): readonly Case[] => {
  if (isLong) return all;
  return navigator.userAgent.includes('Chrome') ? telling : telling.slice(0, few);
};

/** Says what came of a long run; the runner writes it down with the browser's name. */
export const tell = (figure: string): Promise<unknown> => executeServerCommand('tell', figure);
