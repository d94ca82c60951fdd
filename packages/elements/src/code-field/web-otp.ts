import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** What waits for codes. */
interface WebOtpHost extends ReactiveControllerHost, HTMLElement {
  readonly webOtp: boolean;
  fill(text: string): void;
}

declare global {
  interface CredentialRequestOptions {
    /** WICG draft "WebOTP API". */
    otp?: { transport: string[] };
  }
}

/** Resolves once the region that shows the form is not busy: until then, what is filled in is neither sent nor kept. */
const atRest = (field: Element): Promise<void> =>
  new Promise((resolve) => {
    const region = field.closest('form')?.assignedSlot?.closest('[aria-busy]');
    const look = (): void => {
      if (region?.ariaBusy === 'true') return;
      observer.disconnect();
      resolve();
    };
    const observer = new MutationObserver(look);
    if (region) observer.observe(region, { attributeFilter: ['aria-busy'] });
    look();
  });

/** Asks the browser for codes as long as the field is in the page and wants them. */
class WebOtp implements ReactiveController {
  readonly #host: WebOtpHost;
  #waiting: AbortController | null = null;

  constructor(host: WebOtpHost) {
    this.#host = host;
  }

  /** After a move, too, which ended it. */
  hostConnected(): void {
    this.#host.requestUpdate();
  }

  hostUpdated(): void {
    if (!this.#host.webOtp) this.hostDisconnected();
    else if (!this.#waiting) void this.#receive();
  }

  hostDisconnected(): void {
    this.#waiting?.abort();
    this.#waiting = null;
  }

  /** Each message is asked for anew: a second one has the code that counts. */
  async #receive(): Promise<void> {
    const { signal } = (this.#waiting = new AbortController());
    try {
      let credential: Credential | null;
      do {
        credential = await navigator.credentials.get({ otp: { transport: ['sms'] }, signal });
        // A message is often faster than the answer to whoever asked for it.
        await atRest(this.#host);
        if (credential && 'code' in credential && !signal.aborted) this.#host.fill(String(credential.code));
      } while (credential);
    } catch {
      // Left, refused, or not allowed in this frame: the code is typed, as everywhere else.
    }
  }
}

const receiving = new WeakSet<WebOtpHost>();

/**
 * Takes the code out of a text message whose last line is bound to this site, once the browser's own question is
 * answered with yes (WICG draft "WebOTP API"), which the browser must have. Each field asks once, however often it wants to.
 */
export const receiveCodes = (host: WebOtpHost): void => {
  if (receiving.has(host)) return;
  receiving.add(host);
  host.addController(new WebOtp(host));
};
