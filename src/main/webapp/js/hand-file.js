/**
 * @file A person's hand as a file, to take it to another device. It holds the drawings and what they are. What the model
 * makes of them is found out anew.
 */
import { SHEET, readDrawing } from './strokes.js';

/** @typedef {{label: string, drawing: import('./strokes.js').Drawing, date: number}} Example its date in milliseconds */

const FORMAT = 'neural-ink-hand';
const VERSION = 1;
/** Size of a file, in bytes. The strokes of a drawing take about 3,000, a picture some 100,000. */
const MAX_SIZE = 50_000_000;
const MAX_EXAMPLES = 500;
/** Of a drawing. A minute of quick writing has some 7,000. */
const MAX_POINTS = 20_000;
/** How far a stroke may leave the sheet, in sheet units. */
const MAX_DISTANCE = 10 * SHEET;

/** Why a file is not taken. */
export class Refusal extends Error {
  /** @param {'tooLargeFile' | 'notAHand'} key of the text that says so */
  constructor(key) {
    super(key);
    this.key = key;
  }
}

/** @param {import('./labelling.js').LabelledDrawing[]} examples */
export function toFile(examples) {
  const described = examples.map(({ id, label, drawing: { strokes, picture } }) => {
    return { label, date: new Date(id).toISOString(), strokes, ...(picture && { picture }) };
  });
  const content = { format: FORMAT, version: VERSION, sheet: SHEET, examples: described };
  return new Blob([JSON.stringify(content)], { type: 'application/json' });
}

/**
 * @param {Blob} file
 * @returns {Promise<Example[]>} what can be used of it
 * @throws {Refusal}
 */
export async function fromFile(file) {
  if (file.size > MAX_SIZE) throw new Refusal('tooLargeFile');
  const { format, version, sheet, examples } = parse(await file.text()) ?? {};
  const isKnown = format === FORMAT && version === VERSION && sheet === SHEET && Array.isArray(examples);
  if (!isKnown) throw new Refusal('notAHand');
  if (examples.length > MAX_EXAMPLES) throw new Refusal('tooLargeFile');
  return examples.map(readExample).filter((example) => example !== null);
}

/** Whether it is one character that can be seen, as the API has it. @param {unknown} label */
export const isCharacter = (label) => typeof label === 'string' && /^[^\s\p{C}\p{M}]$/u.test(label.normalize());

/** @param {any} described @returns {Example | null} */
function readExample(described) {
  const drawing = parseDrawing(described);
  const date = Date.parse(described?.date);
  const isValid = drawing !== null && isCharacter(described.label) && date <= Date.now();
  return isValid ? { label: described.label.normalize(), drawing, date } : null;
}

/** @param {unknown} described */
function parseDrawing(described) {
  try {
    const drawing = readDrawing(described);
    return drawing && isReasonable(drawing) ? drawing : null;
  } catch {
    return null; // Its picture is no base64.
  }
}

/** Whether it can be drawn in a moment. @param {import('./strokes.js').Drawing} drawing */
function isReasonable({ strokes, picture }) {
  const points = strokes.flatMap((stroke) => stroke.points);
  return (
    points.length > 0 !== (picture !== null) &&
    points.length <= MAX_POINTS &&
    points.flat().every((coordinate) => Math.abs(coordinate) <= MAX_DISTANCE) &&
    strokes.every(({ width }) => width > 0 && width <= SHEET)
  );
}

/** @param {string} json @returns {any} null if it is none */
function parse(json) {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
