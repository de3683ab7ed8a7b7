/**
 * @file Shows the answers about a line, and keeps what a person corrects: another reading of a word, or single characters.
 */
import { CONTEXT } from './composition.js';
import { byId } from './dom.js';
import { t } from './i18n.js';
import { announce, showMessage, showQuietly } from './message.js';
import { toPng } from './png.js';
import { ask } from './predict.js';
import {
  boxOf,
  inkOf,
  otherReadings,
  partAround,
  patternsAround,
  PICTURE_HEIGHT,
  readWords,
  relabel,
  textOf,
} from './reading.js';
import { ReadingView } from './reading-view.js';

/** @typedef {import('./protocol').TextAnswer} TextAnswer */
/** @typedef {import('./protocol').Character} Character */
/** @typedef {import('./reading.js').Word} Word */
/** @typedef {import('./strokes.js').Drawing} Drawing */

/**
 * What is known of a line.
 * @typedef {object} Reading
 * @property {string} text
 * @property {TextAnswer | null} answer null while it is on its way
 * @property {[key: string, characters: Character[]][]} corrections what a person says, with the keys of the words
 */

/** How long the pen rests until the reading is announced, in milliseconds. */
const REST = 900;
/** A word is in doubt if it is less likely than this. */
const TRUSTED = 0.5;
/** How many suggestions are shown. */
const SUGGESTIONS = 6;
/** How many characters are asked for. Every model has so many. */
const CANDIDATES = 4;
/** With fewer suggestions for a word of a longer line, more are asked for. */
const FEW = 3;
/** The longest pattern that the server takes, in characters. */
const LONGEST_PATTERN = 200;
/** How high a word is shown on the sheet, in pixels. */
const WORD_HEIGHT = 30;
/** Above its ink, the height of a word depends on that of the ink: lines may be close together. */
const PART_OF_INK = 0.7;
const LEAST_HEIGHT = 16;

