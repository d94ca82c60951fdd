import type { AccountFactor, AccountOverview, TrustedDevice } from '@countersign/core/account';
import { html, nothing, type TemplateResult } from 'lit';
import { errorText } from '../error-text.ts';
import { msg, str } from '../localize.ts';
import { saveFile } from '../save-file.ts';
import { loading, offline } from '../steps/states.ts';
import { way } from '../steps/ways.ts';
import { adoptStyles } from '../styles/adopt.ts';
import type { StepContent } from '../view.ts';
import { accountStyles } from './account.styles.ts';
import { dateText } from './date-text.ts';
import { type AccountHost, Desk } from './desk.ts';
import { type Around, factorRow } from './factor-row.ts';
import { FocusKeeper } from './focus-keeper.ts';
import { iconOf, viewOf } from './name-of.ts';
import { act, taskAt } from './row.ts';
import { accountSentences } from './sentences.ts';
import { TaskArea } from './task-area.ts';

const desks = new WeakMap<AccountHost, Desk>();

/** The desk of an element; made when it is first drawn. */
const deskOf = (host: AccountHost): Desk => {
  const known = desks.get(host);
  if (known) return known;
  const desk = new Desk(host);
  desks.set(host, desk);
  new FocusKeeper(host, desk, new TaskArea(host, desk));
  adoptStyles(host.renderRoot, accountStyles);
  return desk;
};

const leadOf = ({ isOn, policy }: AccountOverview): string => {
  if (policy === 'mandatory') return msg('It is on, and required for your account.');
  return isOn
    ? msg('It is on: besides your password, something that only you have is asked for.')
    : msg('It is off: a password alone is enough to get into your account.');
};

const turnOn = ({ desk, account: { isOn } }: Around): TemplateResult | typeof nothing => {
  if (isOn) return nothing;
  const label = msg('Turn on 2-step verification');
  const said = msg('2-step verification is on.');
  const go = (): void => desk.add({ place: 'on', label, purpose: {}, change: 'add-factor', said }, 'on');
  const button = html`<button type="button" class="countersign-primary" data-key="on" @click=${go}>${label}</button>`;
  return html`<div class="on">${taskAt(desk, 'on') ?? button}</div>`;
};

/** Several of a kind may be held, but of backup codes one set. */
const addable = ({ views, account: { available, factors } }: Around): string[] =>
  available.filter((type) => {
    const view = viewOf(views, type);
    return view && !(view.isBackup && factors.some((factor) => factor.type === type));
  });

const additions = (around: Around): TemplateResult | typeof nothing => {
  const { desk, views } = around;
  const types = around.account.isOn ? addable(around) : [];
  if (types.length === 0) return nothing;
  const said = msg('The new way to verify is added.');
  const choices = types.map((type) => {
    const text = viewOf(views, type)?.name() ?? type;
    const label = msg(str`Add: ${text}`);
    const go = (key: string): void =>
      desk.add({ place: 'add', label, purpose: { factor: type }, change: 'add-factor', said }, key);
    const icon = iconOf(views, type);
    return html`<li>${act({ key: `add ${type}`, text, label: text, go, icon })}</li>`;
  });
  return html`<section aria-labelledby="add">
    <h3 id="add">${msg('Add a way to verify')}</h3>
    ${
      taskAt(desk, 'add') ??
      html`<ul role="list" class="choices">
        ${choices}
      </ul>`
    }
  </section>`;
};

/** Oldest first, and last what only stands in for others. */
const held = (around: Around): TemplateResult | typeof nothing => {
  const { factors } = around.account;
  if (factors.length === 0) return nothing;
  const rank = ({ type }: AccountFactor): number => Number(viewOf(around.views, type)?.isBackup ?? false);
  const sorted = [...factors].sort((one, other) => rank(one) - rank(other));
  return html`<section aria-labelledby="held">
    <h3 id="held" tabindex="-1">${msg('Ways to verify')}</h3>
    <ul role="list" class="rows">
      ${sorted.map((factor) => factorRow(factor, around))}
    </ul>
  </section>`;
};

const deviceRow = (device: TrustedDevice, desk: Desk): TemplateResult => {
  const { id, createdAt, expiresAt } = device;
  // A browser that does not say what it is has no label.
  const browser = device.label || msg('A browser');
  const label = msg(str`Forget ${browser}`);
  const said = msg(str`Asked for the second step again from now on: ${browser}.`);
  const go = (key: string): void =>
    desk.change(
      {
        place: id,
        label,
        action: 'forget-device',
        target: id,
        make: (own, leave) => own.forgetDevice(id, leave),
        said,
      },
      key,
    );
  return html`<li part="device">
    <div class="what">
      <p class="name"><bdi>${browser}</bdi></p>
      <p>${msg(str`Trusted since ${dateText(createdAt)}, until ${dateText(expiresAt)}`)}</p>
      ${taskAt(desk, id) ?? html`<div class="acts">${act({ key: `forget ${id}`, text: msg('Forget'), label, go })}</div>`}
    </div>
  </li>`;
};

const devices = ({ desk, account }: Around): TemplateResult | typeof nothing =>
  account.devices.length === 0
    ? nothing
    : html`<section aria-labelledby="devices">
        <h3 id="devices">${msg('Trusted browsers')}</h3>
        <p>${msg('They are not asked for the second step when you sign in.')}</p>
        <ul role="list" class="rows">
          ${account.devices.map((device) => deviceRow(device, desk))}
        </ul>
      </section>`;

const ownData = ({ desk }: Around, { ownerDocument }: AccountHost): TemplateResult => {
  const text = msg('Download my data');
  const save = (json: string): void =>
    saveFile(ownerDocument, `${msg('my-account')}.json`, new Blob([json], { type: 'application/json' }));
  return html`<section aria-labelledby="data">
    <h3 id="data">${msg('Your data')}</h3>
    ${taskAt(desk, 'data') ?? act({ key: 'data', text, label: text, go: (key) => desk.export(key, save) })}
  </section>`;
};

const outcome = ({ outcome: { text, isRefusal } }: Desk): TemplateResult =>
  html`<p class="outcome" role="status" data-refusal=${isRefusal || nothing} ?data-empty=${text === ''}>${text}</p>`;

/** What is shown of an account, and begins to be when it is first asked for. */
export const accountContent = (host: AccountHost): StepContent => {
  const desk = deskOf(host);
  const { reading } = desk;
  const again = (): void => void desk.read();
  if (reading.name === 'loading') return loading();
  if (reading.name === 'failed') {
    if (reading.problem === null) return offline(again);
    const lead = errorText(reading.problem, accountSentences);
    return { heading: msg('2-step verification'), lead, body: way(msg('Try again'), again, 'primary') };
  }
  const around = { desk, views: host.views, account: reading.account };
  return {
    heading: msg('2-step verification'),
    lead: leadOf(reading.account),
    body: html`${outcome(desk)}${turnOn(around)}${held(around)}${additions(around)}${devices(around)}
    ${ownData(around, host)}`,
  };
};
