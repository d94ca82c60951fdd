import {
  administrator,
  answer,
  inPath,
  inQuery,
  type Json,
  nothing,
  object,
  problem,
  ref,
  takes,
  text,
  textOrNull,
} from './vocabulary.ts';

/** What an administrator does about a user. */
const administered = (summary: string, ok: Json, more: Record<string, Json> = {}): Json => ({
  summary,
  security: administrator,
  responses: { ...Object(ok), default: problem },
  ...more,
});

/** What an administrator's key opens. */
export const administration = {
  '/admin/flows': {
    post: administered(
      'Begin a flow for a user of a host; needs the scope `flows`',
      { 201: answer('The flow, for a browser to claim', object({ flowId: text, token: text, expiresAt: text })) },
      { requestBody: takes('BeginFlow') },
    ),
  },
  '/admin/events': {
    get: administered(
      'What happened; needs the scope `events`',
      { 200: answer('A page, oldest first', ref('EventPage')) },
      { parameters: ['userId', 'type', 'after', 'limit'].map(inQuery) },
    ),
  },
  '/admin/messages': {
    post: administered(
      'Send a text of any usage for trial; needs the scope `settings`',
      {
        200: answer(
          'What was sent, with a code that opens nothing, and whether the provider has taken it',
          object({ text, delivery: { enum: ['accepted', 'unknown'] } }),
        ),
      },
      { requestBody: takes('TryMessage') },
    ),
  },
  '/admin/account-tokens': {
    post: administered(
      'Let a user of a host at their account for ten minutes; needs the scope `flows`',
      { 201: answer('Bearer of the account', object({ token: text, expiresAt: text })) },
      { requestBody: takes('AccountToken') },
    ),
  },
  '/admin/users/{id}': {
    delete: administered(
      'Take a user away with all that is kept about them, but for events; needs the scope `users:write`',
      { 204: nothing },
      { parameters: [inPath('id')] },
    ),
  },
  '/admin/users/{id}/recovery-passes': {
    post: administered(
      'Give a user a pass to set up a new factor with; needs the scope `users:write`',
      { 201: answer('The pass, shown once', object({ pass: text, expiresAt: text })) },
      { parameters: [inPath('id')], requestBody: takes('RecoveryPass') },
    ),
  },
  '/admin/users/{id}/factors': {
    get: administered(
      'What a user holds; needs the scope `users:read`',
      { 200: answer('Oldest first', object({ factors: { type: 'array', items: ref('HeldFactor') } })) },
      { parameters: [inPath('id')] },
    ),
    post: administered(
      'Import a factor that was proved elsewhere, whose owner is told and signed out, or an address that nobody has proved; needs the scope `users:write`',
      { 201: answer('The factor; null where it is none until somebody has proved it', object({ id: textOrNull })) },
      { parameters: [inPath('id')], requestBody: takes('ImportFactor') },
    ),
  },
  '/admin/users/{id}/factors/{factorId}': {
    delete: administered(
      'Take a factor from a user, who is told and signed out; needs the scope `users:write`',
      { 204: nothing },
      { parameters: [inPath('id'), inPath('factorId')] },
    ),
  },
  '/admin/users/{id}/unlock': {
    post: administered(
      'Forget failures at factors and recovery passes; needs the scope `users:write`',
      { 204: nothing },
      { parameters: [inPath('id')] },
    ),
  },
  '/admin/users/{id}/skips': {
    delete: administered(
      'Ask again what was declined; needs the scope `users:write`',
      { 204: nothing },
      { parameters: [inPath('id')] },
    ),
  },
} as const;
