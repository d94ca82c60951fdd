import { element } from './dom.ts';
import { type Account, host } from './host.ts';
import { banner, money, type View } from './view.ts';
import { account } from './views/account.ts';
import { addPhone, confirmTransfer, security } from './views/second-factor.ts';
import { sendMoney, type Wish } from './views/send-money.ts';
import { recover, resetPassword, signIn, signUp } from './views/signed-out.ts';
import { unconfirmed, unreachable } from './views/stopped.ts';

const added = 'Your new number is added. From now on, codes can go to either one.';
const ended = 'You were signed out, because too much time passed. Sign in again.';
const tooMuch = 'There is not enough money for that.';

/** What the host says: an account, nobody, or nothing. */
type Answer = Account | 'signed-out' | 'unreachable';

const ask = (): Promise<Answer> =>
  host.account().then(
    (data) => data ?? 'signed-out',
    () => 'unreachable' as const,
  );

/** All of what the host says that decides which view is shown. */
const stateOf = (answer: Answer): string => (typeof answer === 'object' ? `account of ${answer.name}` : answer);

/** Longer than a timer can wait. */
const longest = 2 ** 31 - 1;

/** Shows what the host says of this session, and asks again whenever that may have changed. */
export class App {
  readonly #main: HTMLElement;
  readonly #session: HTMLElement;
  readonly #tabs = new BroadcastChannel('harbor');
  #answer: Answer = 'unreachable';
  #drawing = 0;
  #ending: ReturnType<typeof setTimeout> | undefined;

  constructor(main: HTMLElement, session: HTMLElement) {
    this.#main = main;
    this.#session = session;
  }

  async start(): Promise<void> {
    this.#tabs.addEventListener('message', () => void this.#refresh());
    addEventListener('popstate', () => void this.#draw());
    document.addEventListener('click', (event) => this.#follow(event));
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') void this.#refresh();
    });
    await this.#begin();
  }

  async #begin(): Promise<void> {
    this.#take(await ask());
    await this.#draw();
  }

  #take(answer: Answer): void {
    this.#answer = answer;
    clearTimeout(this.#ending);
    if (typeof answer === 'string') return;
    const left = Date.parse(answer.expiresAt) - Date.now();
    this.#ending = setTimeout(() => void this.#refresh(banner(ended, 'plain')), Math.min(left + 500, longest));
  }

  /** What the views to come show has changed; the one that is shown knows already. */
  async #reread(): Promise<void> {
    this.#take(await ask());
  }

  /** Draws only when the host says something new, so that a step under way is not disturbed. */
  async #refresh(notice: Node | null = null): Promise<void> {
    const before = stateOf(this.#answer);
    this.#take(await ask());
    if (stateOf(this.#answer) !== before) await this.#draw(notice);
  }

  /** Links to the page itself are followed without loading it anew. */
  #follow(event: MouseEvent): void {
    const anchor = event.target instanceof Element ? event.target.closest('a') : null;
    const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    const isOwn = anchor?.origin === location.origin && !anchor.hash && !anchor.target;
    if (!anchor || !isPlain || !isOwn || event.defaultPrevented) return;
    event.preventDefault();
    void this.#go(anchor.pathname);
  }

  async #go(path: string, notice: Node | null = null): Promise<void> {
    history.pushState(null, '', path);
    await this.#draw(notice);
  }

  /** The session began or ended; the page says so when the host does. */
  async #changed(): Promise<void> {
    if (location.pathname !== '/') history.replaceState(null, '', '/');
    await this.#refresh();
    this.#tabs.postMessage('changed');
  }

  async #signOut(): Promise<void> {
    await host.signOut().catch(() => null);
    await this.#changed();
  }

  async #signedIn(): Promise<void> {
    await this.#changed();
    if (this.#answer === 'signed-out') this.#put(this.#unconfirmed());
  }

  async #send(wish: Wish): Promise<void> {
    const transfer = await host.prepare(wish).catch(() => null);
    if (transfer) await this.#go(`/transfer/${transfer.id}`);
    else await this.#draw(banner(tooMuch, 'plain'));
  }

  /** Hands a proof in, and shows what came of it; the host alone can tell. */
  async #prove(handIn: () => Promise<object | null>, notice: string): Promise<void> {
    const accepted = await handIn().catch(() => null);
    this.#take(await ask());
    if (accepted) await this.#go('/', banner(notice, 'good'));
    else this.#put(this.#unconfirmed());
  }

  #unconfirmed(): View {
    return unconfirmed(() => void this.#begin());
  }

  async #transfer(id: string, data: Account): Promise<View> {
    const transfer = await host.transfer(id);
    if (!transfer) return account(data);
    const sent = `${money(transfer.amount, data.currency)} is on its way to ${transfer.to}.`;
    const proved = (proof: string): void => void this.#prove(() => host.confirm(id, proof), sent);
    return confirmTransfer(transfer, data.currency, proved);
  }

  #door(place: string): View {
    if (place === 'reset-password') return resetPassword();
    const door = new Map([
      ['sign-up', signUp],
      ['recover', recover],
    ]).get(place);
    return (door ?? signIn)(() => void this.#signedIn());
  }

  async #view(): Promise<View> {
    const answer = this.#answer;
    const [, place = '', id] = location.pathname.split('/');
    if (answer === 'unreachable') return unreachable(() => void this.#begin());
    if (answer === 'signed-out') return this.#door(place);
    if (place === 'security') return security(() => void this.#reread());
    if (place === 'add-phone') return addPhone((proof) => void this.#prove(() => host.addPhone(proof), added));
    if (place !== 'transfer') return account(answer);
    if (id !== undefined) return this.#transfer(id, answer);
    return sendMoney(answer.balance, answer.currency, (wish) => void this.#send(wish));
  }

  /** The latest call wins: the view of an earlier one may come later. */
  async #draw(notice: Node | null = null): Promise<void> {
    const serial = (this.#drawing += 1);
    const view = await this.#view().catch(() => unreachable(() => void this.#begin()));
    if (serial === this.#drawing) this.#put(view, notice);
  }

  #put({ title, content }: View, notice: Node | null = null): void {
    const isFirst = this.#main.childElementCount === 0;
    const heading = element('h1', { tabindex: '-1' }, title);
    this.#putSession();
    this.#main.replaceChildren(...(notice ? [notice] : []), heading, ...content);
    document.title = `${title} · Harbor`;
    if (isFirst) return;
    scrollTo({ top: 0 });
    heading.focus({ preventScroll: true });
  }

  #putSession(): void {
    if (typeof this.#answer !== 'object') return this.#session.replaceChildren();
    const signOut = (): void => void this.#signOut();
    this.#session.replaceChildren(element('button', { type: 'button', class: 'link', click: signOut }, 'Sign out'));
  }
}
