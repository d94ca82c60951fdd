import type { Channel } from '@countersign/core/code-stage';
import type { Connector, Message } from '@countersign/core/connector';
import { reportsWith } from './endpoint.ts';

/** A message as a simulated phone or mailbox shows it. */
export interface SimulatedMessage extends Pick<Message, 'to' | 'text' | 'usage'> {
  channel: Channel;
}

/** Options of {@link simulator}. */
export interface SimulatorOptions {
  channel: Channel;
  /** Where messages go instead of to people. */
  inbox: (message: SimulatedMessage) => void;
  /** Whoever plays the provider that reports bears it. Default: nobody reports. */
  reportToken?: string;
}

/** Delivers into the page or process itself; for development, stories and tests, and refused in production. */
export const simulator = ({ channel, inbox, reportToken }: SimulatorOptions): Connector => ({
  id: `simulator-${channel}`,
  channel,
  isForTests: true,
  ...(reportToken !== undefined && { readReports: reportsWith(reportToken) }),
  async send({ to, text, usage }) {
    inbox({ to, text, usage, channel });
  },
});
