import { expect } from 'chai';
import { html } from 'lit';
import { input, open, refuse, shown, submitted } from './support/code-field.ts';
import { drawn, find, hide, paste, press, type, undo } from './support/page.ts';
import { autofill, compose, drop, fillOneByOne } from './support/synthetic-events.ts';

/** A way in which a code comes, what the field makes of it, how often the form is sent, and what is announced. */
type Row = [way: string, enter: () => Promise<void> | void, value: string, sent: number, said: string];

const whole = '123456';
const tooMany = 'The code has 6 digits.';
const refusal = 'That code is not right. 3 tries left.';

/** A whole code, which is sent once and needs no word. */
const right = (way: string, enter: () => Promise<void> | void): Row => [way, enter, whole, 1, ''];

const scripts = { 'full-width': '１２３４５６', 'Arabic-Indic': '١٢٣٤٥٦', Persian: '۱۲۳۴۵۶', Devanagari: '१२३४५६' };

const rows: Row[] = [
  right('typed', () => type(whole)),
  right('typed with a space', () => type('123 456')),
  right('typed with letters between', () => type('1a2b-3 456')),
  right('pasted', () => paste(whole)),
  right('pasted in two halves', () => paste('123 456')),
  right('pasted with a dash', () => paste('123-456')),
  right('pasted with its sentence', () => paste('Your code is 123456.')),
  right('pasted with a prefix', () => paste('G-123456')),
  right('pasted with a price before it', () => paste('Pay 20 EUR with 123 456')),
  ...Object.entries(scripts).flatMap(([name, digits]) => [
    right(`typed in ${name} digits`, () => type(digits)),
    right(`pasted in ${name} digits`, () => paste(digits)),
  ]),
  right('pasted over a part that was typed', async () => {
    await type('99');
    await paste(whole);
  }),
  right('pasted in two parts', async () => {
    await paste('123');
    await paste('456');
  }),
  right('filled in by Chrome (synthetic)', () => autofill(input(), whole)),
  right('filled in by Firefox (synthetic)', () => autofill(input(), whole, 'insertReplacementText')),
  right('filled in by iOS (synthetic)', () => autofill(input(), whole, 'insertText')),
  right('filled in with a space (synthetic)', () => autofill(input(), '123 456')),
  right('filled in character by character, as iOS once did (synthetic)', () => fillOneByOne(input(), whole)),
  right('composed (synthetic)', () => compose(input(), whole)),
  right('composed in full-width digits (synthetic)', () => compose(input(), scripts['full-width'])),
  right('dropped with its sentence (synthetic)', () => drop(input(), 'Your code is 123 456')),
  right('selected and typed over before it is whole', async () => {
    await type('99999');
    await press('Control+KeyA');
    await type(whole);
  }),
  [
    'whole, selected and typed over',
    async () => {
      await type('999999');
      await press('Control+KeyA');
      await type(whole);
    },
    whole,
    2,
    '',
  ],
  [
    'a digit, undone',
    async () => {
      await type('1');
      await undo();
    },
    '',
    0,
    '',
  ],
  [
    'pasted, which is too late to undo',
    async () => {
      await paste(whole);
      await undo();
    },
    whole,
    1,
    '',
  ],
  ['too short', () => type('12345'), '12345', 0, ''],
  [
    'too short, and sent',
    async () => {
      await type('12345');
      await press('Enter');
    },
    '12345',
    0,
    tooMany,
  ],
  ['one digit too many, typed', () => type('1234567'), whole, 1, ''],
  ['two digits too many, pasted', () => paste('12345678'), '12345678', 0, tooMany],
  ['letters typed', () => type('abcdef'), '', 0, ''],
  ['letters pasted', () => paste('my code'), '', 0, ''],
  ['letters composed (synthetic)', () => compose(input(), 'abc'), '', 0, ''],
];

/** After the first code was refused, which stands there selected. */
const afterAWrongCode: Row[] = [
  ['typed anew as a whole', () => type('222222'), '222222', 1, refusal],
  ['pasted', () => paste('222222'), '222222', 1, refusal],
  ['pasted, the same again', () => paste('111111'), '111111', 1, refusal],
  ['filled in (synthetic)', () => autofill(input(), '222222'), '222222', 1, refusal],
  ['dropped (synthetic)', () => drop(input(), '222222'), '222222', 1, refusal],
  ['one digit corrected at its end', () => press('End', 'Backspace', '2'), '111112', 0, refusal],
  ['one digit typed over at its start', () => press('Home', '2'), '211111', 0, refusal],
  ['two digits corrected', () => press('End', 'Backspace', 'Backspace', '2', '3'), '111123', 0, refusal],
  ['one digit corrected, and sent with Enter', () => press('End', 'Backspace', '2', 'Enter'), '111112', 1, refusal],
];

const lengths = [4, 5, 6, 7, 8, 9, 10];
const codeOf = (length: number): string => '9876543210'.slice(0, length);

const openWith = (length: number): Promise<void> =>
  open(html`<countersign-code-field name="code" auto-submit length=${length}></countersign-code-field>`);

const expectOutcome = async (value: string, sent: number, said: string): Promise<void> => {
  await drawn();
  expect(input().value).to.equal(value);
  expect(shown().replaceAll('_', ''), 'drawn').to.equal(value);
  expect(submitted).to.have.length(sent);
  if (sent > 0) expect(submitted.at(-1)).to.equal(value);
  expect(find('.countersign-message').textContent).to.equal(said);
};

describe('code field', () => {
  afterEach(hide);

  describe('takes a code', () => {
    for (const [way, enter, value, sent, said] of rows) {
      it(way, async () => {
        await openWith(6);
        await enter();
        await expectOutcome(value, sent, said);
      });
    }
    for (const length of lengths) {
      const code = codeOf(length);
      it(`of ${length} digits, typed`, async () => {
        await openWith(length);
        await type(code);
        await expectOutcome(code, 1, '');
      });
      it(`of ${length} digits, pasted with its sentence`, async () => {
        await openWith(length);
        await paste(`Use ${code} to sign in.`);
        await expectOutcome(code, 1, '');
      });
    }
  });

  describe('after a wrong code, takes one', () => {
    for (const [way, enter, value, sent, said] of afterAWrongCode) {
      it(way, async () => {
        await openWith(6);
        await type('111111');
        await refuse(refusal);
        submitted.length = 0;
        await enter();
        await expectOutcome(value, sent, said);
      });
    }
  });
});
