/**
 * @file The choices a person makes once: appearance, drawing hand, language, expected set, brush.
 */
import { preferredLanguage, speak } from './i18n.js';
import { recall, remember } from './store.js';

/**
 * Ties a group of radio buttons to a remembered choice.
 * @param {string} name of the group and of the memory
 * @param {string} otherwise choice of someone who never chose
 * @param {(value: string) => void} apply called now and after each change
 */
export function choice(name, otherwise, apply) {
  /** @type {NodeListOf<HTMLInputElement>} */
  const radios = document.querySelectorAll(`input[name="${name}"]`);
  const known = [...radios].map(({ value }) => value);
  const remembered = recall(name, otherwise);
  const start = known.includes(remembered) ? remembered : otherwise;
  for (const radio of radios) {
    radio.checked = radio.value === start;
    radio.addEventListener('change', () => {
      remember(name, radio.value);
      apply(radio.value);
    });
  }
  apply(start);
}

/**
 * Sets up the settings dialog.
 * @param {() => void} redraw called when colours changed
 * @param {() => void} respeak called when the language changed
 */
export function setUpSettings(redraw, respeak) {
  const root = document.documentElement;
  const dialog = /** @type {HTMLDialogElement} */ (document.getElementById('settings'));
  document.getElementById('settings-open')?.addEventListener('click', () => dialog.showModal());
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close();
  });
  /** @type {NodeListOf<HTMLMetaElement>} */
  const barColours = document.querySelectorAll('meta[name="theme-color"]');
  const systemMedia = [...barColours].map(({ media }) => media);
  choice('theme', 'system', (theme) => {
    root.dataset.theme = theme;
    barColours.forEach((meta, i) => {
      const wanted = systemMedia[i].includes(theme) ? 'all' : 'not all';
      meta.media = theme === 'system' ? systemMedia[i] : wanted;
    });
    redraw();
  });
  choice('hand', 'right', (hand) => {
    root.dataset.hand = hand;
  });
  choice('language', preferredLanguage(), async (language) => {
    try {
      await speak(language);
    } finally {
      delete root.dataset.translating;
    }
    respeak();
  });
}
