/**
 * @file The canvas: pointers in, strokes out, and the ink drawn on the screen.
 */
import { SHEET, touched, trace } from './ink.js';

/** @typedef {import('./ink.js').Stroke} Stroke */
/** @typedef {import('./ink.js').Ink} Ink */

/**
 * What one pointer does from down to up.
 * @typedef {object} Gesture
 * @property {number} id of the pointer
 * @property {string} type of the pointer: mouse, touch or pen
 * @property {Stroke | null} stroke that it draws; null while it erases
 * @property {Set<Stroke>} doomed strokes that it erases
 * @property {[number, number]} at where it is, in sheet units
 */

/** Points closer together than this, in sheet units, are one point: fast mice and pens report up to 1000 a second. */
const GRAIN = 0.4;
/** Radius of the eraser in sheet units. */
const ERASER = 5;
/** How long ink looks wet after the pen went up, in milliseconds. */
const DRYING = 900;
/** A touch wider than this, in CSS pixels, is a palm. */
const PALM = 70;
/** For so long after a pen was near, touches are the hand that holds it. In milliseconds. */
const PEN_IN_HAND = 1500;
/** Bit of `PointerEvent.buttons` for the eraser end of a pen. */
const ERASER_BUTTON = 32;

/**
 * The drawing surface. Fires `begin` when the pen goes down and `end` when it went up, whatever came of it.
 */
export class Pad extends EventTarget {
  /** Ink width of the next stroke, in sheet units. */
  brush = 16;
  /** Whether the pointer erases strokes. */
  erasing = false;

  #canvas;
  #ink;
  #pen;
  /** @type {Gesture | null} */
  #gesture = null;
  #penSeen = -Infinity;
  /** When each stroke was finished: it dries from then on. @type {WeakMap<Stroke, number>} */
  #wetSince = new WeakMap();
  /** @type {WeakMap<Stroke, Path2D>} */
  #paths = new WeakMap();
  #frame = 0;
  /** @type {{url: string, image: HTMLImageElement} | null} */
  #picture = null;

