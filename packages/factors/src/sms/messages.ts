import { msg, str } from '@countersign/elements/localize';

/** What the SMS factor says. */
export const messages = {
  name: () => msg('Text message'),
  phoneHeading: () => msg('Add your phone number'),
  phoneLead: () => msg('We send a code to it, to be sure that it is yours.'),
  phoneNotice: () => msg('To go on, set up 2-step verification first: add a phone number that we can send codes to.'),
  phoneLabel: () => msg('Phone number'),
  sendCode: () => msg('Send code'),
  codeHeading: () => msg('Enter the code'),
  sentTo: (target: string, time: string) => msg(str`Sent to ${target} at ${time}.`),
  notSentHeading: () => msg('The message was not sent'),
  notSentLead: (target: string) => msg(str`It was meant for ${target}.`),
  confirm: () => msg('Confirm'),
  sendAgain: () => msg('Send again'),
  sendAgainIn: (time: string) => msg(str`Send again in ${time}`),
  sendNew: () => msg('Send a new code'),
  changeNumber: () => msg('Change the number'),
};
