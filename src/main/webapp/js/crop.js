/**
 * @file Selects the part of a picture that shows the character, with a pointer or the keyboard. It is loaded when it is
 * first used.
 */
import { byId, setPressed } from './dom.js';
import { t } from './i18n.js';
import { showMessage } from './message.js';

/** @typedef {[x: number, y: number]} Corner of the selection, in fractions of the sheet */

/** What an arrow key adds to the selection. @type {Record<string, Corner>} */
const STEPS = { ArrowLeft: [-0.02, 0], ArrowRight: [0.02, 0], ArrowUp: [0, -0.02], ArrowDown: [0, 0.02] };
/** Smallest side of a selection, in fractions of the picture. */
const MIN_SIDE = 0.005;

export class CropTool {
  #mode;
  #onSelected;
  #selection = byId('selection');
  /** @type {Corner} */
  #from = [0, 0];
  /** @type {Corner} */
  #to = [0, 0];

  /**
   * @param {() => import('./main.js').Mode} mode
   * @param {(part: import('./picture-file.js').Area) => void} onSelected called with the part that a person selects
   */
  constructor(mode, onSelected) {
    const selection = this.#selection;
    this.#mode = mode;
    this.#onSelected = onSelected;
    selection.addEventListener('pointerdown', (event) => {
      selection.setPointerCapture(event.pointerId);
      this.#select(this.#toSheet(event), this.#toSheet(event));
    });
    selection.addEventListener('pointermove', (event) => {
      if (selection.hasPointerCapture(event.pointerId)) this.#select(this.#from, this.#toSheet(event));
    });
    selection.addEventListener('pointerup', () => this.#finish());
    selection.addEventListener('keydown', (event) => this.#onKeyDown(event));
  }

  toggle() {
    const show = this.#selection.hidden !== false;
    this.#show(show);
    if (show) this.#mode().strokes.addEventListener('change', () => this.#show(false), { once: true });
    showMessage(show ? t('cropHelp') : '');
    this.#select([0.25, 0.25], [0.75, 0.75]);
    this.#selection.focus({ preventScroll: true });
  }

  /** @param {boolean} visible */
  #show(visible) {
    // Hiding the selection would lose the focus.
    if (document.activeElement === this.#selection) this.#mode().sheet.focus();
    this.#selection.hidden = !visible;
    setPressed(byId('crop'), visible);
  }

  /** @param {Corner} from @param {Corner} to the opposite corner */
  #select(from, to) {
    this.#from = from;
    this.#to = to;
    const frame = /** @type {HTMLElement} */ (this.#selection.firstElementChild);
    const [left, right] = [from[0], to[0]].sort(ascending);
    const [top, bottom] = [from[1], to[1]].sort(ascending);
    frame.style.inset = [top, 1 - right, 1 - bottom, left].map((edge) => `${100 * edge}%`).join(' ');
  }

  /** @param {KeyboardEvent} event */
  #onKeyDown(event) {
    const step = STEPS[event.key];
    if (step) this.#select(event.shiftKey ? this.#from : add(this.#from, step), add(this.#to, step));
    else if (event.key === 'Enter') this.#finish();
    else if (event.key === 'Escape') this.toggle();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #finish() {
    const picture = /** @type {import('./picture.js').Picture} */ (this.#mode().strokes.drawing.picture);
    const { clientWidth, clientHeight } = this.#selection;
    const part = partOf(picture, this.#from, this.#to, clientWidth / clientHeight);
    if (Math.min(part.width, part.height) < MIN_SIDE) return;
    this.#show(false);
    this.#onSelected(part);
  }

  /** @param {PointerEvent} event @returns {Corner} */
  #toSheet({ clientX, clientY }) {
    const { left, top, width, height } = this.#selection.getBoundingClientRect();
    return [clamp((clientX - left) / width), clamp((clientY - top) / height)];
  }
}

/** @type {(a: number, b: number) => number} */
const ascending = (a, b) => a - b;

/** @param {number} value */
const clamp = (value) => Math.min(1, Math.max(0, value));

/** @type {(corner: Corner, step: Corner) => Corner} */
const add = ([x, y], [dx, dy]) => [clamp(x + dx), clamp(y + dy)];

/**
 * The part of a picture between two corners. The sheet shows the whole picture in its middle, as large as possible.
 * @param {{width: number, height: number}} picture
 * @param {Corner} from
 * @param {Corner} to
 * @param {number} [aspect] width of the sheet, divided by its height
 * @returns {import('./picture-file.js').Area}
 */
export function partOf({ width, height }, from, to, aspect = 1) {
  const sheetHeight = Math.max(width / aspect, height);
  const toPicture = (/** @type {number} */ sheet, /** @type {number} */ side) => (/** @type {number} */ position) =>
    clamp(((position - 0.5) * sheet) / side + 0.5);
  const [left, right] = [from[0], to[0]].map(toPicture(sheetHeight * aspect, width)).sort(ascending);
  const [top, bottom] = [from[1], to[1]].map(toPicture(sheetHeight, height)).sort(ascending);
  return { x: left, y: top, width: right - left, height: bottom - top };
}