  /**
   * @param {HTMLCanvasElement} canvas square
   * @param {Ink} ink where strokes go
   */
  constructor(canvas, ink) {
    super();
    this.#canvas = canvas;
    this.#ink = ink;
    this.#pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    ink.addEventListener('change', () => this.refresh());
    canvas.addEventListener('pointerdown', (event) => this.#down(event));
    canvas.addEventListener('pointermove', (event) => this.#move(event));
    canvas.addEventListener('pointerup', (event) => this.#up(event));
    canvas.addEventListener('pointercancel', (event) => this.#drop(event));
    canvas.addEventListener('lostpointercapture', (event) => this.#up(event));
    canvas.addEventListener('contextmenu', (event) => event.preventDefault());
    // Safari scrolls and magnifies in spite of touch-action when a pen or a double tap starts on the canvas.
    canvas.addEventListener('touchstart', (event) => event.preventDefault(), { passive: false });
    new ResizeObserver(() => this.#fit()).observe(canvas);
    this.#watchPixelRatio();
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.refresh());
  }

  /** Whether a stroke is being drawn or erased right now. */
  get busy() {
    return this.#gesture !== null;
  }

  /** Draws the sheet anew with the next frame. */
  refresh() {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#draw();
    });
  }

  /** @param {PointerEvent} event */
  #down(event) {
    if (event.pointerType === 'pen') this.#penSeen = event.timeStamp;
    if (!this.#accepts(event)) return;
    event.preventDefault();
    // Whoever draws has left the text line: the keys belong to the drawing again.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    this.#canvas.setPointerCapture(event.pointerId);
    const at = this.#place(event);
    const erasing = this.erasing || (event.buttons & ERASER_BUTTON) !== 0;
    const stroke = erasing ? null : { width: this.brush, points: [at] };
    this.#gesture = { id: event.pointerId, type: event.pointerType, stroke, doomed: new Set(), at };
    this.dispatchEvent(new Event('begin'));
    if (erasing) this.#erase(at);
    this.refresh();
  }

  /**
   * One pointer at a time. A pen takes over from a touch, which was the palm; other fingers are ignored.
   * @param {PointerEvent} event
   */
  #accepts(event) {
    if (event.button !== 0 && (event.buttons & ERASER_BUTTON) === 0) return false;
    if (event.pointerType === 'touch') {
      const palm = Math.max(event.width, event.height) > PALM || event.timeStamp - this.#penSeen < PEN_IN_HAND;
      return !palm && !this.#gesture;
    }
    if (this.#gesture && !(event.pointerType === 'pen' && this.#gesture.type === 'touch')) return false;
    return true;
  }

  /** @param {PointerEvent} event */
  #move(event) {
    if (event.pointerType === 'pen') this.#penSeen = event.timeStamp;
    if (event.pointerId !== this.#gesture?.id) return;
    const events = event.getCoalescedEvents?.() ?? [];
    for (const one of events.length > 0 ? events : [event]) this.#advance(this.#place(one));
    this.refresh();
  }

  /** @param {[number, number]} to */
  #advance(to) {
    const gesture = /** @type {Gesture} */ (this.#gesture);
    if (Math.hypot(to[0] - gesture.at[0], to[1] - gesture.at[1]) < GRAIN) return;
    if (gesture.stroke) gesture.stroke.points.push(to);
    else this.#erase(to);
    gesture.at = to;
  }

  /** @param {[number, number]} to */
  #erase(to) {
    const { doomed, at } = /** @type {Gesture} */ (this.#gesture);
    for (const stroke of touched(this.#ink.drawing.strokes, at, to, ERASER)) doomed.add(stroke);
  }

  /** @param {PointerEvent} event */
  #up(event) {
    if (event.pointerId !== this.#gesture?.id) return;
    if (event.type === 'pointerup') this.#advance(this.#place(event));
    const { stroke, doomed } = this.#gesture;
    this.#gesture = null;
    if (stroke) {
      this.#wetSince.set(stroke, performance.now());
      this.#ink.add(stroke);
    } else {
      this.#ink.remove(doomed);
    }
    this.#finish();
  }

  /** The system took the pointer, for example for a gesture of its own: what it drew was not meant. @param {PointerEvent} event */
  #drop(event) {
    if (event.pointerId !== this.#gesture?.id) return;
    this.#gesture = null;
    this.#finish();
  }

  #finish() {
    this.refresh();
    this.dispatchEvent(new Event('end'));
  }

  /**
   * Where a pointer is on the sheet, to a tenth of a unit.
   * @param {PointerEvent} event
   * @returns {[number, number]}
   */
  #place(event) {
    const { left, top, width, height } = this.#canvas.getBoundingClientRect();
    const tenth = (/** @type {number} */ value) => Math.round(value * SHEET * 10) / 10;
    return [tenth((event.clientX - left) / width), tenth((event.clientY - top) / height)];
  }

  /** Gives the canvas as many pixels as the screen has there. */
  #fit() {
    const size = Math.max(1, Math.round(this.#canvas.clientWidth * devicePixelRatio));
    if (this.#canvas.width !== size) this.#canvas.width = this.#canvas.height = size;
    this.#draw();
  }

  /** Zooming, or another screen, changes the pixels and not the size. */
  #watchPixelRatio() {
    matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener(
      'change',
      () => {
        this.#fit();
        this.#watchPixelRatio();
      },
      { once: true },
    );
  }

  #draw() {
    const { width } = this.#canvas;
    const { strokes, picture } = this.#ink.drawing;
    const style = getComputedStyle(this.#canvas);
    const dry = style.color;
    const wet = style.getPropertyValue('--wet');
    const pen = this.#pen;
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.clearRect(0, 0, width, width);
    pen.scale(width / SHEET, width / SHEET);
    pen.lineCap = pen.lineJoin = 'round';
    if (picture) this.#drawPicture(picture);
    for (const stroke of strokes) {
      const wetness = this.#wetness(stroke);
      this.#line(stroke, this.#path(stroke), dry, this.#gesture?.doomed.has(stroke) ? 0.2 : 1);
      if (wetness > 0) {
        this.#line(stroke, this.#path(stroke), wet, wetness);
        this.refresh();
      }
    }
    const live = this.#gesture?.stroke;
    if (live) this.#line(live, pathOf(live), wet, 1);
  }

  /** @type {(stroke: Stroke, path: Path2D, colour: string, alpha: number) => void} */
  #line({ width }, path, colour, alpha) {
    const pen = this.#pen;
    pen.globalAlpha = alpha;
    pen.strokeStyle = colour;
    pen.lineWidth = width;
    pen.stroke(path);
    pen.globalAlpha = 1;
  }

  /** From 1, just drawn, to 0, dry. @param {Stroke} stroke */
  #wetness(stroke) {
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) return 0;
    return Math.max(0, 1 - (performance.now() - (this.#wetSince.get(stroke) ?? -Infinity)) / DRYING);
  }

  /** Finished strokes never change: their path is made once. @param {Stroke} stroke */
  #path(stroke) {
    let path = this.#paths.get(stroke);
    if (!path) this.#paths.set(stroke, (path = pathOf(stroke)));
    return path;
  }

  /** The whole picture, as large as the sheet allows. @param {import('./ink.js').Picture} picture */
  #drawPicture({ url, width, height }) {
    if (this.#picture?.url !== url) {
      const image = new Image();
      image.onload = () => this.refresh();
      image.src = url;
      this.#picture = { url, image };
    }
    const scale = SHEET / Math.max(width, height);
    const [w, h] = [width * scale, height * scale];
    if (this.#picture.image.complete) this.#pen.drawImage(this.#picture.image, (SHEET - w) / 2, (SHEET - h) / 2, w, h);
  }
}

/** @param {Stroke} stroke */
function pathOf({ points }) {
  const path = new Path2D();
  trace(points, path);
  return path;
}
