import { expect } from 'chai';
import { forget, input, openAutoSubmitting, refuse, submitted } from './support/code-field.ts';
import { find, hide, paste, press, type } from './support/page.ts';

describe('code field', () => {
  afterEach(hide);

  describe('after a wrong code', () => {
    const failOnce = async (): Promise<void> => {
      await openAutoSubmitting();
      await type('111111');
      await refuse();
      forget();
    };

    it('selects it, keeps the focus and says so', async () => {
      await failOnce();
      expect(document.activeElement === input()).to.equal(true);
      expect([input().selectionStart, input().selectionEnd]).to.deep.equal([0, 6]);
      expect(input().ariaInvalid).to.equal('true');
      const message = find(`#${input().getAttribute('aria-describedby') ?? ''}`);
      expect(message.textContent).to.equal('That code is not right. 3 tries left.');
      expect(message.ariaLive).to.equal('polite');
    });

    it('does not move when the message comes', async () => {
      await openAutoSubmitting();
      const before = find('button').getBoundingClientRect().top;
      await refuse();
      expect(find('button').getBoundingClientRect().top).to.equal(before);
    });

    it('asks for a full retype again after each failure', async () => {
      await failOnce();
      await type('222222');
      await refuse('');
      await refuse('That code is not right. 2 tries left.');
      await press('End', 'Backspace', '3');
      expect(submitted).to.deep.equal(['222222']);
      await paste('333333');
      expect(submitted).to.deep.equal(['222222', '333333']);
    });

    it('leaves the focus where it is, if that is elsewhere on the page', async () => {
      await openAutoSubmitting();
      const other = document.createElement('input');
      find('main').append(other);
      other.focus();
      await refuse();
      expect(document.activeElement === other).to.equal(true);
    });
  });
});
