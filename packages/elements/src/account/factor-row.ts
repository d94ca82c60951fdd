import type { AccountFactor, AccountOverview } from '@countersign/core/account';
import { html, nothing, type TemplateResult } from 'lit';
import { msg, str } from '../localize.ts';
import type { FactorView } from '../view.ts';
import { dateText } from './date-text.ts';
import type { Desk } from './desk.ts';
import { iconOf, nameOf, viewOf } from './name-of.ts';
import { type Act, act, taskAt } from './row.ts';

/** What a row is drawn from. */
export interface Around {
  desk: Desk;
  views: readonly FactorView[];
  account: AccountOverview;
}

const useText = ({ createdAt, lastUsedAt }: AccountFactor): string => {
  const added = msg(str`Added ${dateText(createdAt)}`);
  return lastUsedAt === null ? added : `${added} · ${msg(str`Last used ${dateText(lastUsedAt)}`)}`;
};

/** The line below the name: what it is, as far as the name does not say that, and what it is bound to. */
const boundText = (view: FactorView, { name, target }: AccountFactor): TemplateResult => {
  const shown = target && (view.targetText?.(target) ?? target);
  const type = name === null ? '' : view.name();
  return html`${type}${type && shown ? ' · ' : ''}<bdi>${shown}</bdi>`;
};

const preferred = (factor: AccountFactor, { desk, views }: Around): Act => {
  const { id } = factor;
  const name = nameOf(views, factor);
  const label = msg(str`Make default: ${name}`);
  const said = msg(str`From now on you are asked for this first: ${name}.`);
  return {
    key: `prefer ${id}`,
    text: msg('Make default'),
    label,
    go: (key) =>
      desk.change(
        { place: id, label, action: 'set-default', target: id, make: (own, leave) => own.setDefault(id, leave), said },
        key,
      ),
  };
};

const replaced = (factor: AccountFactor, { desk, views }: Around): Act => {
  const { id, type } = factor;
  const label = msg(str`Replace ${nameOf(views, factor)}`);
  const said = msg('The new one has taken the place of the old one.');
  const purpose = { factor: type, replaces: id };
  return {
    key: `replace ${id}`,
    text: msg('Replace'),
    label,
    go: (key) => desk.add({ place: id, label, purpose, change: 'replace-factor', said }, key),
  };
};

const renewed = ({ id, type }: AccountFactor, { desk }: Around): Act => {
  const label = msg('New backup codes');
  const said = msg('Your new backup codes are saved. Older ones no longer work.');
  return {
    key: `renew ${id}`,
    text: label,
    label,
    go: (key) => desk.add({ place: id, label, purpose: { factor: type }, change: 'renew-backup-codes', said }, key),
  };
};

const renamed = (factor: AccountFactor, { desk, views }: Around): Act => ({
  key: `rename ${factor.id}`,
  text: msg('Rename'),
  label: msg(str`Rename ${nameOf(views, factor)}`),
  go: (key) => desk.begin({ name: 'rename', place: factor.id, factor }, key),
});

const removed = (factor: AccountFactor, { desk, views, account }: Around): Act => ({
  key: `remove ${factor.id}`,
  text: msg('Remove'),
  label: msg(str`Remove ${nameOf(views, factor)}`),
  go: (key) => desk.begin({ name: 'remove', place: factor.id, factor, account }, key),
});

/** What can be done about a factor: one that has an address can be replaced, and one of several be the default. */
const actsOn = (factor: AccountFactor, around: Around): Act[] => {
  const { views, account } = around;
  const canAdd = account.available.includes(factor.type);
  const remove = removed(factor, around);
  if (viewOf(views, factor.type)?.isBackup) return [...(canAdd ? [renewed(factor, around)] : []), remove];
  const others = account.factors.filter(({ id, enabled, type }) => {
    return enabled && id !== factor.id && !viewOf(views, type)?.isBackup;
  });
  const canPrefer = factor.enabled && !factor.isDefault && others.length > 0;
  return [
    renamed(factor, around),
    ...(canPrefer ? [preferred(factor, around)] : []),
    ...(canAdd && factor.target ? [replaced(factor, around)] : []),
    remove,
  ];
};

/** One held factor, what is known of it, and what can be done about it. */
export const factorRow = (factor: AccountFactor, around: Around): TemplateResult | typeof nothing => {
  const view = viewOf(around.views, factor.type);
  if (!view) return nothing;
  const bound = boundText(view, factor);
  return html`<li part="factor">
    ${iconOf(around.views, factor.type)}
    <div class="what">
      <p class="name">
        <bdi>${factor.name ?? view.name()}</bdi>
        ${factor.isDefault ? html`<span class="mark">${msg('Default')}</span>` : nothing}
      </p>
      <p>${bound}</p>
      <p>${useText(factor)}</p>
      ${factor.enabled ? nothing : html`<p>${msg('Not in use for now.')}</p>`}
      ${factor.locked ? html`<p>${msg('Locked after too many wrong codes. Remove it, and add it again.')}</p>` : nothing}
      ${taskAt(around.desk, factor.id) ?? html`<div class="acts">${actsOn(factor, around).map(act)}</div>`}
    </div>
  </li>`;
};
