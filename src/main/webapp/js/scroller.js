/**
 * @file The part of the sheet that is in view. It follows the pen: when the ink nears the right edge, it moves on.
 */
import { byId, onClick } from './dom.js';
import { rightEdge } from './reading.js';
import { SHEET } from './strokes.js';

/** Where ink is near the edge, and where it is too near to wait until the pen rests, in parts of the view. */
const NEAR = 0.65;
const TOO_NEAR = 0.85;
/** Where the ink then ends. */
const HOME = 0.4;
/** How long the pen must rest, in milliseconds. Dots and crosses come before that. */
const REST = 450;
/** How far the buttons scroll, in parts of the view. */
const STEP = 0.6;

export class Scroller {
  #element = byId('scroller');
  #strokes;
  #pad;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {import('./strokes.js').Strokes} strokes @param {import('./pad.js').Pad} pad */
  constructor(strokes, pad) {
    this.#strokes = strokes;
    this.#pad = pad;
    const element = this.#element;
    element.addEventListener('scroll', () => {
      pad.refresh();
      this.#renderButtons();
    });
    new ResizeObserver(() => this.render()).observe(element);
    onClick('earlier', () => this.#scrollTo(element.scrollLeft - STEP * element.clientWidth));
    onClick('later', () => this.#scrollTo(element.scrollLeft + STEP * element.clientWidth));
    pad.addEventListener('begin', () => this.#hold());
    pad.addEventListener('end', () => this.#follow());
    strokes.addEventListener('change', () => {
      this.render();
      if (!pad.busy) this.#follow();
    });
  }

  /** Pixels of the window per sheet unit. */
  get scale() {
    return this.#element.clientHeight / SHEET;
  }

  /** Makes room for the ink and for what is written next. */
  render() {
    const { clientWidth, scrollLeft } = this.#element;
    const inkEnd = rightEdge(this.#strokes.drawing.strokes) * this.scale;
    const isLong = inkEnd > NEAR * clientWidth;
    byId('words').style.width = `${isLong ? inkEnd + (1 - HOME) * clientWidth : clientWidth}px`;
    this.#keepUnderThePen(scrollLeft - this.#element.scrollLeft);
    this.#renderButtons();
  }

  /** The sheet of a new line is shorter and moves, but what is drawn stays where it is. @param {number} moved in pixels */
  #keepUnderThePen(moved) {
    for (const point of this.#pad.stroke?.points ?? []) point[0] -= moved / this.scale;
  }

  #renderButtons() {
    const { scrollLeft, clientWidth, scrollWidth } = this.#element;
    /** @type {HTMLButtonElement} */ (byId('earlier')).disabled = scrollLeft < 1;
    /** @type {HTMLButtonElement} */ (byId('later')).disabled = scrollLeft > scrollWidth - clientWidth - 1;
  }

  /** What the pen writes on must not move. */
  #hold() {
    clearTimeout(this.#timer);
    this.#element.scrollTo({ left: this.#element.scrollLeft, behavior: 'instant' });
  }

  /** Moves on if the ink nears the edge. */
  #follow() {
    clearTimeout(this.#timer);
    const { scrollLeft, clientWidth } = this.#element;
    const inkEnd = rightEdge(this.#strokes.drawing.strokes) * this.scale;
    const position = (inkEnd - scrollLeft) / clientWidth;
    if (position < 0) return this.#scrollTo(inkEnd - HOME * clientWidth);
    if (position < NEAR) return;
    const wait = position < TOO_NEAR ? REST : 0;
    this.#timer = setTimeout(() => !this.#pad.busy && this.#scrollTo(inkEnd - HOME * clientWidth), wait);
  }

  /** @param {number} left in pixels */
  #scrollTo(left) {
    const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.#element.scrollTo({ left, behavior: isCalm ? 'instant' : 'smooth' });
  }
}
