import type { SimulatedMessage } from '@countersign/connectors/simulator';

/** A message that arrived, with the code that is in it. */
export interface InboxMessage extends SimulatedMessage {
  code: string;
}

/** Everything that was sent, oldest first. */
export interface Inbox {
  readonly messages: readonly InboxMessage[];
  /** The newest code that was sent to this destination (any, if none is named). Throws when there is none. */
  code(to?: string): string;
  receive(message: SimulatedMessage): void;
}

/** Written, or said digit by digit. */
const readCode = (text: string): string =>
  /(?<!\d)\d(?:(?:, )?\d){5,9}(?!\d)/u.exec(text)?.[0].replaceAll(', ', '') ?? '';

/** An inbox for `simulator`, or for whoever plays the provider. */
export const createInbox = (): Inbox => {
  const messages: InboxMessage[] = [];
  return {
    messages,
    code(to) {
      const last = messages.findLast(({ code, to: sentTo }) => code !== '' && (to === undefined || sentTo === to));
      if (!last) throw new Error(`no code was sent to ${to ?? 'anybody'}`);
      return last.code;
    },
    receive(message) {
      messages.push({ ...message, code: readCode(message.text) });
    },
  };
};
