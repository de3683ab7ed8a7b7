/**
 * @file The settings dialog: appearance, drawing hand, language.
 */
import { byId, onClick } from './dom.js';
import { preferredLanguage, setLanguage } from './i18n.js';
import { load, save } from './store.js';

const PREFERS_DARK = matchMedia('(prefers-color-scheme: dark)');

const systemTheme = () => (PREFERS_DARK.matches ? 'dark' : 'light');

/**
 * Stores the choice made with a group of radio buttons.
 * @param {string} name of the group and of the stored value
 * @param {string} fallback used if nothing was chosen yet
 * @param {(value: string) => void} apply called now and after each change
 */
export function bindChoice(name, fallback, apply) {
  /** @type {NodeListOf<HTMLInputElement>} */
  const radios = document.querySelectorAll(`input[name="${name}"]`);
  const values = [...radios].map(({ value }) => value);
  const stored = load(name, fallback);
  const initial = values.includes(stored) ? stored : fallback;
  for (const radio of radios) {
    radio.checked = radio.value === initial;
    radio.addEventListener('change', () => {
      save(name, radio.value);
      apply(radio.value);
    });
  }
  apply(initial);
}

/**
 * @param {() => void} onThemeChange
 * @param {() => void} onLanguageChange
 */
export function setUpSettings(onThemeChange, onLanguageChange) {
  const root = document.documentElement;
  const dialog = /** @type {HTMLDialogElement} */ (byId('settings'));
  onClick('settings-open', () => dialog.showModal());
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close();
  });
  let theme = 'system';
  const applyTheme = () => {
    root.dataset.theme = theme === 'system' ? systemTheme() : theme;
    setBrowserColor(theme);
    onThemeChange();
  };
  bindChoice('theme', theme, (chosen) => {
    theme = chosen;
    applyTheme();
  });
  PREFERS_DARK.addEventListener('change', applyTheme);
  bindChoice('hand', 'right', (hand) => {
    root.dataset.hand = hand;
  });
  bindChoice('language', preferredLanguage(), async (language) => {
    try {
      await setLanguage(language);
    } finally {
      delete root.dataset.translating;
    }
    onLanguageChange();
  });
}

/** Applies the `theme-color` of the chosen theme, or that of the system's. @param {string} theme */
function setBrowserColor(theme) {
  /** @type {NodeListOf<HTMLMetaElement>} */
  const colors = document.querySelectorAll('meta[name="theme-color"]');
  for (const meta of colors) {
    const { scheme = '' } = meta.dataset;
    if (theme === 'system') meta.media = `(prefers-color-scheme: ${scheme})`;
    else meta.media = scheme === theme ? 'all' : 'not all';
  }
}
