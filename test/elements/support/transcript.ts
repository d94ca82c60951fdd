import { readFocus, readPage, withoutTime } from './accessibility-tree.ts';
import { focused, listen } from './announcements.ts';
import { createPerson, nameOf, type Person } from './person.ts';

/**
 * What somebody reads and hears who goes this way: at each step the page from its first line to its last, and in
 * between what is told without being asked, in order.
 */
export const transcribe = async (walk: (person: Person) => Promise<void>): Promise<string> => {
  const lines: string[] = [];
  const { told, stop } = listen();
  let heard = 0;

  const look = async (): Promise<void> => {
    for (; heard < told.length; heard += 1) {
      const one = told[heard];
      if (one?.what === 'said') lines.push(`  hears: ${withoutTime(one.text)}`);
      if (one?.what === 'option') lines.push(`  option: ${one.text}`);
      if (one?.what !== 'focus') continue;
      const isThere = one.element === focused();
      lines.push(isThere ? `  focus: ${await readFocus()}` : `  focus passes ${nameOf(one.element)}`.trimEnd());
    }
  };
  const act = async (text: string): Promise<void> => {
    await look();
    lines.push(`> ${text}`);
  };
  const arrival = async (_element: HTMLElement, heading: string): Promise<void> => {
    await look();
    if (heading) lines.push('', `# ${heading}`, ...(await readPage()), '');
  };
  try {
    await walk(createPerson({ act, look, arrival }, told));
    await look();
  } finally {
    stop();
  }
  return `${lines.join('\n').replace(/^\n+/u, '').trimEnd()}\n`;
};
