/**
 * @file Appearance, drawing hand and language. `settings-dialog.js` lets a person choose them.
 */
import { preferredLanguage, setLanguage } from './i18n.js';
import { load, save } from './store.js';

/** @typedef {{value: string, apply: () => void}} Setting */

const PREFERS_DARK = matchMedia('(prefers-color-scheme: dark)');

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
 * Applies the stored settings.
 * @param {() => void} onThemeChange
 * @param {() => void} onLanguageChange
 */
export function setUpSettings(onThemeChange, onLanguageChange) {
  const root = document.documentElement;
  /** @type {Record<'theme' | 'hand' | 'language', Setting>} */
  const settings = {
    theme: {
      value: load('theme', 'system'),
      apply() {
        const isDark = this.value === 'dark' || (this.value !== 'light' && PREFERS_DARK.matches);
        root.dataset.theme = isDark ? 'dark' : 'light';
        setBrowserColor(this.value);
        onThemeChange();
      },
    },
    hand: {
      value: load('hand', 'right'),
      apply() {
        root.dataset.hand = this.value;
      },
    },
    language: {
      value: load('language', preferredLanguage()),
      async apply() {
        try {
          await setLanguage(this.value);
        } finally {
          delete root.dataset.translating;
        }
        onLanguageChange();
      },
    },
  };
  for (const setting of Object.values(settings)) setting.apply();
  PREFERS_DARK.addEventListener('change', () => settings.theme.apply());
  return settings;
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
