import { createTestKit, drive } from '@countersign/server/testing';
import { phone } from '../../../../stories/support/account.ts';
import type { Person } from '../person.ts';
import { holder, minute, opensHosted, wrong } from './places.ts';

/* What may become of a code that was sent. */

export const mistypes = async (person: Person): Promise<void> => {
  const kit = await holder();
  await person.opens(opensHosted(kit));
  await person.arrives('Enter the code');
  await person.types('12');
  await person.presses('Enter');
  await person.hears('The code has 6 digits.');
  await person.types(wrong(kit).slice(2));
  await person.hears('That code is not right. 4 tries left.');
  // One digit that is put right is no whole code, and waits for the button.
  await person.presses('End', 'Backspace');
  await person.types(wrong(kit).slice(-1) === '1' ? '2' : '1');
  await person.goesTo('Confirm');
  await person.presses('Enter');
  await person.finds('Code');
  await person.types(kit.inbox.code());
  await person.arrives('Done');
};

export const comesLate = async (person: Person): Promise<void> => {
  const kit = await holder();
  await person.opens(opensHosted(kit));
  await person.arrives('Enter the code');
  await person.waits(300);
  await person.hears('The code has expired. Send a new one.');
  await person.goesTo('Send a new code');
  await person.presses('Enter');
  await person.arrives('Enter the code');
  await person.types(kit.inbox.code());
  await person.arrives('Done');
};

export const sendsAgain = async (person: Person): Promise<void> => {
  const kit = await holder();
  await person.opens(opensHosted(kit));
  await person.arrives('Enter the code');
  for (let times = 0; times < 12; times += 1) await person.waits(5);
  await person.hears('It can be sent again now.');
  await person.goesTo('Send again');
  await person.presses('Enter');
  await person.arrives('Enter the code');
  await person.types(kit.inbox.code());
  await person.arrives('Done');
};

/** Five messages in ten minutes, none of them for the flow that begins now. */
export const meetsWait = async (person: Person): Promise<void> => {
  const kit = await createTestKit();
  await drive(kit).bind({ phone });
  for (let times = 0; times < 4; times += 1) {
    const visitor = kit.visitor();
    await visitor.claim((await kit.begin()).token);
    await visitor.act({ type: 'submit-code', code: kit.inbox.code() });
  }
  kit.clock.advance(minute);
  await person.opens(opensHosted(kit));
  await person.arrives('Too many codes');
  await person.waits(540);
  await person.hears('You can try again now.');
  await person.goesTo('Try again');
  await person.presses('Enter');
  await person.arrives('Enter the code');
};

/** Somebody has guessed for weeks. */
export const meetsLock = async (person: Person): Promise<void> => {
  const kit = await holder();
  for (let days = 0, isOpen = true; isOpen && days < 100; days += 1) {
    kit.clock.advance(24 * 3600_000);
    const visitor = kit.visitor();
    await visitor.claim((await kit.begin()).token);
    isOpen = visitor.flow.step.name !== 'blocked';
    for (let times = 0; isOpen && times < 5; times += 1) {
      await visitor.act({ type: 'submit-code', code: wrong(kit) });
    }
  }
  await person.opens(opensHosted(kit));
  await person.arrives('Locked for your safety');
  await person.presses('Tab', 'Enter');
  await person.faces('Locked for your safety');
};
