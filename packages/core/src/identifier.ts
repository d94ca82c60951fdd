import * as v from 'valibot';

/** What may name a user. */
export const identifierType = v.picklist(['email', 'phone']);
export type IdentifierType = v.InferOutput<typeof identifierType>;

/** An address that names a user, as it is typed. */
export const identifier = v.strictObject({
  type: identifierType,
  value: v.pipe(v.string(), v.minLength(1), v.maxLength(320)),
});
export type Identifier = v.InferOutput<typeof identifier>;
