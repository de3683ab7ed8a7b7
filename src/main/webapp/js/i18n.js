/**
 * @file Translations. English is part of the page; other languages are fetched when chosen.
 */
import { kindOf } from './characters.js';
import english from './i18n/en.js';

/** @typedef {import('./i18n/en.js').Texts & import('./i18n/later/en.js').Texts} Texts */

/** The codes of all languages. Each has a file in `i18n/`. */
const LANGUAGES = ['en', 'de', 'es', 'fr'];

let texts = /** @type {Texts} */ (english);
let language = 'en';
/** The language that was chosen last. Its texts may be on their way. */
let wanted = 'en';
/** Where the texts are. Those of features that are loaded later come with the first of these. */
let folders = ['i18n'];
/** @type {Promise<void> | null} */
let later = null;
/** The languages on their way. */
let arrival = Promise.resolve();

/** The first of the browser's languages that the page has, or English. */
export function preferredLanguage() {
  const codes = navigator.languages.map((code) => code.slice(0, 2));
  return codes.find((code) => LANGUAGES.includes(code)) ?? 'en';
}

/**
 * Switches the language and translates the page.
 * @param {string} code
 */
export async function setLanguage(code) {
  const known = (wanted = LANGUAGES.includes(code) ? code : 'en');
  const isComplete = known === 'en' && folders.length === 1;
  const imported = isComplete ? [] : folders.map((folder) => import(`./${folder}/${known}.js`));
  arrival = Promise.allSettled(imported).then(() => {});
  texts = Object.assign({}, english, ...(await Promise.all(imported)).map((module) => module.default));
  language = known;
  document.documentElement.lang = known;
  document.title = texts.title;
  document.querySelector('meta[name="description"]')?.setAttribute('content', texts.description);
  translate();
}

/** Loads the texts of features that are loaded when they are first used. */
export function loadLaterTexts() {
  folders = ['i18n', 'i18n/later'];
  later ??= setLanguage(wanted).catch((cause) => {
    folders = ['i18n'];
    later = null;
    throw cause;
  });
  return later;
}

/** Resolves when the chosen language has arrived. */
export const translated = () => arrival;

/**
 * A text in the current language.
 * @param {keyof Texts} key
 * @param {Record<string, string | number>} [values] for the placeholders in braces
 */
export function t(key, values = {}) {
  return texts[key].replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
}

/**
 * Fills in the texts of marked elements: `data-t` names the key of the content, `data-t-label` the key of the accessible
 * name and the tooltip, `data-t-placeholder` the key of the placeholder.
 * @param {ParentNode} root
 */
export function translate(root = document) {
  /** @type {NodeListOf<HTMLElement>} */
  const marked = root.querySelectorAll('[data-t], [data-t-label], [data-t-placeholder]');
  for (const element of marked) {
    const { t: content, tLabel: label, tPlaceholder: placeholder } = element.dataset;
    if (content) element.textContent = t(/** @type {keyof Texts} */ (content));
    if (label) element.setAttribute('aria-label', t(/** @type {keyof Texts} */ (label)));
    if (label && element.matches('button, input')) element.title = t(/** @type {keyof Texts} */ (label));
    if (placeholder) element.setAttribute('placeholder', t(/** @type {keyof Texts} */ (placeholder)));
  }
}

/**
 * A confidence as a percentage, never 0 % or 100 %.
 * @param {number} confidence in [0,1]
 */
export function percent(confidence) {
  const format = (/** @type {number} */ value) => new Intl.NumberFormat(language, { style: 'percent' }).format(value);
  if (confidence < 0.005) return `<${format(0.01)}`;
  if (confidence >= 0.995) return `>${format(0.99)}`;
  return format(confidence);
}

/**
 * The name of a character, such as "capital O": on their own, O, o and 0 look or sound the same. A text names itself.
 * @param {string} label
 */
export function characterName(label) {
  if ([...label].length > 1) return label;
  return t(`${kindOf(label)}Name`, { label });
}

/** "0, O or o". @param {string[]} items */
export function listOr(items) {
  if (items.length < 2) return items.join();
  return t('listOr', { first: items.slice(0, -1).join(', '), last: items[items.length - 1] });
}
