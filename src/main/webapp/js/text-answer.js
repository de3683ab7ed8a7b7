/**
 * @file Shows the answers about a line, and keeps what a person corrects: another reading of a word, or single characters.
 */
import { byId } from './dom.js';
import { toPng } from './export.js';
import { t } from './i18n.js';
import { announce, showMessage, showQuietly } from './message.js';
import { ask } from './predict.js';
import {
  boxOf,
  inkOf,
  moveLeft,
  otherReadings,
  PICTURE_HEIGHT,
  pictureWidth,
  readWords,
  relabel,
  textOf,
} from './reading.js';
import { ReadingView } from './reading-view.js';

/** @typedef {import('./reading.js').TextAnswer} TextAnswer */
/** @typedef {import('./reading.js').Character} Character */
/** @typedef {import('./reading.js').Word} Word */

/** How long the pen rests until the reading is announced, in milliseconds. */
const REST = 900;
/** How many suggestions are shown. */
const SUGGESTIONS = 6;
/** How many characters are asked for. Every model has so many. */
const CANDIDATES = 4;
/** How much of the text before a word the server takes, in characters. */
const CONTEXT = 20;

export class TextAnswerView {
  #strokes;
  #model;
  #expected;
  #onText;
  #reading = new ReadingView({
    word: (word) => this.#chooseWord(word),
    letter: (word, index) => this.#chooseLetter(word, index),
    suggestion: (text) => this.#take(text),
    typed: (word, index, label) => this.#replaceLetter(word, index, label),
  });
  /** @type {TextAnswer | null} */
  #answer = null;
  /** @type {Word[]} */
  #words = [];
  /** What a person says that ink is. @type {Map<string, Character[]>} */
  #corrected = new Map();
  /** What more the server has said that ink may be. @type {Map<string, string[]>} */
  #more = new Map();
  /** The ink of the word that a person chose. */
  #chosenKey = '';
  /** The place of the chosen character in its word. @type {number | null} */
  #letter = null;
  /** @type {AbortController | null} */
  #request = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #rest;

  /**
   * @param {import('./strokes.js').Strokes} strokes
   * @param {import('./model.js').Model} model
   * @param {import('./expected.js').Expected} expected
   * @param {(text: string) => void} onText called with what the line reads now
   */
  constructor(strokes, model, expected, onText) {
    this.#strokes = strokes;
    this.#model = model;
    this.#expected = expected;
    this.#onText = onText;
    strokes.addEventListener('change', () => clearTimeout(this.#rest));
    new ResizeObserver(() => this.#renderWords()).observe(byId('scroller'));
  }

  /** What the line reads, and how sure the server was. */
  get best() {
    return this.#answer && { label: this.#text, confidence: this.#answer.confidence };
  }

  /** @param {TextAnswer} answer @param {object | null} isFinal null while the line is under way */
  show(answer, isFinal) {
    this.#answer = answer;
    this.#letter = null;
    this.#readWords();
    byId('words').classList.toggle('live', !isFinal);
    this.render();
    if (!isFinal) return;
    if (this.#isIllegible) return showMessage(t('illegibleText'), 'warning');
    showQuietly('');
    this.#onText(this.#text);
    this.#rest = setTimeout(() => this.#announce(), REST);
  }

  reset() {
    this.#answer = null;
    this.#words = [];
    this.setStale(false);
    this.render();
    showQuietly('');
  }

  /** The pen writes on: what was chosen is no longer meant. */
  leave() {
    clearTimeout(this.#rest);
    this.#chosenKey = '';
  }

  /** @param {boolean} stale */
  setStale(stale) {
    byId('words').classList.toggle('stale', stale);
    byId('ink').classList.toggle('stale', stale);
  }

  render() {
    const ink = /** @type {HTMLImageElement} */ (byId('ink'));
    ink.hidden = !this.#answer?.ink;
    if (this.#answer?.ink) ink.src = this.#answer.ink;
    ink.alt = t('inkAlt');
    byId('took').hidden = this.#answer === null;
    byId('took').textContent = `${Math.max(1, Math.round(this.#answer?.millis ?? 0))}\u00a0ms`;
    this.#expected.render();
    this.#renderWords();
    this.#reading.showLetters(this.#chosen, this.#letter);
    this.#reading.showSuggestions(this.#suggestions, this.#letter !== null);
  }

  #renderWords() {
    this.#reading.showWords(this.#words, this.#chosen, (word) => this.#placeOf(word));
  }

  #readWords() {
    this.#words = this.#read.map((word) => ({ ...word, characters: this.#corrected.get(word.key) ?? word.characters }));
  }

  /** The words as the server has read them. */
  get #read() {
    const { strokes } = this.#strokes.drawing;
    return this.#answer ? readWords(this.#answer, strokes, this.#expected.isField) : [];
  }

  get #text() {
    return this.#words.map(textOf).filter(Boolean).join(' ');
  }

  /** Whether the ink does not look like text. */
  get #isIllegible() {
    return (this.#answer?.legibility ?? 1) < (this.#model.description?.text?.legibility?.threshold ?? 0);
  }

  /** The word whose characters and suggestions are shown: the one that a person chose, or the last one. @returns {Word | null} */
  get #chosen() {
    return this.#words.find(({ key }) => key === this.#chosenKey) ?? this.#words[this.#words.length - 1] ?? null;
  }

  get #suggestions() {
    const word = this.#chosen;
    if (!this.#answer || !word) return [];
    const index = this.#words.indexOf(word);
    const others = [textOf(this.#read[index]), ...otherReadings(this.#answer, index, this.#expected.isField)];
    const texts = this.#letter === null ? others : lettersAt(others, this.#letter, word.characters.length);
    const current = this.#letter === null ? textOf(word) : word.characters[this.#letter]?.label;
    const all = new Set([...(this.#more.get(this.#inkKey) ?? []), ...texts]);
    return [...all].filter((text) => text && text !== current).slice(0, SUGGESTIONS);
  }

  /** Names the ink that the suggestions are about. */
  get #inkKey() {
    return `${this.#chosen?.key} ${this.#letter ?? ''}`;
  }

  /** Where a word is shown, in pixels: above its ink on a picture, and at the top edge of the sheet otherwise. @param {Word} word @returns {[number, number]} */
  #placeOf(word) {
    const [x, y] = boxOf(word) ?? [0, 0];
    const { picture } = this.#strokes.drawing;
    const { clientWidth, clientHeight } = byId('scroller');
    if (!picture) return [(x / PICTURE_HEIGHT) * clientHeight, 0];
    const scale = Math.min(clientWidth / picture.width, clientHeight / picture.height);
    const [left, top] = [clientWidth - picture.width * scale, clientHeight - picture.height * scale];
    return [left / 2 + x * scale, Math.max(0, top / 2 + y * scale - byId('words').offsetHeight)];
  }

  /** @param {Word} word */
  #chooseWord(word) {
    this.#chosenKey = word.key;
    this.#letter = null;
    this.render();
    if (word.strokes.length === 0 || this.#words.length === 1) return;
    const strokes = moveLeft(word.strokes);
    const before = this.#words.slice(0, this.#words.indexOf(word)).map((each) => `${textOf(each)} `);
    const image = toPng({ strokes, picture: null }, PICTURE_HEIGHT, pictureWidth(strokes));
    const options = { top: SUGGESTIONS, ...this.#expected.options, before: before.join('').slice(-CONTEXT) };
    const request = { path: 'predict/text', image, options, drawing: { strokes, picture: null } };
    this.#askMore(request, ({ text, alternatives }) => [text, ...alternatives.map((other) => other.text)]);
  }

  /** @param {Word} word @param {number} index of the character */
  #chooseLetter(word, index) {
    this.#chosenKey = word.key;
    this.#letter = index;
    this.render();
    const strokes = inkOf(word, index);
    if (strokes.length === 0) return;
    const drawing = { strokes, picture: null };
    const request = { image: toPng(drawing), options: { top: CANDIDATES }, drawing };
    this.#askMore(request, ({ predictions }) => predictions.map(({ label }) => label));
  }

  /**
   * Asks what else the chosen ink may be. Without an answer, the suggestions stay as they are.
   * @param {import('./predict.js').PredictRequest} request
   * @param {(answer: TextAnswer & import('./predict.js').Answer) => string[]} labelsOf
   */
  async #askMore(request, labelsOf) {
    const key = this.#inkKey;
    if (this.#more.has(key)) return;
    this.#request?.abort();
    this.#request = new AbortController();
    try {
      this.#more.set(key, labelsOf(/** @type {any} */ (await ask(request, this.#request.signal))));
    } catch {
      return;
    }
    if (key === this.#inkKey) this.render();
  }

  /** Takes a suggestion for the chosen character or word. @param {string} text */
  #take(text) {
    const word = this.#chosen;
    if (!word) return;
    if (this.#letter !== null) this.#replaceLetter(word, this.#letter, text);
    else this.#correct(word, relabel(word.characters, text));
  }

  /** @param {Word} word @param {number} index @param {string} label empty to delete the character */
  #replaceLetter(word, index, label) {
    const { box } = word.characters[index];
    const replacement = label ? [{ label, confidence: 1, box }] : [];
    this.#letter = label ? index : null;
    this.#correct(word, [...word.characters.slice(0, index), ...replacement, ...word.characters.slice(index + 1)]);
  }

  /** @param {Word} word @param {Character[]} characters */
  #correct(word, characters) {
    this.#corrected.set(word.key, characters);
    this.#chosenKey = word.key;
    this.#readWords();
    this.render();
    this.#onText(this.#text);
    this.#announce();
  }

  #announce() {
    announce(t('reads', { text: this.#text }));
  }
}

/** The characters at one place of texts that have the same length. @param {string[]} texts @param {number} index @param {number} length */
function lettersAt(texts, index, length) {
  return texts
    .map((text) => [...text])
    .filter((letters) => letters.length === length)
    .map((letters) => letters[index]);
}
