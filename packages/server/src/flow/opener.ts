/** What is known of whoever opens a flow; where no browser does, hashes and origin are null. */
export interface Opener {
  /** SHA-256 of the cookie that ties flows to this browser. */
  browserHash: string | null;
  /** SHA-256 of the cookie of a device that may be trusted. */
  deviceHash: string | null;
  origin: string | null;
  /** The block of addresses that the request came from. */
  addressBlock: string;
  /** The first language asked for; empty where none is named. */
  locale: string;
}
