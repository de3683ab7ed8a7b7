/**
 * @file Divides ink into lines of text, as `ink.neural.text.LineSegmenter` does.
 *
 * Letters, which are connected components of some height, join the line whose nearest letters stand in the same rows, from
 * left to right, so a line may be slanted. Dots, dashes, accents and punctuation then go to the nearest line. A component that
 * fills several lines, because a descender touches an ascender, is cut between them.
 */
import { strokeWidth } from '../components.js';
import { componentsOf } from '../ink.js';
import { distance, LineDraft, overlap, shared } from './line-draft.js';
import { LinePainter } from './line-painter.js';
import { MAX_LINES, tooMuchText } from './too-much-text.js';

/** @typedef {import('../components.js').Box} Box */
/** @typedef {import('../components.js').Component} Component */
/** @typedef {import('../components.js').Run} Run */
/** @typedef {import('../ink.js').Ink} Ink */
/** @typedef {import('./text-line.js').TextLine} TextLine */

/** More separate marks are no text of so few lines. They would cost much time. */
const MAX_COMPONENTS = 1500;
/** More drafts are no text either. */
const MAX_DRAFTS = 100;

/** Letters are taller than so many stroke widths. Dots and dashes are not. */
const MIN_STROKES = 2.5;
/** The width of a dash by its height, at least. */
const FLAT = 2;
/** The length of a straight stroke by the diagonal of its box, at most. */
const STRAIGHT = 1.25;
/** The height of the smallest letter by the typical height. */
const SMALL = 0.3;
/** The same for a straight stroke. A smaller one is a dot, a comma or an apostrophe. */
const SMALL_STROKE = 0.75;
/** Taller components may belong to several lines. */
const TALL = 1.8;
/** The least overlap of a letter with its line. */
const SAME_LINE = 0.5;
/** The least mean overlap of two drafts of one line. */
const SAME_DRAFT = 0.4;
/** The largest empty gap between the rows of two drafts of one line, by the typical height. */
const MAX_GAP = 0.8;
/** The greatest mean distance of two drafts of one line that stand beside each other, by the typical height. */
const NEAR = 0.25;
/**
 * The most letters of a scrap of a line, such as an apostrophe, their greatest height and its greatest mean distance, by the typical
 * height, and its width by its height. A small word is broader.
 */
const SCRAP = { letters: 2, height: 0.75, distance: 0.5, width: 1.2 };
/** The share of a line's height that a component fills if it belongs to that line, too. */
const FILLS = 0.6;

/**
 * Divides ink into lines.
 * @param {Ink} ink
 * @returns {TextLine[]} from top to bottom, at least one
 * @throws {import('../../predict.js').Problem} if there are too many lines
 */
export function segment(ink) {
  const { components, runs } = componentsOf(ink);
  if (components.length > MAX_COMPONENTS) throw tooMuchText();
  return new LineSegmenter(components).lines(ink, runs);
}

class LineSegmenter {
  /** The components that are letters, and those that may fill several lines. @type {Box[]} */
  #letters = [];
  /** @type {Box[]} */
  #tall = [];
  #typicalHeight;
  /** @type {LineDraft[]} */
  #drafts = [];

