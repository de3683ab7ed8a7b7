/**
 * @file Draws the strokes, the one under way, and the picture.
 */
import { SHEET, trace } from './strokes.js';

/** @typedef {import('./strokes.js').Stroke} Stroke */

/** How long ink takes to dry, in milliseconds: from the bright colour of a new stroke to its final one. */
const DRYING_TIME = 900;

export class InkView {
  #canvas;
  #strokes;
  #gesture;
  #ctx;
  /** When each stroke was finished. It dries from then on. @type {WeakMap<Stroke, number>} */
  #finishedAt = new WeakMap();
  /** @type {WeakMap<Stroke, Path2D>} */
  #paths = new WeakMap();
  #frameRequest = 0;
  /** @type {{url: string, image: HTMLImageElement} | null} */
  #picture = null;

  /**
   * @param {HTMLCanvasElement} canvas shows the sheet, or the part of it that its parent has scrolled to
   * @param {import('./strokes.js').Strokes} strokes
   * @param {() => {stroke: Stroke | null, erased: Set<Stroke>} | null} gesture the stroke under way, or those that are being
   *   erased
   */
  constructor(canvas, strokes, gesture) {
    this.#canvas = canvas;
    this.#strokes = strokes;
    this.#gesture = gesture;
    this.#ctx = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    strokes.addEventListener('change', () => this.refresh());
    new ResizeObserver(() => this.#resize()).observe(canvas);
    this.#watchPixelRatio();
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.refresh());
  }

  /** Redraws the canvas with the next frame. */
  refresh() {
    this.#frameRequest ||= requestAnimationFrame(() => {
      this.#frameRequest = 0;
      this.#draw();
    });
  }

  /** Lets a finished stroke dry. @param {Stroke} stroke */
  dry(stroke) {
    this.#finishedAt.set(stroke, performance.now());
  }

  /** Matches the canvas to the pixels of the screen. */
  #resize() {
    const canvas = this.#canvas;
    const toPixels = (/** @type {number} */ side) => Math.max(1, Math.round(side * devicePixelRatio));
    const [width, height] = [toPixels(canvas.clientWidth), toPixels(canvas.clientHeight)];
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    this.#draw();
  }

  /** Zooming or moving to another screen changes the pixel ratio without a resize event. */
  #watchPixelRatio() {
    matchMedia(`(resolution: ${devicePixelRatio}dppx)`).addEventListener(
      'change',
      () => {
        this.#resize();
        this.#watchPixelRatio();
      },
      { once: true },
    );
  }

  #draw() {
    const { width, height } = this.#canvas;
    const { scrollLeft } = /** @type {HTMLElement} */ (this.#canvas.parentElement);
    const { strokes, picture } = this.#strokes.drawing;
    const gesture = this.#gesture();
    const style = getComputedStyle(this.#canvas);
    const dry = style.color;
    const wet = style.getPropertyValue('--wet');
    const ctx = this.#ctx;
    const scale = height / SHEET;
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.clearRect(0, 0, width, height);
    ctx.setTransform(scale, 0, 0, scale, -scrollLeft * devicePixelRatio, 0);
    ctx.lineCap = ctx.lineJoin = 'round';
    if (picture) this.#drawPicture(picture);
    for (const stroke of strokes) {
      const wetness = this.#wetness(stroke);
      this.#drawStroke(stroke, this.#path(stroke), dry, gesture?.erased.has(stroke) ? 0.2 : 1);
      if (wetness > 0) {
        this.#drawStroke(stroke, this.#path(stroke), wet, wetness);
        this.refresh();
      }
    }
    if (gesture?.stroke) this.#drawStroke(gesture.stroke, pathOf(gesture.stroke), wet, 1);
  }

  /** @type {(stroke: Stroke, path: Path2D, color: string, alpha: number) => void} */
  #drawStroke({ width }, path, color, alpha) {
    const ctx = this.#ctx;
    ctx.globalAlpha = alpha;
    ctx.strokeStyle = color;
    ctx.lineWidth = width;
    ctx.stroke(path);
    ctx.globalAlpha = 1;
  }

  /** From 1 (just drawn) to 0 (dry). @param {Stroke} stroke */
  #wetness(stroke) {
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) return 0;
    return Math.max(0, 1 - (performance.now() - (this.#finishedAt.get(stroke) ?? -Infinity)) / DRYING_TIME);
  }

  /** The path of a finished stroke, which never changes and is built once. @param {Stroke} stroke */
  #path(stroke) {
    let path = this.#paths.get(stroke);
    if (!path) this.#paths.set(stroke, (path = pathOf(stroke)));
    return path;
  }

  /** Draws the whole picture as large as the sheet allows. @param {import('./picture.js').Picture} picture */
  #drawPicture({ url, width, height }) {
    if (!url) return; // The browser cannot decode this picture.
    if (this.#picture?.url !== url) {
      const image = new Image();
      image.onload = () => this.refresh();
      image.src = url;
      this.#picture = { url, image };
    }
    const sheetWidth = (SHEET * this.#canvas.width) / this.#canvas.height;
    const scale = Math.min(sheetWidth / width, SHEET / height);
    const [w, h] = [width * scale, height * scale];
    const [x, y] = [(sheetWidth - w) / 2, (SHEET - h) / 2];
    if (this.#picture.image.complete) this.#ctx.drawImage(this.#picture.image, x, y, w, h);
  }
}

/** @param {Stroke} stroke */
function pathOf({ points }) {
  const path = new Path2D();
  trace(points, path);
  return path;
}
