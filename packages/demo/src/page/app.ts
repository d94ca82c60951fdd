import { element } from './dom.ts';
import { host, type Me } from './host.ts';
import { banner, type View } from './view.ts';
import { account } from './views/account.ts';
import { addPhone } from './views/add-phone.ts';
import { confirm } from './views/confirm.ts';
import { signedOut } from './views/signed-out.ts';
import { unconfirmed, unreachable } from './views/stopped.ts';

const addPhonePath = '/add-phone';

const added = 'Your new number is added. From now on, codes can go to either one.';
const ended = 'You were signed out, because too much time passed. Sign in again.';

/** All of what the host says that decides which view is shown. */
const stateOf = (me: Me | null): string => {
  if (me === null) return 'unreachable';
  return me.user ? `${me.user.id} ${me.authTime === null ? 'unverified' : 'verified'}` : 'signed out';
};

/** Shows what the host says of this session, and asks again whenever that may have changed. */
export class App {
  readonly #main: HTMLElement;
  readonly #session: HTMLElement;
  readonly #tabs = new BroadcastChannel('harbor');
  #me: Me | null = null;
  #drawing = 0;
  #ending: ReturnType<typeof setTimeout> | undefined;

  constructor(main: HTMLElement, session: HTMLElement) {
    this.#main = main;
    this.#session = session;
  }

  async start(): Promise<void> {
    this.#tabs.addEventListener('message', () => void this.#refresh());
    addEventListener('popstate', () => void this.#draw());
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') void this.#refresh();
    });
    await this.#begin();
  }

  async #begin(): Promise<void> {
    this.#me = await host.me().catch(() => null);
    this.#endLater();
    await this.#draw();
  }

  async #refresh(notice: Node | null = null): Promise<void> {
    await this.#take(await host.me().catch(() => null), notice);
  }

  /** Draws only when the host says something new, so that a step under way is not disturbed. */
  async #take(next: Me | null, notice: Node | null = null): Promise<void> {
    const isNew = stateOf(next) !== stateOf(this.#me);
    this.#me = next;
    this.#endLater();
    if (isNew) await this.#draw(notice);
  }

  #endLater(): void {
    clearTimeout(this.#ending);
    if (!this.#me?.user) return;
    const end = (): void => void this.#refresh(banner(ended, 'plain'));
    this.#ending = setTimeout(end, this.#me.endsIn * 1000 + 500);
  }

  async #change(ask: () => Promise<Me | null>): Promise<void> {
    if (location.pathname !== '/') history.replaceState(null, '', '/');
    await this.#take(await ask().catch(() => null));
    this.#tabs.postMessage('changed');
  }

  async #verified(proof: string): Promise<void> {
    const before = stateOf(this.#me);
    await host.redeem('verify', proof).catch(() => null);
    // The host is asked in any case: another tab may have handed in the same proof first.
    await this.#refresh();
    if (stateOf(this.#me) === before) this.#put(this.#unconfirmed());
    else this.#tabs.postMessage('changed');
  }

  async #added(proof: string): Promise<void> {
    const accepted = await host.redeem('setup', proof).catch(() => null);
    if (accepted) await this.#go('/', banner(added, 'good'));
    else this.#put(this.#unconfirmed());
  }

  async #go(path: string, notice: Node | null = null): Promise<void> {
    history.pushState(null, '', path);
    await this.#draw(notice);
  }

  #unconfirmed(): View {
    return unconfirmed(() => void this.#begin());
  }

  #unreachable(): View {
    return unreachable(() => void this.#begin());
  }

  async #view(): Promise<View> {
    const me = this.#me;
    if (!me) return this.#unreachable();
    if (!me.user) return signedOut(me.people, (who) => void this.#change(() => host.signIn(who)));
    if (me.authTime === null) return confirm(me.user.name, (proof) => void this.#verified(proof));
    if (location.pathname === addPhonePath) {
      return addPhone(
        (proof) => void this.#added(proof),
        () => void this.#go('/'),
      );
    }
    const data = await host.account();
    return data ? account(me, data, () => void this.#go(addPhonePath)) : this.#unconfirmed();
  }

  /** The latest call wins: the view of an earlier one may come later. */
  async #draw(notice: Node | null = null): Promise<void> {
    const serial = (this.#drawing += 1);
    const view = await this.#view().catch(() => this.#unreachable());
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
    const user = this.#me?.user;
    if (!user) return this.#session.replaceChildren();
    const signOut = (): void => void this.#change(host.signOut);
    const button = element('button', { type: 'button', class: 'link', click: signOut }, 'Sign out');
    this.#session.replaceChildren(element('bdi', {}, user.name), button);
  }
}
