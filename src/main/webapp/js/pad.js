/**
 * @file Turns pointer events into strokes.
 */
import { InkView } from './ink-view.js';
import { SHEET } from './strokes.js';

/** @typedef {import('./strokes.js').Stroke} Stroke */
/** @typedef {import('./strokes.js').Strokes} Strokes */

/** @typedef {import('./strokes.js').Point} Point */

/**
 * What one pointer does from down to up: it draws a stroke, or erases strokes if `stroke` is null.
 * @typedef {object} Gesture
 * @property {number} pointerId
 * @property {string} pointerType
 * @property {Stroke | null} stroke
 * @property {Set<Stroke>} erased
 * @property {Point} position
 * @property {number} length of the way so far, in sheet units
 * @property {number} start time of its first event
 * @property {boolean} begun whether it is certain that it is no gesture of the browser or the system
 */

/** Minimum distance between two points, in sheet units. Fast mice and pens report up to 1000 points a second. */
const MIN_POINT_DISTANCE = 0.4;
/** Radius of the eraser in sheet units. */
const ERASER_RADIUS = 5;
/** A touch wider than this, in CSS pixels, is a palm. */
const PALM_WIDTH = 70;
/** How long touches are ignored after the last pen event, in milliseconds: they come from the hand with the pen. */
const PALM_REJECTION_TIME = 1500;
/** The bit of `PointerEvent.buttons` for the eraser end of a pen. */
const ERASER_BUTTON = 32;
/** For so long, in milliseconds, a finger may be the first of a pinch, or swipe from the edge of the screen. */
const PINCH_TIME = 250;
/** A finger that has moved so far, in sheet units, draws. */
const PINCH_LENGTH = 60;

/**
 * Fires `begin` when it is certain that a gesture draws or erases, and `end` after it, whether or not it changed the
 * drawing.
 */
export class Pad extends EventTarget {
  /** Ink width of the next stroke, in sheet units. */
  brush = 16;
  /** Whether the pointer erases strokes instead of drawing. */
  erasing = false;

  #canvas;
  #strokes;
  #view;
  /** @type {Gesture | null} */
  #gesture = null;
  /** @type {typeof import('./eraser.js') | undefined} */
  #eraser;
  #lastPenTime = -Infinity;
  /** The fingers on the canvas, without palms. @type {Set<number>} */
  #fingers = new Set();

