/**
 * @file Speaks the person's language. English is at hand from the start; the others are fetched when wanted.
 */
import english from './i18n/en.js';

/** @typedef {import('./i18n/en.js').Texts} Texts */

/** Code and own name of every language there is a file for. */
export const LANGUAGES = /** @type {const} */ ({ en: 'English', de: 'Deutsch', es: 'Español', fr: 'Français' });

/** @type {Texts} */
let texts = english;
let language = 'en';

/** The first language of the browser that we speak. */
export function preferredLanguage() {
  const codes = navigator.languages.map((code) => code.slice(0, 2));
  return codes.find((code) => code in LANGUAGES) ?? 'en';
}

/**
 * Switches to a language and translates the page.
 * @param {string} code
 */
export async function speak(code) {
  if (!(code in LANGUAGES)) code = 'en';
  texts = code === 'en' ? english : (await import(`./i18n/${code}.js`)).default;
  language = code;
  document.documentElement.lang = code;
  document.title = texts.title;
  document.querySelector('meta[name="description"]')?.setAttribute('content', texts.description);
  translate(document);
}

/**
 * A text with its gaps filled.
 * @param {keyof Texts} key
 * @param {Record<string, string | number>} [values]
 */
export function t(key, values = {}) {
  return texts[key].replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
}

/**
 * Fills in the texts of marked elements: `data-t` names the content, `data-t-label` the accessible name, and tooltip of a control.
 * @param {ParentNode} root
 */
export function translate(root) {
  /** @type {NodeListOf<HTMLElement>} */
  const marked = root.querySelectorAll('[data-t], [data-t-label], [data-t-placeholder]');
  for (const element of marked) {
    const { t: content, tLabel: label, tPlaceholder: placeholder } = element.dataset;
    if (content) element.textContent = t(/** @type {keyof Texts} */ (content));
    if (label) element.ariaLabel = t(/** @type {keyof Texts} */ (label));
    if (label && element.matches('button, input')) element.title = element.ariaLabel ?? '';
    if (placeholder) element.setAttribute('placeholder', t(/** @type {keyof Texts} */ (placeholder)));
  }
}

/**
 * A confidence as a percentage that never claims certainty, nor impossibility.
 * @param {number} confidence in [0,1]
 */
export function percent(confidence) {
  const format = (/** @type {number} */ value) => new Intl.NumberFormat(language, { style: 'percent' }).format(value);
  if (confidence < 0.005) return t('lessThan', { percent: format(0.01) });
  if (confidence >= 0.995) return t('moreThan', { percent: format(0.99) });
  return format(confidence);
}

/**
 * A character called by its name, since O, o and 0 sound or look the same.
 * @param {string} label
 */
export function named(label) {
  return t(`${kindOf(label)}Named`, { label });
}

/**
 * @param {string} label
 * @returns {'digit' | 'capital' | 'small'}
 */
export function kindOf(label) {
  if (/\d/.test(label)) return 'digit';
  return label === label.toUpperCase() ? 'capital' : 'small';
}

/** "0, O or o". @param {string[]} items */
export function listOr(items) {
  if (items.length < 2) return items.join();
  return t('listOr', { first: items.slice(0, -1).join(', '), last: items[items.length - 1] });
}
