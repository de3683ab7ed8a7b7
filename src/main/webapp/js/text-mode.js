/**
 * @file Writing text. It is loaded when a person first chooses it.
 *
 * From pen up to the text:
 * 1. `Pad` and `Strokes` take the stroke, as for one character. `Scroller` keeps room for the next one.
 * 2. `TextRecognizer` asks about the whole line.
 * 3. `readWords` finds the words of the answer and the strokes that each was written with.
 * 4. `ReadingView` shows them above their ink, and what else they may be.
 * 5. `Composition` puts the line into the text, and rewrites it there while it grows.
 */
import { Composition } from './composition.js';
import { byId, onClick } from './dom.js';
import { Expected } from './expected.js';
import { toPng } from './export.js';
import { t, translate } from './i18n.js';
import { announce, showMessage, showQuietly } from './message.js';
import { Pad } from './pad.js';
import { fetchJson } from './predict.js';
import {
  boxOf,
  cutOut,
  moveLeft,
  otherReadings,
  PICTURE_HEIGHT,
  pictureWidth,
  readWords,
  relabel,
  textOf,
} from './reading.js';
import { ReadingView } from './reading-view.js';
import { Scroller } from './scroller.js';
import { Strokes } from './strokes.js';
import { TextRecognizer } from './text-recognizer.js';
import { TextSheet } from './text-sheet.js';

/** @typedef {import('./reading.js').TextAnswer} TextAnswer */
/** @typedef {import('./reading.js').Word} Word */

/** Ink width in sheet units. */
const BRUSH = 9;
/** How long the pen rests until the reading is announced, in milliseconds. */
const REST = 900;
/** How many suggestions are shown. */
const SUGGESTIONS = 6;
/** How many characters are asked for. Every model has so many. */
const CANDIDATES = 6;
/** How long to wait for more suggestions, in milliseconds. */
const TIMEOUT = 5000;

/** The parts that only text has, by the selector of what they are appended to. */
const MARKUP = {
  '.stage': `
    <div id="reading">
      <p class="headline" id="text-prompt" data-t="textPrompt"></p>
      <div id="letters" role="group" data-t-label="wordLetters"></div>
      <div id="suggestions" role="group" data-t-label="suggestions"></div>
    </div>`,
  '.paper': `
    <div id="scroller">
      <canvas id="line" tabindex="0" role="img" aria-describedby="line-help"></canvas>
      <div id="words" role="group" data-t-label="words"></div>
      <p class="visually-hidden" id="line-help" data-t="textHelp"></p>
    </div>`,
  '.tools': `
    <button type="button" class="icon" id="earlier" data-t-label="earlier" disabled><svg aria-hidden="true" viewBox="0 0 24 24"><path d="m14 6-6 6 6 6"/></svg></button>
    <button type="button" class="icon" id="later" data-t-label="later" disabled><svg aria-hidden="true" viewBox="0 0 24 24"><path d="m10 6 6 6-6 6"/></svg></button>
    <button type="button" id="done" data-t="done"></button>`,
  '.detail': `
    <fieldset class="segments" id="expected">
      <legend data-t="expectedText"></legend>
      <label><input type="radio" name="expected" value="any"><span data-t="anyText"></span></label>
      <label><input type="radio" name="expected" value="word"><span data-t="word"></span></label>
      <label><input type="radio" name="expected" value="number"><span data-t="number"></span></label>
      <label><input type="radio" name="expected" value="code"><span data-t="code"></span></label>
      <label><input type="radio" name="expected" value="custom"><span data-t="custom"></span></label>
    </fieldset>
    <div id="custom" hidden>
      <label for="pattern" data-t="pattern"></label>
      <input type="text" id="pattern" maxlength="200" autocomplete="off" autocapitalize="off" spellcheck="false" placeholder="[A-Z]{2}-[0-9]{4}" aria-describedby="pattern-error pattern-hint">
      <p id="pattern-error" role="alert" data-tone="error"></p>
      <p class="hint" id="pattern-hint" data-t="patternHint"></p>
    </div>`,
};

for (const [css, html] of Object.entries(MARKUP)) {
  const place = css === '.detail' ? 'afterbegin' : 'beforeend';
  document.querySelector(css)?.insertAdjacentHTML(place, html);
}
translate();

