/**
 * @file The line of text that recognized characters are added to.
 */
import { byId, onClick } from './dom.js';
import { characterName, t } from './i18n.js';
import { announce, showMessage } from './message.js';
import { load, save } from './store.js';

/** Removes the last code point. @param {string} text */
export const withoutLast = (text) => [...text].slice(0, -1).join('');

export class TextLine {
  #input = /** @type {HTMLInputElement} */ (byId('text'));

  constructor() {
    this.#input.value = load('text', '');
    this.#input.addEventListener('input', () => save('text', this.#input.value));
    onClick('backspace', () => this.#deleteLast());
    onClick('copy', () => this.#copy());
  }

  /** @param {string} label */
  append(label) {
    this.#set(this.#input.value + label);
    showMessage(t('added', { name: characterName(label) }));
  }

  #deleteLast() {
    const { value } = this.#input;
    const rest = withoutLast(value);
    this.#set(rest);
    const last = value.slice(rest.length);
    if (last) announce(t('deleted', { name: last === ' ' ? t('space') : characterName(last) }));
  }

  /** @param {string} text */
  #set(text) {
    this.#input.value = text;
    save('text', text);
  }

  async #copy() {
    try {
      await navigator.clipboard.writeText(this.#input.value);
      showMessage(t('copied'));
    } catch {
      this.#input.select();
      showMessage(t('copyFailed'));
    }
  }
}
