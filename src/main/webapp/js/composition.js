/**
 * @file Where the writing on the sheet stands in the text. It is rewritten there while it grows.
 */

/** @typedef {import('./strokes.js').Drawing} Drawing */
/** @typedef {{text: string, isDone: boolean}} Line what a line of writing has put into the text, and whether it is complete */

/** How much of the text before it says what a line may be, in characters. The server takes no more. */
export const CONTEXT = 20;

export class Composition {
  #strokes;
  #text;
  /** @type {Line | null} */
  #line = null;
  /** The lines that drawings belong to, so that undo leads back to them. @type {WeakMap<Drawing, Line>} */
  #lines = new WeakMap();
  /** Whether the next drawing starts another line. */
  #isEnded = false;

  /** @param {import('./strokes.js').Strokes} strokes @param {import('./text-line.js').TextLine} text */
  constructor(strokes, text) {
    this.#strokes = strokes;
    this.#text = text;
    strokes.addEventListener('change', () => this.#onChange());
  }

  /** What stands before the line in the text. */
  get before() {
    const [before] = this.#surroundings;
    return (before + this.#gap).slice(-CONTEXT);
  }

  /** What the line has put into the text. */
  get written() {
    return this.#line?.text ?? '';
  }

  /** Whether a person has changed the text of the line in the text itself. It is theirs from then on. */
  get isEdited() {
    return Boolean(this.#line?.text) && !this.#text.holds(this.#key);
  }

  /** Rewrites the line. @param {string} text */
  write(text) {
    const line = this.#line;
    if (!line || this.isEdited || text === line.text) return;
    const [, after] = this.#surroundings;
    const [before, behind] = [this.#gap, /^[\p{L}\p{N}]/u.test(after) ? ' ' : ''];
    this.#text.write(text && before + text + behind, this.#key);
    line.text = text;
  }

  /** Finds in the text what the line wrote before the page was loaded. @param {string} text @returns whether it is there: otherwise a person has edited it */
  adopt(text) {
    this.#key.text = text;
    return this.#text.adopt(text, this.#key);
  }

  /** Declares the line complete: clearing the sheet then leaves its text. */
  finish() {
    if (this.#line) this.#line.isDone = true;
  }

  /** The next drawing starts another line. */
  end() {
    this.#isEnded = true;
  }

  /** Marks what the line wrote. */
  get #key() {
    return /** @type {Line} */ (this.#line);
  }

  get #surroundings() {
    return this.#text.around(this.#key);
  }

  /** Words are set apart. */
  get #gap() {
    const [before] = this.#surroundings;
    return /\S$/.test(before) ? ' ' : '';
  }

  #onChange() {
    const { drawing, isBlank } = this.#strokes;
    const last = this.#line;
    const continued = this.#isEnded ? null : last;
    this.#isEnded = false;
    if (isBlank) {
      if (last && !last.isDone) this.write('');
      this.#line = null;
      return;
    }
    const known = this.#lines.get(drawing);
    this.#line = known ?? continued ?? { text: '', isDone: false };
    if (!known) this.#line.isDone = false;
    this.#lines.set(drawing, this.#line);
  }
}
