/**
 * @file Shows a reading: the words above their ink, the characters of the chosen word, and what else it may be.
 */
import { byId, createButton, createElement, setLabel, setPressed } from './dom.js';
import { characterName, percent, t } from './i18n.js';
import { textOf } from './reading.js';
import { lastGrapheme } from './text-line.js';

/** @typedef {import('./reading.js').Word} Word */
/** @typedef {import('./protocol').Character} Character */

/** Below this confidence a character is marked as doubtful. */
const DOUBTFUL = 0.6;
/** Where a word is shown, in pixels of the sheet: beside its ink, from left to right. @typedef {{left: number, right: number, top: number, height: number}} Place */

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
  /** Stays where it is while suggestions come and go, so that it keeps the focus and the keyboard of a phone. */
  #field = this.#createField();

  /** @param {Choices} choices */
  constructor(choices) {
    this.#choices = choices;
    this.#suggestions.append(this.#field);
  }

  /** @param {Word[]} words @param {Word | null} chosen */
  showWords(words, chosen) {
    const focused = this.#focusedIn(this.#words);
    const buttons = words.map((word) => {
      const button = createButton('word', () => this.#choices.word(word));
      button.addEventListener('click', ({ detail }) => detail === 0 && this.#focusOnReadings());
      button.textContent = textOf(word);
      button.setAttribute('aria-label', `${textOf(word)}. ${t('correctWord')}`);
      button.classList.toggle(
        'doubtful',
        word.characters.every(({ confidence }) => confidence < DOUBTFUL),
      );
      setPressed(button, word === chosen);
      return button;
    });
    this.#words.replaceChildren(...buttons);
    this.#restoreFocus(this.#words, focused);
  }

  /**
   * Puts the words where their ink is in view, side by side.
   * @param {readonly Place[]} places of all words
   * @param {number} left edge of the view, in pixels
   * @param {number} right edge of the view
   */
  placeWords(places, left, right) {
    /** @type {Place | null} */
    let last = null;
    let end = 0;
    [...this.#words.children].forEach((child, i) => {
      const { style } = /** @type {HTMLElement} */ (child);
      const place = places[i];
      style.setProperty('--word-height', `${place.height}px`);
      const { width } = child.getBoundingClientRect();
      const isBeside = last !== null && place.top < last.top + last.height && last.top < place.top + place.height;
      const isInView = place.left < right;
      const nearest = Math.max(place.left, Math.min(left, place.right - width));
      const x = Math.max(isInView ? Math.min(nearest, right - width) : nearest, isBeside ? end + GAP : 0);
      style.left = `${x}px`;
      style.top = `${place.top}px`;
      end = x + width;
      last = place;
    });
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

  /** @param {readonly string[]} texts @param {boolean} isLetter whether they are about one character, which may be another one or too much */
  showSuggestions(texts, isLetter) {
    const focused = this.#focusedIn(this.#suggestions);
    const buttons = texts.map((text) => this.#suggestion(text, text));
    for (const button of buttons) {
      const text = button.textContent ?? '';
      if ([...text].length === 1) setLabel(button, characterName(text));
    }
    if (isLetter) buttons.push(this.#deletion());
    this.#field.hidden = !isLetter;
    setLabel(this.#field, t('typeLetter'));
    for (const old of this.#suggestions.querySelectorAll('button')) old.remove();
    this.#suggestions.append(...buttons);
    this.#restoreFocus(this.#suggestions, focused);
  }

  /** @param {string} text @param {string} caption */
  #suggestion(text, caption) {
    const button = createButton('suggestion', () => this.#choices.suggestion(text));
    button.textContent = caption;
    return button;
  }

  #deletion() {
    const button = this.#suggestion('', '×');
    setLabel(button, t('deleteLetter'));
    return button;
  }

  /** Takes a character that a person types. */
  #createField() {
    const field = createElement('input', 'other-letter');
    field.type = 'text';
    field.placeholder = '…';
    field.autocapitalize = 'off';
    field.autocomplete = 'off';
    field.addEventListener('input', () => {
      const label = lastGrapheme(field.value.trim());
      field.value = '';
      if (label) this.#choices.suggestion(label);
    });
    return field;
  }

  /** Whoever chose a word with a key goes on to what it may be. */
  #focusOnReadings() {
    const target = document.querySelector('#suggestions button') ?? this.#letters.firstElementChild;
    /** @type {HTMLElement | null} */ (target)?.focus({ preventScroll: true });
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

  /** Which visible child has the focus. @param {HTMLElement} group */
  #focusedIn(group) {
    return visibleIn(group).indexOf(/** @type {HTMLElement} */ (document.activeElement));
  }

  /** The focus stays in its place, or moves to the last one that is left. @param {HTMLElement} group @param {number} index */
  #restoreFocus(group, index) {
    if (index < 0) return;
    const children = visibleIn(group);
    const target = children[Math.min(index, children.length - 1)] ?? byId('line');
    if (target !== document.activeElement) target.focus({ preventScroll: true });
  }
}

/** @param {string} label */
const nameOf = (label) => (label === ' ' ? t('space') : characterName(label));

/** @param {HTMLElement} group */
const visibleIn = (group) => /** @type {HTMLElement[]} */ ([...group.children]).filter((child) => !child.hidden);
