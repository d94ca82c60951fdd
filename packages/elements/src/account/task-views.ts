import type { Problem } from '@countersign/core/flow';
import { html, type TemplateResult } from 'lit';
import { msg, str } from '../localize.ts';
import { register } from '../register.ts';
import { way } from '../steps/ways.ts';
import { AccountFlow } from './account-flow.ts';
import type { AccountHost, Desk } from './desk.ts';
import { nameOf } from './name-of.ts';
import { removalText } from './removal-text.ts';
import type { Task } from './task.ts';
import { withBearer } from './with-bearer.ts';

type Named<N extends Task['name']> = Extract<Task, { name: N }>;

/** Whose task it is. */
interface Around {
  host: AccountHost;
  desk: Desk;
}

/** What the task is, for who does not see where it stands. */
export const labelOf = (task: Task, { views }: AccountHost): string => {
  if (task.name === 'flow') return task.label;
  const name = nameOf(views, task.factor);
  return task.name === 'rename' ? msg(str`Rename ${name}`) : msg(str`Remove ${name}`);
};

const cancel = (desk: Desk, label = msg('Cancel')): TemplateResult => way(label, () => desk.cancel());

const nameIn = (form: unknown): string | null => {
  const typed = form instanceof HTMLFormElement ? new FormData(form).get('name') : null;
  return typeof typed === 'string' && typed.trim() !== '' ? typed.trim() : null;
};

const rename = (task: Named<'rename'>, { host, desk }: Around): TemplateResult => {
  const { factor, place } = task;
  const send = (event: SubmitEvent): void => {
    event.preventDefault();
    const name = nameIn(event.currentTarget);
    if (name === factor.name) return desk.cancel();
    const make: Parameters<Desk['change']>[0]['make'] = (account, stepUp) => account.rename(factor.id, name, stepUp);
    const label = labelOf(task, host);
    const said = msg('The name is changed.');
    desk.change({ place, label, action: 'rename-factor', target: factor.id, make, said }, `rename ${factor.id}`);
  };
  return html`<form class="countersign-step" method="post" @submit=${send}>
    <div class="countersign-fields">
      <label class="countersign-label" for="countersign-name">${msg('Name')}</label>
      <input
        class="countersign-input"
        id="countersign-name"
        name="name"
        dir="auto"
        maxlength="60"
        autocomplete="off"
        aria-describedby="countersign-name-hint"
        .value=${factor.name ?? ''}
      />
      <p class="countersign-message" id="countersign-name-hint">
        ${msg('For instance “Work phone”. Leave it empty for no name.')}
      </p>
    </div>
    <div class="countersign-answers">
      <button type="submit" class="countersign-primary">${msg('Save')}</button> ${cancel(desk)}
    </div>
  </form>`;
};

const remove = (task: Named<'remove'>, { host, desk }: Around): TemplateResult => {
  const { factor, place, account } = task;
  const { text, isPossible } = removalText(host.views, account, factor);
  const go = (): void => {
    const make: Parameters<Desk['change']>[0]['make'] = (own, stepUp) => own.remove(factor.id, stepUp);
    const said = msg(str`Removed: ${nameOf(host.views, factor)}.`);
    const label = labelOf(task, host);
    desk.change({ place, label, action: 'remove-factor', target: factor.id, make, said }, `remove ${factor.id}`);
  };
  return html`<div class="countersign-step">
    <p class="countersign-text">${text}</p>
    <div class="countersign-answers">
      ${isPossible ? [way(msg('Remove'), go, 'primary'), cancel(desk, msg('Keep it'))] : cancel(desk, msg('Close'))}
    </div>
  </div>`;
};

const flow = ({ kind, purpose, done }: Named<'flow'>, { host, desk }: Around): TemplateResult => {
  register('countersign-account-flow', AccountFlow);
  const { views, base, accountToken, options } = host;
  const bearer = accountToken && { fetch: withBearer(options.fetch ?? fetch.bind(globalThis), accountToken) };
  const complete = (event: Event): void => {
    // The end of the flow is not the end of the change, which has an event of its own.
    event.stopPropagation();
    if (event.target instanceof AccountFlow) void done(event.target.result);
  };
  return html`<countersign-account-flow
      frame="none"
      .autofocus=${true}
      .views=${views}
      .base=${base}
      .kind=${kind}
      .options=${{ ...options, ...bearer, purpose, storage: null, channel: null }}
      .refused=${(problem: Problem) => desk.refuse(problem)}
      @countersign-complete=${complete}
    ></countersign-account-flow>
    <div class="countersign-answers">${cancel(desk)}</div>`;
};

/** Draws a task: a form, a question, or a flow. */
export const drawTask = (task: Task, around: Around): TemplateResult => {
  switch (task.name) {
    case 'rename':
      return rename(task, around);
    case 'remove':
      return remove(task, around);
    case 'flow':
      return flow(task, around);
  }
};
