/**
 * @file A line of text while its letters are being collected. It may be slanted, so its height is known only near a letter.
 */

/** @typedef {import('../components.js').Box} Box */

/** @typedef {{top: number, bottom: number}} Band the rows of a line at some place */

/** The letters that tell where a line runs. One alone may be a descender or a low letter. */
const NEIGHBOURS = 3;
/** The share of the narrower line's columns that lines beside each other may share. */
const SHARED = 0.1;

export class LineDraft {
  /** @type {Box[]} */
  letters = [];

  /** Where the line runs near a box: the mean of the letters that are horizontally closest to it. @param {Box} box @returns {Band} */
  near(box) {
    const closest = this.#closest(box);
    return { top: mean(closest, ({ top }) => top), bottom: mean(closest, ({ bottom }) => bottom) };
  }

  /** All rows that the letters closest to a box reach, with their ascenders and descenders. @param {Box} box @returns {Band} */
  #reach(box) {
    const closest = this.#closest(box);
    return {
      top: Math.min(...closest.map(({ top }) => top)),
      bottom: Math.max(...closest.map(({ bottom }) => bottom)),
    };
  }

  /** @param {Box} box */
  #closest(box) {
    return this.letters
      .map((letter) => ({ letter, gap: gapBetween(letter, box) }))
      .sort((one, other) => one.gap - other.gap)
      .slice(0, NEIGHBOURS)
      .map(({ letter }) => letter);
  }

  get centre() {
    return mean(this.letters, ({ top, bottom }) => (top + bottom) / 2);
  }

  /** The pixels in the boxes of the letters. */
  get area() {
    return this.letters.reduce((area, box) => area + (box.right - box.left) * (box.bottom - box.top), 0);
  }

  get tallest() {
    return Math.max(...this.letters.map(({ top, bottom }) => bottom - top));
  }

  /** Whether two lines stand beside each other. @param {LineDraft} other */
  isBeside(other) {
    const [one, two] = [this.extent, other.extent];
    const shared = Math.min(one.right, two.right) - Math.max(one.left, two.left);
    return shared <= SHARED * Math.min(one.right - one.left, two.right - two.left);
  }

  /** The empty rows between all letters of two lines; negative if they share any. @param {LineDraft} other */
  gapTo(other) {
    const [one, two] = [this.extent, other.extent];
    return Math.max(two.top - one.bottom, one.top - two.bottom);
  }

  /** The mean overlap of another line's letters with this line. @param {LineDraft} other */
  overlap(other) {
    return mean(other.letters, (letter) => overlap(this.near(letter), letter));
  }

  /** The mean distance of another line's letters from this line. @param {LineDraft} other */
  distance(other) {
    return mean(other.letters, (letter) => distance(this.near(letter), letter));
  }

  /** The mean distance of another line's letters from all rows that this line reaches. @param {LineDraft} other */
  distanceFromReach(other) {
    return mean(other.letters, (letter) => distance(this.#reach(letter), letter));
  }

  /** @returns {Box} */
  get extent() {
    const { letters } = this;
    return {
      left: Math.min(...letters.map(({ left }) => left)),
      top: Math.min(...letters.map(({ top }) => top)),
      right: Math.max(...letters.map(({ right }) => right)),
      bottom: Math.max(...letters.map(({ bottom }) => bottom)),
    };
  }
}

/** The rows that a box shares with a band, by the height of the lower of the two. @param {Band} band @param {Box} box */
export const overlap = (band, box) =>
  shared(band, box) / Math.max(1, Math.min(band.bottom - band.top, box.bottom - box.top));

/** The rows that a box shares with a band; negative if there are some between them. @param {Band} band @param {Box} box */
export const shared = (band, box) => Math.min(band.bottom, box.bottom) - Math.max(band.top, box.top);

/** How far the middle of a box lies above or below a band. @param {Band} band @param {Box} box */
export function distance(band, box) {
  const middle = (box.top + box.bottom) / 2;
  return Math.max(0, band.top - middle, middle - band.bottom);
}

/** The empty columns between two boxes; 0 if they share any. @param {Box} one @param {Box} other */
const gapBetween = (one, other) => Math.max(0, one.left - other.right, other.left - one.right);

/** @template T @param {readonly T[]} values @param {(value: T) => number} number */
const mean = (values, number) => values.reduce((sum, value) => sum + number(value), 0) / values.length;
