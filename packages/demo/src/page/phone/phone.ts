import { type Message, messageCard } from './message.ts';

/** The parts of the drawn phone. */
export interface PhoneParts {
  aside: HTMLElement;
  clock: HTMLTimeElement;
  date: HTMLElement;
  messages: HTMLElement;
  empty: HTMLElement;
  /** Says on small screens, where the phone is further down, that something came. */
  arrival: HTMLButtonElement;
}

const kept = 50;
const minute = 60_000;

/** Milliseconds that the hint stays. */
const hintLife = 15_000;

const showTime = (parts: PhoneParts): void => {
  const now = new Date();
  const [hour, minutes] = [now.getHours(), now.getMinutes()].map((part) => String(part).padStart(2, '0'));
  parts.clock.textContent = `${hour}:${minutes}`;
  parts.date.textContent = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long' }).format(
    now,
  );
  setTimeout(() => showTime(parts), minute - (now.getTime() % minute));
};

/** Newest first, as on a lock screen. */
const show = ({ messages, empty }: PhoneParts, message: Message): void => {
  messages.prepend(messageCard(message));
  messages.scrollTop = 0;
  while (messages.childElementCount > kept) messages.lastElementChild?.remove();
  empty.hidden = true;
};

/** Shows the hint while the phone is out of sight, until it is looked at. */
const createHint = ({ aside, arrival }: PhoneParts): (() => void) => {
  let inSight = true;
  new IntersectionObserver(
    ([entry]) => {
      inSight = entry?.isIntersecting ?? true;
      if (inSight) arrival.hidden = true;
    },
    { rootMargin: '0px 0px -25% 0px' },
  ).observe(aside);
  arrival.addEventListener('click', () => {
    arrival.hidden = true;
    aside.focus({ preventScroll: true });
    aside.scrollIntoView();
  });
  let leaving: ReturnType<typeof setTimeout> | undefined;
  return () => {
    clearTimeout(leaving);
    arrival.hidden = inSight;
    leaving = setTimeout(() => (arrival.hidden = true), hintLife);
  };
};

/** Fills the phone with what was sent before, and then follows what comes. */
export const startPhone = async (parts: PhoneParts): Promise<void> => {
  const seen = new Set<string>();
  const take = (message: Message): boolean => {
    const key = `${message.at} ${message.to}`;
    if (seen.has(key)) return false;
    seen.add(key);
    show(parts, message);
    return true;
  };
  showTime(parts);
  const hint = createHint(parts);
  const response = await fetch('/demo/messages').catch(() => null);
  if (response?.ok) for (const message of (await response.json()) as Message[]) take(message);
  // Only from here on: what was there before is not news, and is not read out.
  parts.messages.setAttribute('aria-live', 'polite');
  new EventSource('/demo/messages/events').addEventListener('message', ({ data }) => {
    if (take(JSON.parse(String(data)) as Message)) hint();
  });
};
