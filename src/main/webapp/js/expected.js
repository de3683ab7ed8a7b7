/**
 * @file What text is expected: a number, a code, a word, or a pattern of one's own.
 */
import { byId } from './dom.js';
import { t } from './i18n.js';
import { bindChoice } from './settings.js';
import { load, save } from './store.js';

/** The options of the API for each choice. @type {Record<string, Record<string, string>>} */
const OPTIONS = {
  any: {},
  number: { pattern: '-?\\d+([.,:/]\\d+)*%?', dictionary: 'none' },
  code: { pattern: '[A-Z0-9]+([-./ ][A-Z0-9]+)*', dictionary: 'none' },
  word: { pattern: "[A-Za-z]+(['-][A-Za-z]+)*" },
};

/** How long a person types no more until the pattern is checked, in milliseconds. */
const TYPING_PAUSE = 400;

/** Fires `change` when something else is expected. */
export class Expected extends EventTarget {
  #model;
  #choice = 'any';
  /** The last pattern without a mistake. */
  #pattern = '';
  #field = /** @type {HTMLInputElement} */ (byId('pattern'));
  /** What is wrong with the pattern in the field. @type {import('./device/decoding/field-pattern.js').InvalidPatternError | null} */
  #mistake = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {import('./model.js').Model} model */
  constructor(model) {
    super();
    this.#model = model;
    this.#field.value = this.#pattern = load('pattern', '');
    this.#field.addEventListener('input', () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#check(), TYPING_PAUSE);
    });
    this.#field.addEventListener('change', () => this.#check());
    bindChoice('expected', 'any', (choice) => {
      this.#choice = choice;
      byId('custom').hidden = choice !== 'custom';
      if (choice === 'custom') this.#check();
      this.dispatchEvent(new Event('change'));
    });
  }

  /** Whether the whole text is one item, such as a number. */
  get isField() {
    return this.options.pattern !== undefined;
  }

  /** @returns {Record<string, string>} options of the API */
  get options() {
    if (this.#choice !== 'custom') return OPTIONS[this.#choice];
    return this.#pattern ? { pattern: this.#pattern } : {};
  }

  /** Says what is wrong with the pattern, and what is expected instead. */
  render() {
    const mistake = this.#mistake;
    const [position, reason] = [(mistake?.position ?? 0) + 1, mistake && t(mistake.reason)];
    const rest = this.#pattern ? t('patternStays', { pattern: this.#pattern }) : t('patternNone');
    byId('pattern-error').textContent = reason ? `${t('badPattern', { position, reason })} ${rest}` : '';
    this.#field.setAttribute('aria-invalid', String(mistake !== null));
  }

  /** Takes over the pattern in the field, unless that has a mistake. */
  async #check() {
    clearTimeout(this.#timer);
    const pattern = this.#field.value;
    const mistake = pattern === '' ? null : await this.#mistakeIn(pattern);
    if (pattern !== this.#field.value) return;
    this.#mistake = mistake;
    this.render();
    if (mistake || pattern === this.#pattern) return;
    this.#pattern = pattern;
    save('pattern', pattern);
    this.dispatchEvent(new Event('change'));
  }

  /** @param {string} pattern */
  async #mistakeIn(pattern) {
    const { mistakeIn } = await import('./pattern-check.js');
    return mistakeIn(pattern, this.#model.description?.text?.alphabet);
  }
}
