/** How a refusal travels: its HTTP status, and whether sending the same request again can help. */
export interface ErrorKind {
  status: number;
  retryable: boolean;
}

/**
 * Every error code there is. The names follow Logto where it has one, so that existing documentation and handlers
 * apply; the sentence a person reads is looked up by the code in the locale.
 */
export const errorKinds = {
  'guard.invalid_input': { status: 400, retryable: false },
  'request.malformed': { status: 400, retryable: false },
  'request.not_json': { status: 415, retryable: false },
  'request.too_large': { status: 413, retryable: false },
  'request.not_found': { status: 404, retryable: false },
  'request.cross_site': { status: 403, retryable: false },
  'flow.not_found': { status: 404, retryable: false },
  'flow.expired': { status: 410, retryable: false },
  'flow.step_changed': { status: 409, retryable: false },
  'flow.action_not_accepted': { status: 400, retryable: false },
  'flow.action_id_reused': { status: 422, retryable: false },
  'verification_code.code_mismatch': { status: 400, retryable: false },
  'verification_code.expired': { status: 400, retryable: false },
  'verification_code.exceed_max_try': { status: 400, retryable: false },
  'session.mfa.mfa_factor_not_enabled': { status: 400, retryable: false },
  'session.mfa.factor_locked': { status: 403, retryable: false },
  'session.mfa.invalid_totp_code': { status: 400, retryable: false },
  'session.mfa.invalid_backup_code': { status: 400, retryable: false },
  'session.mfa.webauthn_verification_failed': { status: 400, retryable: false },
  'session.invalid_credentials': { status: 422, retryable: false },
  'session.verification_blocked_too_many_attempts': { status: 429, retryable: true },
  'session.invalid_recovery_pass': { status: 422, retryable: false },
  'session.captcha_required': { status: 428, retryable: false },
  'session.captcha_failed': { status: 428, retryable: false },
  'session.not_found': { status: 401, retryable: false },
  'session.step_up_required': { status: 403, retryable: false },
  'session.mfa.stronger_factor_required': { status: 403, retryable: false },
  'account.not_found': { status: 404, retryable: false },
  'account.last_factor': { status: 422, retryable: false },
  'password.rejected': { status: 422, retryable: false },
  'user.email_already_in_use': { status: 422, retryable: false },
  'user.phone_already_in_use': { status: 422, retryable: false },
  'user.invalid_email': { status: 422, retryable: false },
  'user.invalid_phone': { status: 422, retryable: false },
  'user.email_exists_in_profile': { status: 422, retryable: false },
  'user.phone_exists_in_profile': { status: 422, retryable: false },
  'connector.rate_limit_exceeded': { status: 429, retryable: true },
  'connector.general': { status: 502, retryable: true },
  'auth.unauthorized': { status: 401, retryable: false },
  'settings.managed_in_code': { status: 409, retryable: false },
  'settings.version_changed': { status: 409, retryable: false },
  'sign_in_experiences.backup_code_cannot_be_enabled_alone': { status: 400, retryable: false },
  'sign_in_experiences.phone_verification_code_cannot_be_used_for_mfa': { status: 400, retryable: false },
  'sign_in_experiences.phone_verification_code_cannot_be_used_for_sign_in': { status: 400, retryable: false },
  'sign_in_experiences.email_verification_code_cannot_be_used_for_mfa': { status: 400, retryable: false },
  'sign_in_experiences.email_verification_code_cannot_be_used_for_sign_in': { status: 400, retryable: false },
  'mfa.forgot_password_weakens_sms': { status: 400, retryable: false },
  'mfa.forgot_password_weakens_email': { status: 400, retryable: false },
  'proof.invalid': { status: 400, retryable: false },
  'proof.already_redeemed': { status: 409, retryable: false },
  'server.internal': { status: 500, retryable: true },
} as const satisfies Record<string, ErrorKind>;

/** A code of the table above. */
export type ErrorCode = keyof typeof errorKinds;

/** What a client has to solve before a message goes out; the rest is for what knows this type. */
export interface Challenge {
  type: string;
  payload: string;
}

/** What a refusal says besides its code; each only where it means something. */
export interface ErrorDetails {
  /** Tries that the current code still has. */
  attemptsLeft?: number;
  /** Whole seconds until the same request can succeed. */
  retryAfter?: number;
  /**
   * A finer cause: `superseded` (a code of an earlier message); `wait`, `quota` or `provider` (a refused send);
   * `too-short`, `too-long`, `common` or `personal` (a refused password).
   */
  reason?: 'superseded' | 'wait' | 'quota' | 'provider' | 'too-short' | 'too-long' | 'common' | 'personal';
  /** What to solve; the action comes again with the solution as `botCheck`. */
  challenge?: Challenge;
  /** Where in the request the fault lies, as a dotted path (`identifier.value`). */
  path?: string;
  /** One sentence for operators, where settings are refused; people who sign in are never told more than the code. */
  detail?: string;
}

/** A refusal on its way to the caller; `name` is literal so that it is recognised across realms and bundles. */
export class CountersignError extends Error {
  override readonly name = 'CountersignError';
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, details: ErrorDetails = {}, options?: { cause: unknown }) {
    super(code, options);
    this.code = code;
    this.details = details;
  }
}

/** Whether a caught value is a {@link CountersignError}. */
export const isCountersignError = (value: unknown): value is CountersignError =>
  value instanceof Error && value.name === 'CountersignError' && 'code' in value;

/** Thrown when something is put together wrongly, at construction; the message says in one sentence what to set. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}