export class TextAnswerView {
  #strokes;
  #model;
  #expected;
  #onRead;
  /** The request that a drawing is read with. @type {(drawing: Drawing) => import('./protocol').PredictRequest} */
  #requestFor;
  #reading = new ReadingView({
    word: (word) => this.#chooseWord(word),
    letter: (word, index) => this.#chooseLetter(word, index),
    suggestion: (text) => this.#take(text),
    typed: (word, index, label) => this.#replaceLetter(word, index, label),
  });
  /** @type {TextAnswer | null} */
  #answer = null;
  /** The strokes that were on the sheet when it came. @type {readonly import('./strokes.js').Stroke[]} */
  #answered = [];
  /** @type {Word[]} */
  #words = [];
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
   * @param {import('./writing.js').Writing} strokes
   * @param {import('./model.js').Model} model
   * @param {import('./expected.js').Expected} expected
   * @param {(reading: Reading) => void} onRead called with what the line reads now
   * @param {(drawing: Drawing) => import('./protocol').PredictRequest} requestFor the request that a drawing is read with
   */
  constructor(strokes, model, expected, onRead, requestFor) {
    this.#strokes = strokes;
    this.#model = model;
    this.#expected = expected;
    this.#onRead = onRead;
    this.#requestFor = requestFor;
    strokes.addEventListener('change', () => this.#onChange());
    strokes.addEventListener('correct', (event) => this.#onCorrected(/** @type {CustomEvent} */ (event).detail));
    new ResizeObserver(() => this.#placeWords()).observe(byId('scroller'));
    byId('scroller').addEventListener('scroll', () => this.#placeWords());
  }

  /** What the line reads, and how sure the server was. */
  get best() {
    return this.#answer && { label: this.#text, confidence: this.#answer.confidence };
  }

  /** The answer shown. */
  get answer() {
    return this.#answer;
  }

  /** What was read of other ink says nothing about this. */
  #onChange() {
    clearTimeout(this.#rest);
    const { strokes } = this.#strokes.drawing;
    const isFirst = this.#answered.length === 0;
    if (strokes.length === 0 || !(isFirst || strokes.some((stroke) => this.#answered.includes(stroke)))) this.reset();
  }

  /** @param {TextAnswer} answer @param {object | null} isFinal null while the line is under way */
  show(answer, isFinal) {
    this.#answer = answer;
    this.#answered = this.#strokes.drawing.strokes;
    this.#letter = null;
    this.#readWords();
    byId('words').classList.toggle('live', !isFinal);
    this.render();
    if (!isFinal) return;
    if (this.#isIllegible) return showMessage(t('illegibleText'), 'warning');
    showQuietly(this.#isUnsure ? t('unsureText') : '', 'warning');
    this.#onRead(this.#known);
    this.#rest = setTimeout(() => this.#onRest(), REST);
  }

  reset() {
    this.#answer = null;
    this.#words = [];
    this.#letter = null;
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
    byId('reading').classList.toggle('stale', stale);
  }

  render() {
    const ink = /** @type {HTMLImageElement} */ (byId('ink'));
    ink.hidden = !this.#answer?.ink;
    if (this.#answer?.ink) ink.src = this.#answer.ink;
    ink.alt = t('inkAlt');
    byId('took').hidden = this.#answer === null;
    byId('took').textContent = `${Math.max(1, Math.round(this.#answer?.millis ?? 0))}\u00a0ms`;
    this.#expected.render();
    this.#reading.showWords(this.#words, this.#chosen);
    this.#placeWords();
    this.#reading.showLetters(this.#chosen, this.#letter);
    this.#reading.showSuggestions(this.#suggestions, this.#letter !== null);
  }

  #placeWords() {
    const { scrollLeft, clientWidth } = byId('scroller');
    const places = this.#words.map((word) => this.#placeOf(word));
    this.#reading.placeWords(places, scrollLeft, scrollLeft + clientWidth);
  }

  #readWords() {
    const most = this.#mostConfidence;
    this.#words = this.#read.map((word) => ({
      ...word,
      characters: this.#strokes.corrected(word.key) ?? word.characters.map((each) => atMost(each, most)),
    }));
  }

  /** The words as the server has read them. */
  get #read() {
    return this.#answer ? readWords(this.#answer, this.#answered, this.#expected.isField) : [];
  }

  /** @returns {Reading} */
  get #known() {
    const corrections = this.#words.flatMap(({ key }) => {
      const characters = this.#strokes.corrected(key);
      return characters ? [/** @type {[string, Character[]]} */ ([key, characters])] : [];
    });
    return { text: this.#text, answer: this.#answer, corrections };
  }

  get #text() {
    return this.#words.map(textOf).filter(Boolean).join(' ');
  }

  /** How sure any character can be. */
  get #mostConfidence() {
    if (this.#isIllegible) return this.#answer?.legibility ?? 0;
    return this.#isUnsure ? (this.#answer?.confidence ?? 0) : 1;
  }

  /** Whether the words are less likely right than wrong. That makes each of their characters doubtful, even if all readings share it. */
  get #isUnsure() {
    const { confidence = 1 } = this.#answer ?? {};
    return confidence ** (1 / Math.max(1, this.#read.length)) < TRUSTED;
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
    const { key = '', characters } = this.#chosen ?? {};
    return this.#letter === null ? key : `${key} ${this.#letter} of ${characters?.length}`;
  }

  /** Where a word is shown: at the top edge of the sheet, or above its ink on a picture and if there are several lines. @param {Word} word @returns {import('./reading-view.js').Place} */
  #placeOf(word) {
    const [x, y, width, height] = boxOf(word) ?? [0, 0, 0, 0];
    const { picture } = this.#strokes.drawing;
    const { clientWidth, clientHeight } = byId('scroller');
    const scale = picture
      ? Math.min(clientWidth / picture.width, clientHeight / picture.height)
      : clientHeight / PICTURE_HEIGHT;
    const [left, above] = picture
      ? [(clientWidth - picture.width * scale) / 2, (clientHeight - picture.height * scale) / 2]
      : [0, 0];
    const isAbove = picture || this.#answer?.lines;
    const high = isAbove ? Math.max(LEAST_HEIGHT, Math.min(WORD_HEIGHT, PART_OF_INK * height * scale)) : WORD_HEIGHT;
    return {
      left: left + x * scale,
      right: left + (x + width) * scale,
      top: isAbove ? Math.max(0, above + y * scale - high) : 0,
      height: high,
    };
  }

  /** @param {Word} word */
  #chooseWord(word) {
    this.#chosenKey = word.key;
    this.#letter = null;
    this.render();
    if (this.#words.length > 1) this.#askAboutLine();
  }

  /** @param {Word} word @param {number} index of the character */
  #chooseLetter(word, index) {
    this.#chosenKey = word.key;
    this.#letter = index;
    this.render();
    const strokes = inkOf(word, index);
    if (strokes.length === 0) return this.#askAboutLine();
    const drawing = { strokes, picture: null };
    const requestFor = async () => ({ image: toPng(drawing), options: { top: CANDIDATES }, drawing });
    this.#askMore(requestFor, ({ predictions }) => predictions.map(({ label }) => label));
  }

  #onRest() {
    this.#announce();
    if (this.#words.length > 1 && this.#letter === null && this.#suggestions.length < FEW) this.#askAboutLine();
  }

  /** Asks what else the chosen word or character may be if the rest of its line is read as before. */
  #askAboutLine() {
    const word = this.#chosen;
    if (!word) return;
    const words = this.#isReadAlone ? [word] : this.#read.map((each) => (each.key === word.key ? word : each));
    const [before, after] = patternsAround(words, word, this.#letter);
    const isWord = this.#letter === null;
    const pattern = before + (isWord ? '.+' : '.') + after;
    if (pattern.length > LONGEST_PATTERN) return;
    const options = {
      ...(this.#isReadAlone && { before: this.#textBefore(word) }),
      ...(!isWord && { dictionary: 'none' }),
      top: SUGGESTIONS + 1,
      pattern,
      ink: false,
    };
    const requestFor = async () => {
      const request = this.#requestFor(await this.#lineOf(word));
      return { ...request, options: { ...request.options, ...options } };
    };
    this.#askMore(requestFor, (answer) =>
      [answer, ...answer.alternatives].map(({ text }) => text.slice(before.length, text.length - after.length)),
    );
  }

  /**
   * Asks what else the chosen ink may be. Without an answer, the suggestions stay as they are.
   * @param {() => Promise<import('./protocol').PredictRequest>} requestFor
   * @param {(answer: TextAnswer & import('./protocol').Answer) => string[]} labelsOf
   */
  async #askMore(requestFor, labelsOf) {
    const key = this.#inkKey;
    if (this.#more.has(key)) return;
    this.#request?.abort();
    this.#request = new AbortController();
    try {
      this.#more.set(key, labelsOf(/** @type {any} */ (await ask(await requestFor(), this.#request.signal))));
    } catch {
      return;
    }
    if (key === this.#inkKey) this.render();
  }

  /** Whether a word is asked about without its line: on a picture with several lines, these may be close together. */
  get #isReadAlone() {
    return Boolean(this.#strokes.drawing.picture && this.#answer?.lines);
  }

  /** What stands before a word on a picture. @param {Word} word */
  #textBefore(word) {
    const words = this.#words.slice(0, this.#words.indexOf(word));
    return words
      .map((each) => `${textOf(each)} `)
      .join('')
      .slice(-CONTEXT);
  }

  /** The line of a word, or the word alone. @param {Word} word @returns {Promise<Drawing>} */
  async #lineOf(word) {
    const { picture } = this.#strokes.drawing;
    const strokes = this.#words.filter(({ line }) => line === word.line).flatMap((each) => each.strokes);
    if (!picture || !this.#isReadAlone) return { strokes, picture };
    const { crop, requireCanvas } = await import('./picture-file.js');
    await requireCanvas();
    return { strokes, picture: await crop(picture, partAround(word, picture)) };
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
    this.#strokes.correct(word.key, characters);
  }

  /** @param {string} key names the ink of the word */
  #onCorrected(key) {
    if (!this.#answer) return;
    this.#chosenKey = key;
    this.#readWords();
    if ((this.#letter ?? 0) >= (this.#chosen?.characters.length ?? 0)) this.#letter = null;
    this.render();
    this.#onRead(this.#known);
    this.#announce();
  }

  #announce() {
    announce(t('reads', { text: this.#text }));
    if (this.#isUnsure) announce(t('unsureText'));
  }
}

/** @param {Character} character @param {number} confidence @returns {Character} */
const atMost = (character, confidence) => ({ ...character, confidence: Math.min(character.confidence, confidence) });

/** The characters at one place of texts that have the same length. @param {string[]} texts @param {number} index @param {number} length */
function lettersAt(texts, index, length) {
  return texts
    .map((text) => [...text])
    .filter((letters) => letters.length === length)
    .map((letters) => letters[index]);
}