  /** @param {readonly Component[]} components */
  constructor(components) {
    const strokes = meanStrokeWidth(components);
    const standing = components
      .filter((component) => heightOf(component.box) > MIN_STROKES * strokes && !isDash(component))
      .sort((one, other) => one.box.left - other.box.left);
    this.#typicalHeight = typicalHeight(standing.map(({ box }) => box));
    for (const component of standing) {
      const { box } = component;
      const least = isStraight(component) ? SMALL_STROKE : SMALL;
      if (heightOf(box) > TALL * this.#typicalHeight) this.#tall.push(box);
      else if (heightOf(box) >= least * this.#typicalHeight) this.#letters.push(box);
    }
  }

  /** @param {Ink} ink @param {readonly Run[]} runs @returns {TextLine[]} */
  lines(ink, runs) {
    this.#collect(this.#letters);
    this.#mergeDrafts();
    // The tall components of one line are such as those of a title.
    this.#collect(this.#tall.filter((box) => this.#filled(box).length < 2));
    this.#mergeDrafts();
    if (this.#drafts.length > MAX_LINES) throw tooMuchText();
    return this.#drafts.length < 2 ? [{ ink, left: 0, top: 0 }] : this.#paint(ink, runs);
  }

  /** @param {readonly Box[]} letters */
  #collect(letters) {
    for (const letter of letters) {
      const overlaps = this.#drafts.map((draft) => overlap(draft.near(letter), letter));
      const most = Math.max(...overlaps);
      const line = most >= SAME_LINE ? this.#drafts[overlaps.indexOf(most)] : this.#newDraft();
      line.letters.push(letter);
    }
  }

  #newDraft() {
    if (this.#drafts.length === MAX_DRAFTS) throw tooMuchText();
    const draft = new LineDraft();
    this.#drafts.push(draft);
    return draft;
  }

  /** Merges drafts as long as any two are parts of one line. */
  #mergeDrafts() {
    const drafts = this.#drafts;
    for (let i = 0; i < drafts.length; i++) {
      const j = drafts.findIndex((draft, index) => index < i && this.#isOneLine(drafts[i], draft));
      if (j < 0) continue;
      drafts[j].letters.push(...drafts[i].letters);
      drafts.splice(i, 1);
      i = j - 1; // goes on with the merged draft
    }
    drafts.sort((one, other) => one.centre - other.centre);
  }

  /** @param {LineDraft} one @param {LineDraft} other */
  #isOneLine(one, other) {
    const typical = this.#typicalHeight;
    if (one.gapTo(other) > MAX_GAP * typical) return false;
    const [smaller, larger] = one.area < other.area ? [one, other] : [other, one];
    return (
      larger.overlap(smaller) >= SAME_DRAFT ||
      (one.isBeside(other) && larger.distanceFromReach(smaller) <= NEAR * typical) ||
      (this.#isScrap(smaller) && larger.distance(smaller) <= SCRAP.distance * typical)
    );
  }

  /** Whether a draft is no word, but a piece of a letter or a mark beside one. @param {LineDraft} draft */
  #isScrap({ letters, tallest, extent }) {
    const isLow = letters.length <= SCRAP.letters && tallest < SCRAP.height * this.#typicalHeight;
    return isLow && extent.right - extent.left < SCRAP.width * tallest;
  }

  /** Gives each run of ink to a line, and paints the lines. @param {Ink} ink @param {readonly Run[]} runs */
  #paint(ink, runs) {
    /** @type {Map<Component, number[]>} */
    const owners = new Map();
    for (const { component } of runs) {
      if (!owners.has(component)) owners.set(component, this.#ownersOf(component.box));
    }
    const lines = runs.map(({ row, component }) =>
      this.#ownerOf(row, component.box, /** @type {number[]} */ (owners.get(component))),
    );
    const painter = new LinePainter(ink, runs, lines);
    return [...this.#drafts.keys()].filter((line) => painter.hasInk(line)).map((line) => painter.paint(line));
  }

  /** The lines that a component belongs to: the nearest, or all that it fills if there are several. @param {Box} box */
  #ownersOf(box) {
    const filled = this.#tall.includes(box) ? this.#filled(box) : [];
    return filled.length > 1 ? filled : [this.#nearest(box)];
  }

  /** @param {Box} box */
  #filled(box) {
    return [...this.#drafts.keys()].filter((i) => {
      const band = this.#drafts[i].near(box);
      return shared(band, box) >= FILLS * (band.bottom - band.top);
    });
  }

  /** @param {Box} box @returns {number} */
  #nearest(box) {
    const holder = this.#drafts.findIndex(({ letters }) => letters.includes(box));
    if (holder >= 0) return holder;
    const bands = this.#drafts.map((draft) => draft.near(box));
    const difference = (/** @type {number} */ i, /** @type {number} */ j) =>
      distance(bands[i], box) - distance(bands[j], box) || overlap(bands[j], box) - overlap(bands[i], box);
    return [...bands.keys()].reduce((nearest, i) => (difference(i, nearest) < 0 ? i : nearest));
  }

  /** The line of a row of a component: above the middle between two lines, it belongs to the upper one. @param {number} row @param {Box} box @param {number[]} owners */
  #ownerOf(row, box, owners) {
    const isBelow = (/** @type {number} */ i) =>
      2 * row >= this.#drafts[owners[i]].near(box).bottom + this.#drafts[owners[i + 1]].near(box).top;
    let i = 0;
    while (i + 1 < owners.length && isBelow(i)) i++;
    return owners[i];
  }
}

/** @param {Box} box */
const heightOf = ({ top, bottom }) => bottom - top;

/** @param {Box} box */
const widthOf = ({ left, right }) => right - left;

/** @param {Component} component */
const lengthOf = (component) => component.area / strokeWidth(component);

/** Whether a component is a nearly straight and level stroke, such as the bar of a T. @param {Component} component */
const isDash = (component) => widthOf(component.box) >= FLAT * heightOf(component.box) && isStraight(component);

/** @param {Component} component */
const isStraight = (component) =>
  lengthOf(component) <= STRAIGHT * Math.hypot(widthOf(component.box), heightOf(component.box));

/** The mean width of all strokes. @param {readonly Component[]} components */
function meanStrokeWidth(components) {
  const area = components.reduce((sum, component) => sum + component.area, 0);
  const length = components.reduce((sum, component) => sum + lengthOf(component), 0);
  return area / Math.max(1, length);
}

/** The median of the heights, in which a broad component counts as often as it has columns; 0 if there are none. @param {Box[]} boxes */
function typicalHeight(boxes) {
  const byHeight = [...boxes].sort((one, other) => heightOf(one) - heightOf(other));
  const columns = boxes.reduce((sum, box) => sum + widthOf(box), 0);
  let before = 0;
  const median = byHeight.find((box) => 2 * (before += widthOf(box)) >= columns);
  return median ? heightOf(median) : 0;
}
