import type { InferOutput, ObjectEntries, StrictObjectSchema } from 'valibot';

/** One stage of a factor's step: what the person's side is told, and the actions that it accepts. */
export interface Stage {
  /** Entries that the public step carries at this stage. */
  carries: ObjectEntries;
  /** Action name → the entries of its payload. */
  accepts: Readonly<Record<string, ObjectEntries>>;
}

/** What both halves of a factor agree on; pure data, so that types, request schemas and documents follow from it. */
export interface FactorContract {
  /** The factor's name on the wire and in the settings (`sms`). */
  type: string;
  /** A `backup` is set up after a primary factor, never alone, and comes last in every list. */
  role: 'primary' | 'backup';
  /** Stages of binding the factor, by name. */
  setup: Readonly<Record<string, Stage>>;
  /** Stages of proving the factor, by name. */
  verify: Readonly<Record<string, Stage>>;
}

type Entries<E extends ObjectEntries> = InferOutput<StrictObjectSchema<E, undefined>>;

/** The public data of the stages given, told apart by `stage`. */
export type StageData<Stages extends FactorContract['setup']> = {
  [Name in keyof Stages & string]: { stage: Name } & Entries<Stages[Name]['carries']>;
}[keyof Stages & string];

/** Actions told apart by `type`, from their payload entries. */
export type ActionsOf<Accepts extends Stage['accepts']> = {
  [Name in keyof Accepts & string]: { type: Name } & Entries<Accepts[Name]>;
}[keyof Accepts & string];

type FactorActions<Stages extends FactorContract['setup']> = {
  [Name in keyof Stages & string]: ActionsOf<Stages[Name]['accepts']>;
}[keyof Stages & string];

/** Every action that some stage of the factor accepts, told apart by `type`. */
export type FactorAction<C extends FactorContract> = C extends FactorContract
  ? FactorActions<C['setup']> | FactorActions<C['verify']>
  : never;
