import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ink, isEqual, readDrawing, strokesTouched, svgPath } from '../../main/webapp/js/ink.js';

/** @param {number} x @returns {import('../../main/webapp/js/ink.js').Stroke} a vertical stroke at x */
const vertical = (x) => ({
  width: 10,
  points: [
    [x, 20],
    [x, 200],
  ],
});

test('undo and redo step through every change', () => {
  const ink = new Ink();
  const [one, two] = [vertical(50), vertical(90)];
  ink.add(one);
  ink.add(two);
  ink.clear();
  ink.undo();
  assert.deepEqual(ink.drawing.strokes, [one, two]);
  ink.undo();
  assert.deepEqual(ink.drawing.strokes, [one]);
  ink.redo();
  ink.redo();
  assert.ok(ink.isBlank);
  assert.ok(!ink.canRedo);
});

test('a new stroke after undo clears the redo stack', () => {
  const ink = new Ink();
  ink.add(vertical(50));
  ink.undo();
  ink.add(vertical(90));
  assert.ok(!ink.canRedo);
  assert.equal(ink.drawing.strokes.length, 1);
});

test('clearing a blank sheet cannot be undone', () => {
  const ink = new Ink();
  ink.clear();
  assert.ok(!ink.canUndo);
});

test('erasing several strokes is one step', () => {
  const ink = new Ink();
  [50, 90, 130].forEach((x) => ink.add(vertical(x)));
  ink.remove(new Set(ink.drawing.strokes.slice(0, 2)));
  assert.equal(ink.drawing.strokes.length, 1);
  ink.undo();
  assert.equal(ink.drawing.strokes.length, 3);
});

test('a stroke replaces a picture, and undo restores it', () => {
  const ink = new Ink();
  const picture = { url: 'data:image/png;base64,AAAA', width: 3, height: 4 };
  ink.replace({ strokes: [], picture });
  ink.add(vertical(50));
  assert.equal(ink.drawing.picture, null);
  ink.undo();
  assert.equal(ink.drawing.picture, picture);
});

test('change events fire after the drawing has changed', () => {
  const ink = new Ink();
  /** @type {number[]} */
  const counts = [];
  ink.addEventListener('change', () => counts.push(ink.drawing.strokes.length));
  ink.add(vertical(50));
  ink.undo();
  ink.undo();
  ink.redo();
  assert.deepEqual(counts, [1, 0, 1]);
});

test('a fast eraser touches the strokes between two points, but none beside its path', () => {
  const strokes = [vertical(50), vertical(90), vertical(240)];
  assert.deepEqual(strokesTouched(strokes, [10, 100], [150, 100], 5), strokes.slice(0, 2));
  assert.deepEqual(strokesTouched(strokes, [150, 100], [150, 100], 5), []);
  assert.deepEqual(strokesTouched(strokes, [99, 100], [99, 100], 5), [strokes[1]]);
});

test('a dot becomes a path with some length, so that its round caps are drawn', () => {
  assert.equal(svgPath([[5, 6]]), 'M5 6L5.01 6');
});

test('a curve starts and ends at the first and last point', () => {
  const path = svgPath([
    [0, 0],
    [10, 0],
    [20, 10],
    [20, 30],
  ]);
  assert.equal(path, 'M0 0Q10 0 15 5Q20 10 20 20L20 30');
});

test('a stored drawing can be read again', () => {
  const drawing = { strokes: [vertical(50)], picture: null };
  const restored = readDrawing(JSON.parse(JSON.stringify(drawing)));
  assert.ok(restored && isEqual(restored, drawing));
});

for (const broken of [
  null,
  7,
  {},
  { strokes: [{}] },
  { strokes: [{ width: 3, points: [] }] },
  { strokes: [{ width: 3, points: [['a', 1]] }] },
  { strokes: [], picture: { url: 'https://elsewhere.example/x.png', width: 1, height: 1 } },
]) {
  test(`${JSON.stringify(broken)} is rejected as a stored drawing`, () => assert.equal(readDrawing(broken), null));
}
