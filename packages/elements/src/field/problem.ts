/** Why a field can't be sent as it is. */
export interface Problem {
  flags: ValidityStateFlags;
  message: string;
}
