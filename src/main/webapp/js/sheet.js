/**
 * @file The sheet and its tools: a new or another drawing, undo and redo, eraser, brush, saving.
 */
import { byId, onClick, setPressed } from './dom.js';
import { download, toPng, toSvg } from './export.js';
import { t } from './i18n.js';
import { announce } from './message.js';
import { load, save } from './store.js';
import { isBlank, readDrawing } from './strokes.js';

/** @typedef {import('./strokes.js').Drawing} Drawing */

/** Side of a saved PNG in pixels. The server accepts pictures of this size. */
const SAVED_SIDE = 1000;

export class Sheet {
  #strokes;
  #pad;
  #archive;
  #canvas = byId('pad');
  /** Whether the character was added to the text. The next stroke then starts a new drawing. */
  #finished = false;

  /**
   * @param {import('./strokes.js').Strokes} strokes
   * @param {import('./pad.js').Pad} pad
   * @param {(drawing: Drawing) => void} archive called with each drawing that another one replaces
   */
  constructor(strokes, pad, archive) {
    this.#strokes = strokes;
    this.#pad = pad;
    this.#archive = archive;
    pad.addEventListener('begin', () => {
      // The eraser corrects what is on the sheet.
      if (pad.stroke && (this.#finished || strokes.drawing.picture)) this.#startNew();
    });
    strokes.addEventListener('change', () => this.#onChange());
    this.#setUpBrush();
    onClick('undo', () => this.undo());
    onClick('redo', () => this.redo());
    onClick('eraser', () => {
      this.#setErasing(!pad.erasing);
      announce(t(pad.erasing ? 'eraserOn' : 'eraserOff'));
    });
    onClick('save-png', async () => download('drawing.png', await toPng(strokes.drawing, SAVED_SIDE)));
    onClick('save-svg', () => download('drawing.svg', new Blob([toSvg(strokes.drawing)], { type: 'image/svg+xml' })));
  }

  /** Replaces the drawing with another one. @param {Drawing} drawing */
  show(drawing) {
    this.#archiveDrawing();
    this.#strokes.replace(drawing);
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

  /** Says what a person did and what is on the sheet now. @param {'clear' | 'undo' | 'redo'} action */
  #announce(action) {
    announce(`${t(action)}: ${this.#description}`);
  }

  /** Declares the character done: the next stroke starts a new drawing. */
  finish() {
    this.#setFinished(true);
  }

  /** Shows the drawing of the last visit. */
  restore() {
    const drawing = readDrawing(load('drawing', null));
    if (drawing && !isBlank(drawing) && this.#strokes.isBlank) this.#strokes.replace(drawing);
  }

  render() {
    const { drawing } = this.#strokes;
    const enable = (/** @type {string} */ id, /** @type {boolean} */ enabled) => {
      /** @type {HTMLButtonElement} */ (byId(id)).disabled = !enabled;
    };
    enable('undo', this.#strokes.canUndo);
    enable('redo', this.#strokes.canRedo);
    enable('save-png', drawing.strokes.length > 0);
    enable('save-svg', drawing.strokes.length > 0);
    document.body.classList.toggle('picture', Boolean(drawing.picture?.url));
    this.#canvas.setAttribute('aria-label', this.#description);
  }

  /** What is on the sheet, in words. */
  get #description() {
    const { drawing } = this.#strokes;
    if (drawing.picture) return t('padPicture');
    return isBlank(drawing) ? t('padBlank') : t('padStrokes', { count: drawing.strokes.length });
  }

  #onChange() {
    this.#setFinished(false);
    if (this.#strokes.drawing.picture) this.#setErasing(false);
    save('drawing', this.#strokes.drawing);
    this.render();
  }

  #startNew() {
    this.#archiveDrawing();
    this.#strokes.clear();
  }

  #archiveDrawing() {
    if (!this.#strokes.isBlank) this.#archive(this.#strokes.drawing);
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
    this.#canvas.classList.toggle('erasing', erasing);
    setPressed(byId('eraser'), erasing);
  }

  #setUpBrush() {
    const brush = /** @type {HTMLInputElement} */ (byId('brush'));
    brush.value = String(load('brush', this.#pad.brush));
    this.#pad.brush = brush.valueAsNumber;
    brush.addEventListener('input', () => {
      this.#pad.brush = brush.valueAsNumber;
      save('brush', this.#pad.brush);
    });
  }
}
