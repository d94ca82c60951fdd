import { executeServerCommand } from '@web/test-runner-commands';

/** Whether the tests run with all that there is (`npm run test:long`), or with what is most telling. */
export const isLong = import.meta.env['LONG_RUN'] === 'yes';

/** Says what came of a long run; the runner writes it down with the browser's name. */
export const tell = (figure: string): Promise<unknown> => executeServerCommand('tell', figure);
