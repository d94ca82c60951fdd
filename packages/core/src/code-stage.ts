import * as v from 'valibot';

/** ISO 8601 in UTC, as every time on the wire. */
const time = v.pipe(v.string(), v.isoTimestamp());

/** What became of the last message: taken, on the phone, certainly not there and not coming, or not known. */
export const delivery = v.picklist(['accepted', 'delivered', 'failed', 'unknown']);
export type Delivery = v.InferOutput<typeof delivery>;

/** The ways a code can travel. */
export const channel = v.picklist(['sms', 'voice', 'whatsapp', 'email']);
export type Channel = v.InferOutput<typeof channel>;

/** What a step tells about a code that was sent; shared by every factor that sends one. */
export const codeStage = {
  /** Where the code went: masked, or in full where the person has just typed it. */
  target: v.string(),
  codeLength: v.number(),
  sentAt: time,
  /** When the next message may be asked for. */
  resendAt: time,
  expiresAt: time,
  attemptsLeft: v.number(),
  delivery,
  /** When it is worth reading the flow again, since `delivery` may be known by then; null where nobody will tell. */
  checkAt: v.nullable(time),
  /** How many messages the present row of waits has had. */
  sends: v.number(),
  /** How the last one travelled. */
  channel,
  /** Channels that a resend may name. */
  channels: v.array(channel),
} as const satisfies v.ObjectEntries;

/** The data of {@link codeStage}. */
export type CodeStage = v.InferOutput<v.StrictObjectSchema<typeof codeStage, undefined>>;

/** A code as it is typed; the server reads any script's digits and forgives spaces and dashes. */
export const typedCode = v.pipe(v.string(), v.minLength(1), v.maxLength(64));

/** The stages of a factor that sends a code, once it was sent; `resend` is what may be said when asking for another. */
export const codeStages = <Resend extends v.ObjectEntries>(resend: Resend) =>
  ({
    setup: { carries: codeStage, accepts: { 'submit-code': { code: typedCode }, resend, back: {} } },
    verify: { carries: codeStage, accepts: { 'submit-code': { code: typedCode }, resend } },
  }) as const;
