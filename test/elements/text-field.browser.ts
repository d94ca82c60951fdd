import { expect } from 'chai';
import type { CountersignTextField } from '@countersign/elements/text-field/text-field';
import { html, type TemplateResult } from 'lit';
import { barriers, drawn, find, hide, press, show, type } from './support/page.ts';

const sent: (FormDataEntryValue | null)[] = [];

const onSubmit = (event: SubmitEvent): void => {
  event.preventDefault();
  sent.push(new FormData(event.target as HTMLFormElement).get('it'));
};

const field = (): CountersignTextField => find('countersign-text-field');
const input = (): HTMLInputElement => find('countersign-text-field > input');
const reveal = (): HTMLButtonElement => find('button', field().shadowRoot ?? undefined);
const message = (): string => find('.countersign-message').textContent ?? '';

const open = async (content: TemplateResult): Promise<void> => {
  sent.length = 0;
  await show(html`<form @submit=${onSubmit}>${content}<button>Go on</button></form>`);
  input().focus();
};

describe('text field', () => {
  afterEach(hide);

  it('says in its own words what an e-mail address lacks, and sends it when it is one', async () => {
    await open(
      html`<countersign-text-field name="it" type="email" autocomplete="email" required></countersign-text-field>`,
    );
    expect(await barriers()).to.deep.equal([]);
    expect([input().type, input().autocomplete, input().labels?.[0]?.textContent]).to.deep.equal([
      'email',
      'email',
      'E-mail address',
    ]);
    await press('Enter');
    await drawn();
    expect(message()).to.equal('Fill this in.');
    await type('ada');
    await press('Enter');
    await drawn();
    expect([message(), document.activeElement === input()]).to.deep.equal([
      'An e-mail address looks like ada@example.com.',
      true,
    ]);
    await type('@example.com');
    await press('Enter');
    expect(sent).to.deep.equal(['ada@example.com']);
  });

  it('counts the characters that people count', async () => {
    await open(
      html`<countersign-text-field
        name="it"
        type="password"
        autocomplete="new-password"
        minlength="4"
      ></countersign-text-field>`,
    );
    expect(input().getAttribute('passwordrules')).to.equal('minlength: 4;');
    field().value = '🔑🔑';
    await drawn();
    expect(field().validity.tooShort).to.equal(true);
    field().value = '🔑🔑🔑🔑';
    expect(field().validity.valid).to.equal(true);
  });

  it('shows a password when asked, and hides it when it is sent', async () => {
    await open(html`<countersign-text-field name="it" type="password"></countersign-text-field>`);
    await type('secret');
    expect([input().type, reveal().ariaLabel]).to.deep.equal(['password', 'Show password']);
    reveal().click();
    await drawn();
    expect([input().type, reveal().ariaLabel, document.activeElement === input()]).to.deep.equal([
      'text',
      'Hide password',
      true,
    ]);
    await press('Enter');
    await drawn();
    expect([sent, input().type]).to.deep.equal([['secret'], 'password']);
  });

  it('takes the focus back with what was refused selected, unless the person has gone elsewhere', async () => {
    await open(html`<countersign-text-field name="it" type="password" value="secret"></countersign-text-field>`);
    find<HTMLButtonElement>('form > button').focus();
    field().error = 'No account matches what you typed.';
    await drawn();
    expect([document.activeElement === input(), input().selectionEnd, input().ariaInvalid]).to.deep.equal([
      true,
      6,
      'true',
    ]);
  });
});
