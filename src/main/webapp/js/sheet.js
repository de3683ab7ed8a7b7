/**
 * @file A sheet: a new or another drawing, undo and redo, eraser, saving.
 */
import { byId, setPressed } from './dom.js';
import { t } from './i18n.js';
import { announce } from './message.js';
import { load, save, tellNotKept } from './store.js';
import { isBlank, readDrawing, SHEET } from './strokes.js';

/** @typedef {import('./strokes.js').Drawing} Drawing */
/** @typedef {any} Label what a person says that a drawing is; of text, all that is known of it */

export class Sheet {
  #strokes;
  #pad;
  #archive;
  #canvas;
  #name;
  /** Whether the character is done. The next stroke then starts a new drawing. */
  #finished = false;
  /** Adds a finished character to the text, if it is not there yet. @type {(() => void) | null} */
  #enter = null;
  /** @type {WeakMap<Drawing, Label | null>} */
  #labels = new WeakMap();

  /**
   * @param {import('./strokes.js').Strokes} strokes
   * @param {import('./pad.js').Pad} pad
   * @param {(drawing: Drawing, label: Label | null) => void} archive called with each drawing that another one replaces
   * @param {HTMLElement} canvas
   * @param {string} name that the drawing is kept under on this device
   */
  constructor(strokes, pad, archive, canvas, name) {
    this.#strokes = strokes;
    this.#pad = pad;
    this.#archive = archive;
    this.#canvas = canvas;
    this.#name = name;
    let count = 0;
    pad.addEventListener('begin', () => {
      count = strokes.drawing.strokes.length;
      // The eraser corrects what is on the sheet.
      if (!pad.stroke || (!this.#finished && !strokes.drawing.picture)) return;
      this.enter();
      this.#startNew();
      count = 0;
    });
    pad.addEventListener('end', () => {
      if (strokes.drawing.strokes.length < count) this.#announce('eraser');
    });
    strokes.addEventListener('change', () => this.#onChange());
  }

  /** Replaces the drawing with another one. @param {Drawing} drawing @param {Label | null} [label] */
  show(drawing, label = null) {
    this.#archiveDrawing();
    this.#put(drawing, label);
  }

  /** @param {Drawing} drawing @param {unknown} label */
  #put(drawing, label) {
    this.#labels.set(drawing, this.readLabel(label));
    this.#strokes.replace(drawing);
  }

  /** What is stored may be from an older version or damaged. @param {unknown} stored @returns {Label | null} */
  readLabel(stored) {
    return typeof stored === 'string' ? stored : null;
  }

  get label() {
    return this.#labels.get(this.#strokes.drawing) ?? null;
  }

  set label(label) {
    this.#labels.set(this.#strokes.drawing, label);
    this.#keep();
  }

  clear() {
    this.#startNew();
    this.#setErasing(false);
    this.#announce('clear');
  }

  undo() {
    this.#strokes.undo();
    this.#announce('undo');
  }

  redo() {
    this.#strokes.redo();
    this.#announce('redo');
  }

  focus() {
    this.#canvas.focus({ preventScroll: true });
  }

  toggleEraser() {
    this.#setErasing(!this.#pad.erasing);
    announce(t(this.#pad.erasing ? 'eraserOn' : 'eraserOff'));
  }

  /** @param {'savePng' | 'saveSvg'} action */
  async save(action) {
    const save = await import('./save.js');
    save[action](this.#strokes.drawing, this.width);
  }

  /** In sheet units. */
  get width() {
    return SHEET;
  }

  /** Says what a person did and what is on the sheet now. @param {'clear' | 'undo' | 'redo' | 'eraser'} action */
  #announce(action) {
    announce(`${t(action)}: ${this.#description}`);
  }

  /**
   * Declares the character done: the next stroke starts a new drawing.
   * @param {() => void} [enter] adds the character to the text, before that stroke at the latest
   */
  finish(enter) {
    this.#enter = enter ?? null;
    this.#setFinished(true);
    this.#keep();
  }

  get isFinished() {
    return this.#finished;
  }

  /** Declares the character not done after all, unless it is in the text. */
  resume() {
    if (!this.#enter) return;
    this.#enter = null;
    this.#setFinished(false);
  }

  /** Adds a finished character to the text, if it is not there yet. */
  enter() {
    const enter = this.#enter;
    if (!enter) return;
    this.#enter = null;
    enter();
    this.#keep();
  }

  /** Shows what this tab or, in a new tab, the last one has shown. */
  restore() {
    const stored = /** @type {any} */ (load(this.#name, load(this.#name, null), 'sessionStorage'));
    const drawing = readDrawing(stored);
    if (!drawing || isBlank(drawing) || !this.#strokes.isBlank) return;
    this.#put(drawing, stored.label);
    if (stored.entered) this.finish();
  }

  render() {
    const { drawing } = this.#strokes;
    const enable = (/** @type {string} */ id, /** @type {boolean} */ enabled) => {
      const button = /** @type {HTMLButtonElement} */ (byId(id));
      // Disabling the button would lose the focus.
      if (!enabled && document.activeElement === button) this.focus();
      button.disabled = !enabled;
    };
    enable('undo', this.#strokes.canUndo);
    enable('redo', this.#strokes.canRedo);
    enable('save-png', drawing.strokes.length > 0);
    enable('save-svg', drawing.strokes.length > 0);
    document.body.classList.toggle('picture', Boolean(drawing.picture?.url));
    document.body.classList.toggle('inked', !isBlank(drawing));
    this.#canvas.setAttribute('aria-label', this.#description);
  }

  /** What is on the sheet, in words. */
  get #description() {
    const { drawing } = this.#strokes;
    if (drawing.picture) return t('padPicture');
    return isBlank(drawing) ? t('padBlank') : t('padStrokes', { count: drawing.strokes.length });
  }

  #onChange() {
    this.#enter = null;
    this.#setFinished(false);
    // There is nothing to erase.
    if (this.#strokes.isBlank || this.#strokes.drawing.picture) this.#setErasing(false);
    this.#keep();
    this.render();
  }

  /** Keeps the drawing for this tab, and for the next one that is opened. */
  #keep() {
    const { strokes, picture } = this.#strokes.drawing;
    const kept = { strokes, picture, label: this.label, entered: this.#finished && !this.#enter };
    const isKept = [save(this.#name, kept, 'sessionStorage'), save(this.#name, kept)].includes(true);
    if (!isKept) tellNotKept();
  }

  #startNew() {
    this.#archiveDrawing();
    this.#strokes.clear();
  }

  #archiveDrawing() {
    if (!this.#strokes.isBlank) this.#archive(this.#strokes.drawing, this.label);
  }

  /** @param {boolean} finished */
  #setFinished(finished) {
    this.#finished = finished;
    this.#canvas.classList.toggle('finished', finished);
    this.#pad.refresh();
  }

  /** @param {boolean} erasing */
  #setErasing(erasing) {
    this.#pad.erasing = erasing;
    if (erasing) this.#pad.loadEraser();
    this.#canvas.classList.toggle('erasing', erasing);
    setPressed(byId('eraser'), erasing);
  }
}
