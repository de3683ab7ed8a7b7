import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Picture } from '../../main/webapp/js/picture.js';
import { strokesTouched } from '../../main/webapp/js/eraser.js';
import { Strokes, isEqual, readDrawing, svgPath } from '../../main/webapp/js/strokes.js';

/** @param {number} x @returns {import('../../main/webapp/js/strokes.js').Stroke} a vertical stroke at x */
const vertical = (x) => ({
  width: 10,
  points: [
    [x, 20],
    [x, 200],
  ],
});

test('undo and redo step through every change', () => {
  const strokes = new Strokes();
  const [one, two] = [vertical(50), vertical(90)];
  strokes.add(one);
  strokes.add(two);
  strokes.clear();
  strokes.undo();
  assert.deepEqual(strokes.drawing.strokes, [one, two]);
  strokes.undo();
  assert.deepEqual(strokes.drawing.strokes, [one]);
  strokes.redo();
  strokes.redo();
  assert.ok(strokes.isBlank);
  assert.ok(!strokes.canRedo);
});

test('a new stroke after undo clears the redo stack', () => {
  const strokes = new Strokes();
  strokes.add(vertical(50));
  strokes.undo();
  strokes.add(vertical(90));
  assert.ok(!strokes.canRedo);
  assert.equal(strokes.drawing.strokes.length, 1);
});

test('clearing a blank sheet cannot be undone', () => {
  const strokes = new Strokes();
  strokes.clear();
  assert.ok(!strokes.canUndo);
});

test('erasing several strokes is one step', () => {
  const strokes = new Strokes();
  [50, 90, 130].forEach((x) => strokes.add(vertical(x)));
  strokes.remove(new Set(strokes.drawing.strokes.slice(0, 2)));
  assert.equal(strokes.drawing.strokes.length, 1);
  strokes.undo();
  assert.equal(strokes.drawing.strokes.length, 3);
});

test('a stroke replaces a picture, and undo restores it', () => {
  const strokes = new Strokes();
  const picture = new Picture('data:image/png;base64,AAAA', 3, 4);
  strokes.replace({ strokes: [], picture });
  strokes.add(vertical(50));
  assert.equal(strokes.drawing.picture, null);
  strokes.undo();
  assert.equal(strokes.drawing.picture, picture);
});

test('change events fire after the drawing has changed', () => {
  const strokes = new Strokes();
  /** @type {number[]} */
  const counts = [];
  strokes.addEventListener('change', () => counts.push(strokes.drawing.strokes.length));
  strokes.add(vertical(50));
  strokes.undo();
  strokes.undo();
  strokes.redo();
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
