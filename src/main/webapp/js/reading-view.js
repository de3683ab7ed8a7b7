/**
 * @file Shows a reading: the words above their ink, the characters of the chosen word, and what else it may be.
 */
import { byId, createButton, setLabel, setPressed } from './dom.js';
import { characterName, percent, t } from './i18n.js';
import { textOf } from './reading.js';

/** @typedef {import('./reading.js').Word} Word */
/** @typedef {import('./reading.js').Character} Character */

/** Below this confidence a character is marked as doubtful. */
const DOUBTFUL = 0.6;
/** Room between two words that would overlap, in pixels. */
const GAP = 4;

/**
 * What a person chooses.
 * @typedef {object} Choices
 * @property {(word: Word) => void} word
 * @property {(word: Word, index: number) => void} letter a character of the chosen word
 * @property {(text: string) => void} suggestion
 * @property {(word: Word, index: number, label: string) => void} typed a key that replaces a character; nothing deletes it
 */

export class ReadingView {
  #words = byId('words');
  #letters = byId('letters');
  #suggestions = byId('suggestions');
  #choices;

  /** @param {Choices} choices */
  constructor(choices) {
    this.#choices = choices;
  }

  /**
   * @param {Word[]} words
   * @param {Word | null} chosen
   * @param {(word: Word) => [left: number, top: number]} place of a word on the sheet, in pixels
   */
  showWords(words, chosen, place) {
    const focused = this.#focusedIn(this.#words);
    let right = -Infinity;
    const buttons = words.map((word) => {
      const button = createButton('word', () => this.#choices.word(word));
      button.textContent = textOf(word);
      button.setAttribute('aria-label', `${textOf(word)}. ${t('correctWord')}`);
      setPressed(button, word === chosen);
      return button;
    });
    this.#words.replaceChildren(...buttons);
    buttons.forEach((button, i) => {
      const [left, top] = place(words[i]);
      const x = top > 0 ? left : Math.max(left, right + GAP);
      button.style.left = `${x}px`;
      button.style.top = `${top}px`;
      right = x + button.offsetWidth;
    });
    this.#restoreFocus(this.#words, focused);
  }

  /** @param {Word | null} word @param {number | null} chosen character */
  showLetters(word, chosen) {
    const focused = this.#focusedIn(this.#letters);
    const buttons = (word?.characters ?? []).map(({ label, confidence }, i) => {
      const button = createButton('letter', () => this.#choices.letter(/** @type {Word} */ (word), i));
      button.textContent = label;
      button.classList.toggle('doubtful', confidence < DOUBTFUL);
      setLabel(button, `${nameOf(label)}, ${percent(confidence)}`);
      setPressed(button, i === chosen);
      button.addEventListener('keydown', (event) => this.#onKeyDown(event, /** @type {Word} */ (word), i));
      return button;
    });
    this.#letters.replaceChildren(...buttons);
    this.#restoreFocus(this.#letters, focused);
  }

  /** @param {readonly string[]} texts @param {boolean} canDelete whether they are about one character, which may be too much */
  showSuggestions(texts, canDelete) {
    const focused = this.#focusedIn(this.#suggestions);
    const buttons = texts.map((text) => {
      const button = createButton('suggestion', () => this.#choices.suggestion(text));
      button.textContent = text;
      if ([...text].length === 1) setLabel(button, characterName(text));
      return button;
    });
    if (canDelete) {
      const button = createButton('suggestion', () => this.#choices.suggestion(''));
      button.textContent = '×';
      setLabel(button, t('deleteLetter'));
      buttons.push(button);
    }
    this.#suggestions.replaceChildren(...buttons);
    this.#restoreFocus(this.#suggestions, focused);
  }

  /** @param {KeyboardEvent} event @param {Word} word @param {number} index */
  #onKeyDown(event, word, index) {
    const { key, ctrlKey, metaKey, altKey } = event;
    if (ctrlKey || metaKey || altKey || key === ' ') return;
    if (key === 'Delete' || key === 'Backspace') this.#choices.typed(word, index, '');
    else if ([...key].length === 1) this.#choices.typed(word, index, key);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Which child has the focus. @param {HTMLElement} group */
  #focusedIn(group) {
    return [...group.children].indexOf(/** @type {Element} */ (document.activeElement));
  }

  /** The focus stays in its place, or moves to the last one that is left. @param {HTMLElement} group @param {number} index */
  #restoreFocus(group, index) {
    if (index < 0) return;
    const target = group.children[Math.min(index, group.children.length - 1)] ?? byId('line');
    /** @type {HTMLElement} */ (target).focus({ preventScroll: true });
  }
}

/** @param {string} label */
const nameOf = (label) => (label === ' ' ? t('space') : characterName(label));
