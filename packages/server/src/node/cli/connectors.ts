import { http, type HttpOptions } from '@countersign/connectors/http';
import { simulator } from '@countersign/connectors/simulator';
import { smsaero, type SmsAeroOptions } from '@countersign/connectors/smsaero';
import { twilio, type TwilioOptions } from '@countersign/connectors/twilio';
import type { Connector } from '@countersign/core/connector';
import { ConfigurationError } from '../../index.ts';

type Options = Record<string, unknown>;

// Each checks its options itself, whatever they are.
const makers: Readonly<Record<string, (options: Options) => Connector>> = {
  http: (options) => http(options as HttpOptions),
  smsaero: (options) => smsaero(options as SmsAeroOptions),
  twilio: (options) => twilio(options as TwilioOptions),
};

const isObject = (value: unknown): value is Options => typeof value === 'object' && value !== null;

const isConnector = (value: Options): value is Options & Connector =>
  typeof value['send'] === 'function' && typeof value['channel'] === 'string';

const make = (value: unknown): Connector => {
  if (isObject(value) && isConnector(value)) return value;
  const { type, ...options } = isObject(value) ? value : {};
  const known = typeof type === 'string' && Object.hasOwn(makers, type) ? makers[type] : undefined;
  if (!known) throw new ConfigurationError(`type: must be one of ${Object.keys(makers).join(', ')}`);
  return known(options);
};

/** Makes the connectors that a configuration names. Throws {@link ConfigurationError} with the path of the fault. */
export const makeConnectors = (listed: readonly unknown[]): Connector[] =>
  listed.map((value, index) => {
    try {
      return make(value);
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      throw new ConfigurationError(`connectors.${index}: ${error.message}`, { cause: error });
    }
  });

const channels = ['sms', 'email'] as const;

/** Prints the messages of the channels that no connector serves, so that development needs no provider. */
export const printedChannels = (connectors: readonly Connector[], print: (line: string) => void): Connector[] =>
  channels
    .filter((channel) => !connectors.some((connector) => connector.channel === channel))
    .map((channel) =>
      simulator({
        channel,
        inbox: ({ to, text }) => print(`${channel} to ${to}: ${text.replace(/\s*\n\s*/gu, ' | ')}`),
      }),
    );