  /**
   * @param {HTMLCanvasElement} canvas shows the sheet, or the part of it that its parent has scrolled to
   * @param {Strokes} strokes receives the strokes
   */
  constructor(canvas, strokes) {
    super();
    this.#canvas = canvas;
    this.#strokes = strokes;
    this.#view = new InkView(canvas, strokes, () => this.#gesture);
    canvas.addEventListener('pointerdown', (event) => this.#onPointerDown(event));
    canvas.addEventListener('pointermove', (event) => this.#onPointerMove(event));
    canvas.addEventListener('pointerup', (event) => this.#onPointerUp(event));
    canvas.addEventListener('pointercancel', (event) => this.#onPointerCancel(event));
    canvas.addEventListener('lostpointercapture', (event) => this.#onPointerUp(event));
    canvas.addEventListener('contextmenu', (event) => event.preventDefault());
    canvas.addEventListener('touchstart', (event) => this.#onTouchStart(event), { passive: false });
    canvas.addEventListener('touchend', (event) => {
      if (event.cancelable) event.preventDefault(); // Safari would zoom after a double tap.
    });
  }

  /** Whether a gesture is under way. */
  get busy() {
    return this.#gesture !== null;
  }

  /** The stroke under way, or null. It grows while the pointer moves. */
  get stroke() {
    return this.#gesture?.stroke ?? null;
  }

  /** Redraws the canvas with the next frame. */
  refresh() {
    this.#view.refresh();
  }

  /** @param {PointerEvent} event */
  #onPointerDown(event) {
    if (event.pointerType === 'pen') this.#lastPenTime = event.timeStamp;
    else if (event.pointerType === 'touch' && !this.#isPalm(event)) this.#addFinger(event);
    if (!this.#accepts(event)) return;
    event.preventDefault();
    // The keys for the sheet must work now, also after typing into the text line.
    this.#canvas.focus({ preventScroll: true, focusVisible: false });
    this.#canvas.setPointerCapture(event.pointerId);
    const position = this.#toSheet(event);
    const stroke = this.#isEraser(event) ? null : { width: this.brush, points: [position] };
    const { pointerId, pointerType, timeStamp: start } = event;
    this.#gesture = { pointerId, pointerType, stroke, erased: new Set(), position, length: 0, start, begun: false };
    if (pointerType !== 'touch') this.#begin();
    if (!stroke) this.#erase(position);
    this.refresh();
  }

  /** Notes a finger. If it follows another one soon, both pinch to zoom. @param {PointerEvent} event */
  #addFinger({ pointerId, isPrimary, timeStamp }) {
    if (isPrimary) this.#fingers.clear(); // It is the first finger, whatever became of others.
    this.#fingers.add(pointerId);
    if (this.#fingers.size === 1 || this.#gesture?.pointerType !== 'touch') return;
    this.#beginIfCertain(timeStamp);
    if (!this.#gesture.begun) this.#discard();
  }

  /**
   * Whether a pointer may start a gesture. Only one pointer draws at a time, but a pen takes over from a touch, which was
   * the palm. Every button of a pen draws: one that is pressed by accident must not lose ink.
   * @param {PointerEvent} event
   */
  #accepts(event) {
    const { pointerType, button } = event;
    if (pointerType === 'mouse' && button !== 0) return false;
    if (this.#isEraser(event) && this.#strokes.drawing.strokes.length === 0) return false;
    if (pointerType === 'touch') return this.#fingers.size === 1 && this.#fingers.has(event.pointerId) && !this.busy;
    return !this.#gesture || (pointerType === 'pen' && this.#gesture.pointerType === 'touch');
  }

  /** @param {{width: number, height: number, timeStamp: number}} event size in CSS pixels */
  #isPalm({ width, height, timeStamp }) {
    return Math.max(width, height) > PALM_WIDTH || timeStamp - this.#lastPenTime < PALM_REJECTION_TIME;
  }

  /** @param {PointerEvent} event */
  #isEraser({ buttons }) {
    return this.erasing || (buttons & ERASER_BUTTON) !== 0;
  }

  /**
   * Two fingers on the sheet may zoom. While one draws, holds the device or belongs to the hand with the pen, they may not.
   * Safari, which alone knows `touchType`, scrolls with a pen in spite of touch-action.
   * @param {TouchEvent} event
   */
  #onTouchStart(event) {
    const touch = /** @type {Touch & {touchType?: string}} */ (event.changedTouches[0]);
    const { radiusX, radiusY, touchType } = touch;
    const isPalm = this.#isPalm({ width: 2 * radiusX, height: 2 * radiusY, timeStamp: event.timeStamp });
    const isHeld = event.touches.length > event.targetTouches.length;
    const draws = isPalm || isHeld || touchType === 'stylus' || this.#gesture?.begun;
    if (draws && event.cancelable) event.preventDefault();
  }

  #begin() {
    const gesture = /** @type {Gesture} */ (this.#gesture);
    if (gesture.begun) return;
    gesture.begun = true;
    this.dispatchEvent(new Event('begin'));
    this.loadEraser();
  }

  /** @param {number} now */
  #beginIfCertain(now) {
    const { length, start } = /** @type {Gesture} */ (this.#gesture);
    if (length >= PINCH_LENGTH || now - start >= PINCH_TIME) this.#begin();
  }

  /** @param {PointerEvent} event */
  #onPointerMove(event) {
    if (event.pointerType === 'pen') this.#lastPenTime = event.timeStamp;
    if (event.pointerId !== this.#gesture?.pointerId) return;
    const events = event.getCoalescedEvents?.() ?? [];
    for (const one of events.length > 0 ? events : [event]) this.#moveTo(this.#toSheet(one));
    this.#beginIfCertain(event.timeStamp);
    this.refresh();
  }

  /** @param {Point} to */
  #moveTo(to) {
    const gesture = /** @type {Gesture} */ (this.#gesture);
    const distance = Math.hypot(to[0] - gesture.position[0], to[1] - gesture.position[1]);
    if (distance < MIN_POINT_DISTANCE) return;
    if (gesture.stroke) gesture.stroke.points.push(to);
    else this.#erase(to);
    gesture.position = to;
    gesture.length += distance;
  }

  /** Until it is loaded, nothing is erased. */
  loadEraser() {
    import('./eraser.js').then(
      (eraser) => (this.#eraser = eraser),
      () => {},
    );
  }

  /** @param {Point} to */
  #erase(to) {
    const { erased, position } = /** @type {Gesture} */ (this.#gesture);
    const touched = this.#eraser?.strokesTouched(this.#strokes.drawing.strokes, position, to, ERASER_RADIUS);
    touched?.forEach((stroke) => erased.add(stroke));
  }

  /** @param {PointerEvent} event */
  #onPointerUp(event) {
    this.#fingers.delete(event.pointerId);
    if (event.pointerId !== this.#gesture?.pointerId) return;
    if (event.type === 'pointerup') this.#moveTo(this.#toSheet(event));
    this.#finish();
  }

  /** The browser or the system took the pointer, for example to zoom. What was drawn for certain stays. @param {PointerEvent} event */
  #onPointerCancel({ pointerId, timeStamp }) {
    this.#fingers.delete(pointerId);
    if (pointerId !== this.#gesture?.pointerId) return;
    this.#beginIfCertain(timeStamp);
    if (this.#gesture.begun) this.#finish();
    else this.#discard();
  }

  #finish() {
    this.#begin();
    const { stroke, erased } = /** @type {Gesture} */ (this.#gesture);
    this.#gesture = null;
    if (stroke) {
      this.#view.dry(stroke);
      this.#strokes.add(stroke);
    } else {
      this.#strokes.remove(erased);
    }
    this.refresh();
    this.dispatchEvent(new Event('end'));
  }

  #discard() {
    this.#gesture = null;
    this.refresh();
  }

  /**
   * Position of a pointer on the sheet, rounded to a tenth of a unit.
   * @param {PointerEvent} event
   * @returns {Point}
   */
  #toSheet(event) {
    const { left, top, height } = this.#canvas.getBoundingClientRect();
    const { scrollLeft } = /** @type {HTMLElement} */ (this.#canvas.parentElement);
    const tenth = (/** @type {number} */ pixels) => Math.round((pixels / height) * SHEET * 10) / 10;
    return [tenth(event.clientX - left + scrollLeft), tenth(event.clientY - top)];
  }
}
