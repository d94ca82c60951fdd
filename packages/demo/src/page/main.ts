import 'countersign';
import { App } from './app.ts';
import { find } from './dom.ts';
import { startPhone } from './phone/phone.ts';

void startPhone({
  aside: find('#phone'),
  clock: find<HTMLTimeElement>('#clock'),
  date: find('#date'),
  messages: find('#messages'),
  empty: find('#empty'),
  arrival: find<HTMLButtonElement>('#arrival'),
});
void new App(find('#main'), find('#session')).start();
