/**
 * @file Selects the part of a picture that shows the character, with a pointer or the keyboard.
 */
import { byId, onClick, setPressed } from './dom.js';
import { t } from './i18n.js';
import { showMessage } from './message.js';

/** @typedef {[x: number, y: number]} Corner of the selection, in fractions of the sheet */

/** What an arrow key adds to the selection. @type {Record<string, Corner>} */
const STEPS = { ArrowLeft: [-0.02, 0], ArrowRight: [0.02, 0], ArrowUp: [0, -0.02], ArrowDown: [0, 0.02] };
/** Smallest side of a selection, in fractions of the picture. */
const MIN_SIDE = 0.005;

export class CropTool {
  #strokes;
  #selection = byId('selection');
  /** @type {Corner} */
  #from = [0, 0];
  /** @type {Corner} */
  #to = [0, 0];

  /** @param {import('./strokes.js').Strokes} strokes */
  constructor(strokes) {
    const selection = this.#selection;
    this.#strokes = strokes;
    strokes.addEventListener('change', () => this.#show(false));
    onClick('crop', () => this.#toggle());
    selection.addEventListener('pointerdown', (event) => {
      selection.setPointerCapture(event.pointerId);
      this.#select(this.#toSheet(event), this.#toSheet(event));
    });
    selection.addEventListener('pointermove', (event) => {
      if (selection.hasPointerCapture(event.pointerId)) this.#select(this.#from, this.#toSheet(event));
    });
    selection.addEventListener('pointerup', () => this.#crop());
    selection.addEventListener('keydown', (event) => this.#onKeyDown(event));
  }

  #toggle() {
    const show = this.#selection.hidden !== false;
    this.#show(show);
    showMessage(show ? t('cropHelp') : '');
    this.#select([0.25, 0.25], [0.75, 0.75]);
    this.#selection.focus({ preventScroll: true });
  }

  /** @param {boolean} visible */
  #show(visible) {
    // Hiding the selection would lose the focus.
    if (document.activeElement === this.#selection) byId('pad').focus({ preventScroll: true });
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
    else if (event.key === 'Enter') this.#crop();
    else if (event.key === 'Escape') this.#toggle();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  async #crop() {
    const { drawing } = this.#strokes;
    const whole = /** @type {import('./picture.js').Picture} */ (drawing.picture);
    const part = partOf(whole, this.#from, this.#to);
    if (Math.min(part.width, part.height) < MIN_SIDE) return;
    const picture = await whole.crop(part);
    if (this.#strokes.drawing === drawing) this.#strokes.replace({ strokes: [], picture });
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
 * @returns {import('./picture.js').Area}
 */
export function partOf({ width, height }, from, to) {
  const longest = Math.max(width, height);
  const toPicture = (/** @type {number} */ side) => (/** @type {number} */ position) =>
    clamp(((position - 0.5) * longest) / side + 0.5);
  const [left, right] = [from[0], to[0]].map(toPicture(width)).sort(ascending);
  const [top, bottom] = [from[1], to[1]].map(toPicture(height)).sort(ascending);
  return { x: left, y: top, width: right - left, height: bottom - top };
}
