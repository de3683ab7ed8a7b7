/**
 * @file A reading: the words that the server has read, the strokes that each was written with, and what a person corrected.
 */
import { SHEET } from './strokes.js';

/** @typedef {import('./strokes.js').Stroke} Stroke */
/** @typedef {import('./protocol').Box} Box */
/** @typedef {import('./protocol').Character} Character */
/** @typedef {import('./protocol').TextAnswer} TextAnswer */

/**
 * @typedef {object} Word
 * @property {Character[]} characters
 * @property {Stroke[]} strokes none on a picture
 * @property {string} key names its ink
 * @property {number} line on which it stands, from 0
 */

/** Height in pixels of the picture that is sent. The server reads ink that is 32 pixels high. */
export const PICTURE_HEIGHT = SHEET / 2;
/** Pixels of the picture per sheet unit. */
const SCALE = PICTURE_HEIGHT / SHEET;
/** Room right of the ink, in sheet units. */
const MARGIN = 20;
/** Paper around a word that is cut out of a picture, in parts of its height. */
const EDGE = 0.1;
/** Width of the shortest sheet, in sheet units. */
const MIN_WIDTH = SHEET;

/** The width of a sheet with all the ink, in sheet units. @param {readonly Stroke[]} strokes */
export const widthOf = (strokes) => Math.ceil(Math.max(MIN_WIDTH, rightEdge(strokes) + MARGIN));

/** The width of a picture with all the ink, in pixels. @param {readonly Stroke[]} strokes */
export const pictureWidth = (strokes) => Math.ceil(SCALE * widthOf(strokes));

/** Where the ink ends, in sheet units. @param {readonly Stroke[]} strokes */
export function rightEdge(strokes) {
  return strokes.reduce((edge, { points }) => points.reduce((right, [x]) => Math.max(right, x), edge), 0);
}

/** @param {Word} word */
export const textOf = ({ characters }) => characters.map(({ label }) => label).join('');

/** The boxes of a word's characters, as one. @param {Word} word @returns {Box | null} */
export function boxOf({ characters }) {
  const boxes = characters.flatMap(({ box }) => (box ? [box] : []));
  if (boxes.length === 0) return null;
  const left = Math.min(...boxes.map(([x]) => x));
  const top = Math.min(...boxes.map(([, y]) => y));
  const right = Math.max(...boxes.map(([x, , width]) => x + width));
  const bottom = Math.max(...boxes.map(([, y, , height]) => y + height));
  return [left, top, right - left, bottom - top];
}

/**
 * The part of a picture that shows a word, in fractions of its size.
 * @param {Word} word
 * @param {{width: number, height: number}} picture
 */