export default class TextMode {
  strokes = new Strokes();
  pad;
  sheet;
  recognizer;
  view = this;

  #model;
  #composition;
  #expected;
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
  /** What a person says that ink is. @type {Map<string, import('./reading.js').Character[]>} */
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

  /** @param {import('./main.js').Parts} parts */
  constructor({ model, text, history }) {
    const { strokes } = this;
    this.#model = model;
    const canvas = /** @type {HTMLCanvasElement} */ (byId('line'));
    this.#composition = new Composition(strokes, text);
    this.pad = new Pad(canvas, strokes);
    this.pad.brush = BRUSH;
    this.pad.addEventListener('begin', () => this.#onPenDown());
    this.sheet = new TextSheet(
      () => this.#onRestored(),
      strokes,
      this.pad,
      (drawing, label) => {
        this.#composition.end();
        history.add(
          drawing,
          label ? { label, confidence: this.#answer?.confidence ?? 0 } : null,
          null,
          this.sheet.width,
        );
      },
      canvas,
      'line',
    );
    new Scroller(strokes, this.pad);
    this.#expected = new Expected();
    this.recognizer = new TextRecognizer(strokes, this.pad, model, this.#expected, this.#composition, this);
    this.#expected.addEventListener('change', () => strokes.isBlank || this.recognizer.ask());
    strokes.addEventListener('change', () => clearTimeout(this.#rest));
    onClick('done', () => this.#finish());
    addEventListener('resize', () => this.#renderWords());
  }

  /** @param {TextAnswer} answer @param {object | null} isFinal null while the line is under way */
  show(answer, isFinal) {
    this.#answer = answer;
    this.#letter = null;
    this.#readWords();
    this.setStale(!isFinal);
    this.render();
    if (!isFinal) return;
    if (this.#isIllegible) return showMessage(t('illegibleText'), 'warning');
    showQuietly('');
    this.#keepText();
    this.#rest = setTimeout(() => announce(t('reads', { text: this.#text })), REST);
  }

  reset() {
    this.#answer = null;
    this.#words = [];
    this.setStale(false);
    this.render();
    showQuietly('');
  }

  /** @param {boolean} stale */
  setStale(stale) {
    byId('words').classList.toggle('stale', stale);
    byId('ink').classList.toggle('stale', stale);
  }

  /** One character has a best candidate, a text has none. */
  get best() {
    return null;
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
    const word = this.#chosen;
    this.#reading.showLetters(word, this.#letter);
    this.#reading.showSuggestions(this.#suggestions, word !== null && this.#letter !== null);
  }

  #renderWords() {
    this.#reading.showWords(this.#words, this.#chosen, (word) => this.#placeOf(word));
  }

  /** Whether the ink does not look like text. */
  get #isIllegible() {
    return (this.#answer?.legibility ?? 1) < (this.#model.description?.text?.legibility?.threshold ?? 0);
  }

  get #text() {
    return this.#words.map(textOf).filter(Boolean).join(' ');
  }

  /** The word whose characters and suggestions are shown: the one that a person chose, or the last one. @returns {Word | null} */
  get #chosen() {
    return this.#words.find(({ key }) => key === this.#chosenKey) ?? this.#words[this.#words.length - 1] ?? null;
  }

  get #suggestions() {
    const word = this.#chosen;
    if (!this.#answer || !word) return [];
    const index = this.#words.indexOf(word);
    const read = this.#read[index];
    const others = [textOf(read), ...otherReadings(this.#answer, index, this.#words.length)];
    const texts = this.#letter === null ? others : lettersAt(others, this.#letter, word.characters.length);
    const current = this.#letter === null ? textOf(word) : word.characters[this.#letter]?.label;
    const all = new Set([...(this.#more.get(this.#inkKey) ?? []), ...texts]);
    return [...all].filter((text) => text && text !== current).slice(0, SUGGESTIONS);
  }

  /** Names the ink that the suggestions are about. */
  get #inkKey() {
    return `${this.#chosen?.key} ${this.#letter ?? ''}`;
  }

  /** The words as the server has read them. */
  get #read() {
    const { strokes } = this.strokes.drawing;
    return this.#answer ? readWords(this.#answer, strokes, this.#expected.isField) : [];
  }

  #readWords() {
    this.#words = this.#read.map((word) => ({ ...word, characters: this.#corrected.get(word.key) ?? word.characters }));
  }

  /** Where a word is shown, in pixels: above its ink on a picture, and at the top edge of the sheet otherwise. @param {Word} word @returns {[number, number]} */
  #placeOf(word) {
    const [x, y] = boxOf(word) ?? [0, 0];
    const { picture } = this.strokes.drawing;
    const { clientWidth, clientHeight } = byId('scroller');
    if (!picture) return [(x / PICTURE_HEIGHT) * clientHeight, 0];
    const scale = Math.min(clientWidth / picture.width, clientHeight / picture.height);
    const [left, top] = [clientWidth - picture.width * scale, clientHeight - picture.height * scale];
    return [left / 2 + x * scale, Math.max(0, top / 2 + y * scale - byId('words').offsetHeight)];
  }

  /** Puts what is read into the text. */
  #keepText() {
    this.#composition.write(this.#text);
    if (this.sheet.label !== this.#text) this.sheet.label = this.#text;
  }

  /** The line goes on where it stands in the text, unless a person has edited it. */
  #onRestored() {
    const { label } = this.sheet;
    if (label && !this.#composition.adopt(label)) this.sheet.finish();
    if (this.sheet.isFinished) this.#composition.finish();
  }

  /** A person who has edited the text of a line is done with it. So is one who writes on after opening a picture. */
  #onPenDown() {
    clearTimeout(this.#rest);
    this.#chosenKey = '';
    if (this.#composition.isEdited) this.sheet.finish();
    if (this.sheet.isFinished || this.strokes.drawing.picture) this.#composition.finish();
  }

  #finish() {
    if (this.strokes.isBlank) return showMessage(t('nothingDrawn'), 'warning');
    this.#composition.finish();
    this.sheet.finish();
    this.sheet.focus();
    showMessage(t('lineDone'));
  }

  /** @param {Word} word */
  #chooseWord(word) {
    this.#chosenKey = word.key;
    this.#letter = null;
    this.render();
    if (word.strokes.length === 0 || this.#words.length === 1) return;
    const strokes = moveLeft(word.strokes);
    const before = this.#words.slice(0, this.#words.indexOf(word)).map(textOf).join(' ');
    this.#askMore(async () => {
      const image = await toPng({ strokes, picture: null }, PICTURE_HEIGHT, pictureWidth(strokes));
      const options = this.recognizer.options(before && `${before.slice(-19)} `, SUGGESTIONS);
      const answer = /** @type {TextAnswer} */ (await this.#post('predict/text', image, options));
      return [answer.text, ...answer.alternatives.map(({ text }) => text)];
    });
  }

  /** @param {Word} word @param {number} index of the character */
  #chooseLetter(word, index) {
    this.#chosenKey = word.key;
    this.#letter = index;
    this.render();
    const { box } = word.characters[index];
    const strokes = box ? cutOut(word.strokes, box) : [];
    if (strokes.length === 0) return;
    this.#askMore(async () => {
      const image = await toPng({ strokes, picture: null });
      const { predictions } = await this.#post('predict', image, { top: CANDIDATES });
      return predictions.map((/** @type {import('./predict.js').Candidate} */ { label }) => label);
    });
  }

  /** Asks what else the chosen ink may be. Without an answer, the suggestions stay as they are. @param {() => Promise<string[]>} ask */
  async #askMore(ask) {
    const key = this.#inkKey;
    if (this.#more.has(key)) return;
    try {
      this.#more.set(key, await ask());
    } catch {
      return;
    }
    if (key === this.#inkKey) this.render();
  }

  /** @param {string} path @param {Blob} image @param {Record<string, unknown>} options @returns {Promise<any>} */
  #post(path, image, options) {
    this.#request?.abort();
    this.#request = new AbortController();
    const query = new URLSearchParams(Object.entries(options).map(([name, value]) => [name, String(value)]));
    const init = { method: 'POST', headers: { 'Content-Type': image.type }, body: image };
    return fetchJson(`${path}?${query}`, init, TIMEOUT, this.#request.signal);
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

  /** @param {Word} word @param {import('./reading.js').Character[]} characters */
  #correct(word, characters) {
    this.#corrected.set(word.key, characters);
    this.#chosenKey = word.key;
    this.#readWords();
    this.render();
    this.#keepText();
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
