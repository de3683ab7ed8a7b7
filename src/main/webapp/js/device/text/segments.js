/**
 * @file The segments of a line: the parts of its ink between gaps. Components that stand above each other are one segment, such
 * as the dot and the stem of an i.
 */
import { componentsOf } from '../ink.js';
import { LinePainter } from './line-painter.js';

/** @typedef {import('../components.js').Component} Component */

/** @typedef {{left: number, right: number}} Segment its columns, in pixels of the line's ink */

/** Components that share this much of the narrower one's columns stand above each other. */
const OVERLAP = 0.35;

export class Segments {
  #line;
  #frames;
  #runs;
  /** From left to right. @type {Segment[]} */
  #segments = [];
  /** @type {Map<Component, number>} */
  #segmentOf = new Map();

  /** @param {import('./text-line.js').TextLine} line @param {import('./frames.js').Frames} frames */
  constructor(line, frames) {
    this.#line = line;
    this.#frames = frames;
    const { components, runs } = componentsOf(line.ink);
    this.#runs = runs;
    for (const component of components.sort((one, other) => one.box.left - other.box.left)) this.#add(component);
  }

  /** @param {Component} component */
  #add(component) {
    const { left, right } = component.box;
    const last = this.#segments[this.#segments.length - 1];
    if (last && overlap(last, component.box) >= OVERLAP) {
      last.left = Math.min(last.left, left);
      last.right = Math.max(last.right, right);
    } else {
      this.#segments.push({ left, right });
    }
    this.#segmentOf.set(component, this.#segments.length - 1);
  }

  /**
   * Finds the segment that is nearest to a frame of the text network.
   * @param {number} frame
   * @param {(segment: number) => boolean} [isEligible] which segments may be chosen
   * @returns {number} index of the segment, or -1 if there is none
   */
  nearest(frame, isEligible = () => true) {
    return this.#nearestTo(this.#frames.columns[frame] - this.#line.left, isEligible);
  }

  /** @param {number} column @param {(segment: number) => boolean} isEligible */
  #nearestTo(column, isEligible) {
    const distance = (/** @type {number} */ i) => distanceTo(this.#segments[i], column);
    return [...this.#segments.keys()]
      .filter(isEligible)
      .reduce((nearest, i) => (nearest < 0 || distance(i) < distance(nearest) ? i : nearest), -1);
  }

  /**
   * Paints some glyphs without the rest of the line.
   * @param {readonly number[]} glyphs the main segments of the glyphs to paint
   * @param {(segment: number) => boolean} isGlyph whether a segment is the main one of a glyph; every other segment belongs to
   *     the glyph that is nearest
   * @returns {import('../ink.js').Ink[]} the ink of each glyph
   */
  paint(glyphs, isGlyph) {
    const glyphOfSegment = this.#segments.map(({ left, right }) => this.#nearestTo((left + right) / 2, isGlyph));
    const glyphOfRun = this.#runs.map(
      ({ component }) => glyphOfSegment[/** @type {number} */ (this.#segmentOf.get(component))],
    );
    const painter = new LinePainter(this.#line.ink, this.#runs, glyphOfRun);
    return glyphs.map((glyph) => painter.paint(glyph).ink);
  }
}

/** The columns that two segments share, by the width of the narrower one. @param {Segment} one @param {Segment} other */
function overlap(one, other) {
  const shared = Math.min(one.right, other.right) - Math.max(one.left, other.left);
  return shared / Math.min(one.right - one.left, other.right - other.left);
}

/** @param {Segment} segment @param {number} column */
const distanceTo = ({ left, right }, column) => Math.max(0, left - column, column - right);
