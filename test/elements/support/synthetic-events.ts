/*
 * What no key press makes: events as browsers and phones send them, made by hand. Titles of tests that use them say so.
 */

const input = (target: HTMLInputElement, init: InputEventInit): void => {
  target.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true, ...init }));
};

/** A browser that fills in: `inputType` as Firefox and iOS have it; Chrome's event has none. */
export const autofill = (target: HTMLInputElement, text: string, inputType?: string): void => {
  target.value = text;
  if (inputType) input(target, { inputType, data: text });
  else target.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
};

/** As iOS once filled in: an event for each character, without a key. */
export const fillOneByOne = (target: HTMLInputElement, text: string): void => {
  for (const data of text) {
    target.value += data;
    input(target, { inputType: 'insertText', data });
  }
};

/** A keyboard that composes: each event brings all that is composed so far. */
export const compose = (target: HTMLInputElement, text: string): void => {
  const before = target.value;
  target.dispatchEvent(new CompositionEvent('compositionstart', { bubbles: true }));
  for (let length = 1; length <= text.length; length += 1) {
    const data = text.slice(0, length);
    target.value = before + data;
    input(target, { inputType: 'insertCompositionText', data, isComposing: true });
  }
  target.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true, data: text }));
};

/** Text from elsewhere is let go over the field. */
export const drop = (target: HTMLInputElement, text: string): void => {
  const dataTransfer = new DataTransfer();
  dataTransfer.setData('text/plain', text);
  target.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
};
