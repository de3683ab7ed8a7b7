/**
 * @file Selects the part of a picture that shows the character, with a pointer or the keyboard.
 */
import { byId, onClick } from './dom.js';
import { t } from './i18n.js';
import { showMessage } from './message.js';

/** @typedef {[x: number, y: number]} Corner in fractions of the sheet */

/** Smallest side of a selection, in fractions of the sheet. */
const MIN_SIDE = 0.005;
/** What an arrow key adds to the selection. @type {Record<string, Corner>} */
const STEPS = { ArrowLeft: [-0.02, 0], ArrowRight: [0.02, 0], ArrowUp: [0, -0.02], ArrowDown: [0, 0.02] };

export class CropTool {
  #strokes;
  #area = byId('selection');
  /** @type {Corner} */
  #from = [0, 0];
  /** @type {Corner} */
  #to = [0, 0];

  /** @param {import('./strokes.js').Strokes} strokes */
  constructor(strokes) {
    this.#strokes = strokes;
    strokes.addEventListener('change', () => this.#setOpen(false));
    onClick('crop', () => this.#toggle());
    this.#area.addEventListener('pointerdown', (event) => {
      this.#area.setPointerCapture(event.pointerId);
      this.#select(this.#toSheet(event), this.#toSheet(event));
    });
    this.#area.addEventListener('pointermove', (event) => {
      if (this.#area.hasPointerCapture(event.pointerId)) this.#select(this.#from, this.#toSheet(event));
    });
    this.#area.addEventListener('pointerup', () => this.#crop());
    this.#area.addEventListener('keydown', (event) => this.#onKeyDown(event));
  }

  #toggle() {
    const open = this.#area.hasAttribute('hidden');
    this.#setOpen(open);
    showMessage(open ? t('cropHelp') : '');
    if (!open) return;
    this.#select([0.25, 0.25], [0.75, 0.75]);
    this.#area.focus({ preventScroll: true });
  }

  /** @param {boolean} open */
  #setOpen(open) {
    this.#area.hidden = !open;
    byId('crop').ariaPressed = String(open);
  }

  /** @param {Corner} from @param {Corner} to the opposite corner */
  #select(from, to) {
    this.#from = from;
    this.#to = to;
    const frame = /** @type {HTMLElement} */ (this.#area.firstElementChild);
    const edges = [
      Math.min(from[1], to[1]),
      1 - Math.max(from[0], to[0]),
      1 - Math.max(from[1], to[1]),
      Math.min(from[0], to[0]),
    ];
    frame.style.inset = edges.map((edge) => `${100 * edge}%`).join(' ');
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
    if (!part) return;
    const picture = await whole.crop(part);
    if (this.#strokes.drawing === drawing) this.#strokes.replace({ strokes: [], picture });
  }

  /** @param {PointerEvent} event @returns {Corner} */
  #toSheet({ clientX, clientY }) {
    const { left, top, width, height } = this.#area.getBoundingClientRect();
    return add([(clientX - left) / width, (clientY - top) / height], [0, 0]);
  }
}

/** The sum, on the sheet. @type {(corner: Corner, step: Corner) => Corner} */
function add([x, y], [dx, dy]) {
  return [clamp(x + dx), clamp(y + dy)];
}

/** @param {number} value */
const clamp = (value) => Math.min(1, Math.max(0, value));

/**
 * The part of a picture between two corners of a selection. The sheet shows the picture in its middle, as large as it can.
 * @param {{width: number, height: number}} picture
 * @param {Corner} from
 * @param {Corner} to
 * @returns {import('./picture.js').Area | null} in fractions of the picture, or null if nothing is selected
 */
export function partOf({ width, height }, from, to) {
  const longest = Math.max(width, height);
  const [x1, x2] = ends(width / longest, from[0], to[0]);
  const [y1, y2] = ends(height / longest, from[1], to[1]);
  const isEmpty = Math.min((x2 - x1) * width, (y2 - y1) * height) < MIN_SIDE * longest;
  return isEmpty ? null : { x: x1, y: y1, width: x2 - x1, height: y2 - y1 };
}

/** Both ends of a selection along one axis, on which the picture takes this share of the sheet. @type {(share: number, a: number, b: number) => number[]} */
function ends(share, a, b) {
  return [a, b].map((position) => clamp((position - 0.5) / share + 0.5)).sort((one, other) => one - other);
}