export function partAround(word, { width, height }) {
  const [x, y, wide, high] = boxOf(word) ?? [0, 0, width, height];
  const edge = EDGE * high;
  const [left, right] = [x - edge, x + wide + edge].map((place) => Math.min(1, Math.max(0, place / width)));
  const [top, bottom] = [y - edge, y + high + edge].map((place) => Math.min(1, Math.max(0, place / height)));
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/**
 * An answer about a picture that is shown in another size than it was sent in.
 * @param {TextAnswer} answer
 * @param {number} scale pixels of what was sent per pixel of what is shown
 * @returns {TextAnswer}
 */
export function withBoxesIn(answer, scale) {
  const characters = answer.characters.map(({ box, ...character }) => ({
    ...character,
    ...(box && { box: /** @type {Box} */ (box.map((pixels) => pixels / scale)) }),
  }));
  const lines = answer.lines?.map((line) => withBoxesIn(line, scale));
  return { ...answer, characters, ...(lines && { lines }) };
}

/**
 * The words of an answer.
 * @param {TextAnswer} answer
 * @param {readonly Stroke[]} strokes that it is about; none for a picture
 * @param {boolean} isField whether the text is one item that fits a pattern, spaces included
 * @returns {Word[]}
 */
export function readWords(answer, strokes, isField) {
  const lines = answer.lines ?? [answer];
  const texts = lines.map((line) => (isField ? [withSpaces(line)] : splitAtSpaces(line)));
  const words = texts
    .flatMap((words, line) =>
      words.map((characters) => ({ characters, line, strokes: /** @type {Stroke[]} */ ([]), key: '' })),
    )
    .filter(({ characters }) => characters.length > 0);
  if (words.length === 0) return words;
  for (const stroke of strokes) nearest(words, stroke).strokes.push(stroke);
  for (const word of words) word.key = word.strokes.map(idOf).join() || `at ${boxOf(word)}`;
  return words;
}

/** The characters of a line and its spaces, which may have no box. @param {TextAnswer} line @returns {Character[]} */
function withSpaces({ text, characters }) {
  const rest = characters.filter(({ label }) => label !== ' ');
  return [...text].map((label) =>
    label === ' ' ? { label, confidence: 1 } : (rest.shift() ?? { label, confidence: 1 }),
  );
}

/** @param {TextAnswer} line */
function splitAtSpaces(line) {
  /** @type {Character[][]} */
  const words = [[]];
  for (const character of withSpaces(line)) {
    if (character.label === ' ') words.push([]);
    else words[words.length - 1].push(character);
  }
  return words;
}

/** The word that a stroke belongs to. @param {Word[]} words @param {Stroke} stroke */
function nearest(words, { points }) {
  const middles = [0, 1].map((axis) => {
    const places = points.map((point) => point[axis] * SCALE);
    return (Math.min(...places) + Math.max(...places)) / 2;
  });
  const distance = (/** @type {Word} */ word) => {
    const [x, y, width, height] = boxOf(word) ?? [Infinity, 0, 0, 0];
    return Math.hypot(outside(middles[0], x, width), outside(middles[1], y, height));
  };
  return words.reduce((best, word) => (distance(word) < distance(best) ? word : best));
}

/** How far a place lies outside an interval. @param {number} place @param {number} start @param {number} length */
const outside = (place, start, length) => Math.max(start - place, place - start - length, 0);

/** The same after a reload of the page. @param {Stroke} stroke */
const idOf = ({ points }) => [points[0], points.at(-1), points.length].join();

/**
 * What else a word may be, as far as other readings of its line say so.
 * @param {TextAnswer} answer
 * @param {number} index of the word
 * @param {boolean} isField whether the text is one item
 * @returns {string[]} most likely first
 */
export function otherReadings(answer, index, isField) {
  const [line, ...others] = answer.lines ?? [answer];
  const count = readWords({ ...line, lines: undefined }, [], isField).length;
  if (index >= count && others.length > 0) return otherReadings({ ...answer, lines: others }, index - count, isField);
  if (count === 1) return line.alternatives.map(({ text }) => text);
  return line.alternatives
    .map(({ text }) => text.split(/\s+/))
    .filter((words) => words.length === count)
    .map((words) => words[index]);
}

/**
 * What stands in a line before and after a word, or one of its characters, as patterns. Letters, digits and spaces stand for
 * themselves. Others may be unknown to the server, because a person has typed them.
 * @param {readonly Word[]} words of all lines
 * @param {Word} word
 * @param {number | null} letter index of the character, or null for the whole word
 * @returns {[before: string, after: string]}
 */
export function patternsAround(words, word, letter) {
  const line = words.filter((each) => each.line === word.line);
  const index = line.indexOf(word);
  const [first, end] = letter === null ? [0, Infinity] : [letter, letter + 1];
  const part = (/** @type {number} */ from, /** @type {number} */ to) =>
    textOf({ ...word, characters: word.characters.slice(from, to) });
  const before = [...line.slice(0, index).map(textOf), part(0, first)];
  const after = [part(end, Infinity), ...line.slice(index + 1).map(textOf)];
  const patternOf = (/** @type {string[]} */ texts) => texts.join(' ').replace(/[^A-Za-z0-9 ]/gu, '.');
  return [patternOf(before), patternOf(after)];
}

/**
 * The characters of another text for the same ink. Those that it begins and ends with as before keep their places, and all
 * of them do if there are as many.
 * @param {Character[]} characters
 * @param {string} text
 * @returns {Character[]}
 */
export function relabel(characters, text) {
  const labels = [...text];
  const more = labels.length - characters.length;
  const shorter = Math.min(labels.length, characters.length);
  const start = countWhile(shorter, (i) => labels[i] === characters[i].label);
  const end = countWhile(shorter - start, (i) => labels.at(-1 - i) === characters.at(-1 - i)?.label);
  return labels.map((label, i) => {
    const isAtEnd = i >= labels.length - end;
    const place = more === 0 || i < start || isAtEnd ? characters[isAtEnd ? i - more : i] : undefined;
    return { label, confidence: 1, box: place?.box };
  });
}

/** How many of the first numbers, up to a limit, satisfy a condition. @param {number} limit @param {(i: number) => boolean} condition */
function countWhile(limit, condition) {
  let count = 0;
  while (count < limit && condition(count)) count++;
  return count;
}

/**
 * The strokes of a part of the sheet, moved to its left edge.
 * @param {readonly Stroke[]} strokes
 * @param {number} [by] how far, in sheet units
 * @returns {Stroke[]}
 */
export function moveLeft(strokes, by = leftEdge(strokes) - MARGIN) {
  return strokes.map(({ width, points }) => ({ width, points: points.map(([x, y]) => [x - by, y]) }));
}

/** @param {readonly Stroke[]} strokes */
function leftEdge(strokes) {
  return Math.min(...strokes.flatMap(({ points }) => points.map(([x]) => x)));
}

/**
 * The ink of one character in the middle of a square sheet. Where people print, strokes that overlap sideways make a
 * character. Where letters are joined, its box says what is its own.
 * @param {Word} word
 * @param {number} index of the character
 * @returns {Stroke[]} none if it is unknown
 */
export function inkOf({ strokes, characters }, index) {
  const groups = printed(strokes);
  const { box } = characters[index];
  if (groups.length === characters.length) return centred(groups[index]);
  return box ? centred(cutOut(strokes, box)) : [];
}

/** Groups of strokes that overlap sideways, from left to right. @param {readonly Stroke[]} strokes */
function printed(strokes) {
  /** @type {Stroke[][]} */
  const groups = [];
  let end = -Infinity;
  for (const stroke of [...strokes].sort((a, b) => extent(a)[0] - extent(b)[0])) {
    const [left, right] = extent(stroke);
    if (left > end) groups.push([]);
    groups[groups.length - 1].push(stroke);
    end = Math.max(end, right);
  }
  return groups;
}

/** @param {Stroke} stroke @returns {[left: number, right: number]} */
function extent({ points }) {
  const xs = points.map(([x]) => x);
  return [Math.min(...xs), Math.max(...xs)];
}

/** @param {readonly Stroke[]} strokes */
function centred(strokes) {
  const extents = strokes.map(extent);
  const [left, right] = [Math.min(...extents.map(([x]) => x)), Math.max(...extents.map(([, x]) => x))];
  return moveLeft(strokes, (left + right - SHEET) / 2);
}

/** The parts of strokes that lie in a box. @param {readonly Stroke[]} strokes @param {Box} box */
function cutOut(strokes, [x, , width]) {
  const [left, right] = [x / SCALE, (x + width) / SCALE];
  return strokes.flatMap((stroke) => partsBetween(stroke, left, right));
}

/** The parts of a stroke that lie between two vertical lines. @param {Stroke} stroke @param {number} left @param {number} right @returns {Stroke[]} */
function partsBetween({ width, points }, left, right) {
  /** @type {Stroke[]} */
  const parts = [];
  let isInside = false;
  for (const point of points) {
    const wasInside = isInside;
    isInside = point[0] >= left && point[0] <= right;
    if (isInside && !wasInside) parts.push({ width, points: [] });
    if (isInside) parts[parts.length - 1].points.push(point);
  }
  return parts;
}
