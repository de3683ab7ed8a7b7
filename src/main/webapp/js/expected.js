/**
 * @file What text is expected: a number, a code, a word, or a pattern of one's own.
 */
import { byId } from './dom.js';
import { toPng } from './export.js';
import { t } from './i18n.js';
import { ask, Problem } from './predict.js';
import { bindChoice } from './settings.js';
import { load, save } from './store.js';
import { BLANK } from './strokes.js';

/** The options of the API for each choice. @type {Record<string, Record<string, string>>} */
const OPTIONS = {
  any: {},
  number: { pattern: '-?\\d+([.,:/]\\d+)*%?', dictionary: 'none' },
  code: { pattern: '[A-Z0-9]+([-./ ][A-Z0-9]+)*', dictionary: 'none' },
  word: { pattern: "[A-Za-z]+(['-][A-Za-z]+)*" },
};

/** How long a person types no more until the pattern is checked, in milliseconds. */
const TYPING_PAUSE = 400;
/** Height of an empty picture in pixels. */
const SMALL = 8;

/** Fires `change` when something else is expected. */
export class Expected extends EventTarget {
  #choice = 'any';
  /** The last pattern that the server has accepted. */
  #pattern = '';
  #field = /** @type {HTMLInputElement} */ (byId('pattern'));
  /** The last problem with the pattern. @type {Problem | null} */
  #problem = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  constructor() {
    super();
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

  /** Says what is wrong with the pattern. */
  render() {
    const position = this.#problem?.position;
    byId('pattern-error').textContent = this.#problem
      ? t(position === undefined ? 'badPattern' : 'badPatternAt', { position: (position ?? 0) + 1 })
      : '';
    this.#field.setAttribute('aria-invalid', String(this.#problem !== null));
  }

  /** Asks the server whether it understands the pattern. An empty sheet is refused only after that. */
  async #check() {
    clearTimeout(this.#timer);
    const pattern = this.#field.value;
    const problem = pattern === '' ? null : await refusalOf(pattern);
    if (pattern !== this.#field.value) return;
    this.#problem = problem;
    this.render();
    if (problem || pattern === this.#pattern) return;
    this.#pattern = pattern;
    save('pattern', pattern);
    this.dispatchEvent(new Event('change'));
  }
}

/** @param {string} pattern @returns {Promise<Problem | null>} */
async function refusalOf(pattern) {
  const request = { path: 'predict/text', image: toPng(BLANK, SMALL), options: { pattern }, drawing: BLANK };
  const problem = await ask(request, new AbortController().signal).catch((cause) => cause);
  return problem instanceof Problem && problem.kind === 'bad-option' ? problem : null;
}
