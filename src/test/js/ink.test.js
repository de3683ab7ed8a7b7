import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ink, isSame, readDrawing, svgPath, touched } from '../../main/webapp/js/ink.js';

/** @param {number} x @returns {import('../../main/webapp/js/ink.js').Stroke} an upright stroke at x */
const upright = (x) => ({
  width: 10,
  points: [
    [x, 20],
    [x, 200],
  ],
});

test('undo and redo go back and forth through every change', () => {
  const ink = new Ink();
  const [one, two] = [upright(50), upright(90)];
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

test('a new stroke after undo forgets what was undone', () => {
  const ink = new Ink();
  ink.add(upright(50));
  ink.undo();
  ink.add(upright(90));
  assert.ok(!ink.canRedo);
  assert.equal(ink.drawing.strokes.length, 1);
});

test('clearing a blank sheet is no step', () => {
  const ink = new Ink();
  ink.clear();
  assert.ok(!ink.canUndo);
});

test('erasing is one step, however many strokes it takes', () => {
  const ink = new Ink();
  [50, 90, 130].forEach((x) => ink.add(upright(x)));
  ink.remove(new Set(ink.drawing.strokes.slice(0, 2)));
  assert.equal(ink.drawing.strokes.length, 1);
  ink.undo();
  assert.equal(ink.drawing.strokes.length, 3);
});

test('a stroke over a picture replaces it, and undo brings it back', () => {
  const ink = new Ink();
  const picture = { url: 'data:image/png;base64,AAAA', width: 3, height: 4 };
  ink.replace({ strokes: [], picture });
  ink.add(upright(50));
  assert.equal(ink.drawing.picture, null);
  ink.undo();
  assert.equal(ink.drawing.picture, picture);
});

test('every change is told, with the drawing already changed', () => {
  const ink = new Ink();
  /** @type {number[]} */
  const counts = [];
  ink.addEventListener('change', () => counts.push(ink.drawing.strokes.length));
  ink.add(upright(50));
  ink.undo();
  ink.undo();
  ink.redo();
  assert.deepEqual(counts, [1, 0, 1]);
});

test('a hasty eraser takes the strokes it jumps over, not those beside its way', () => {
  const strokes = [upright(50), upright(90), upright(240)];
  assert.deepEqual(touched(strokes, [10, 100], [150, 100], 5), strokes.slice(0, 2));
  assert.deepEqual(touched(strokes, [150, 100], [150, 100], 5), []);
  assert.deepEqual(touched(strokes, [99, 100], [99, 100], 5), [strokes[1]]);
});

test('a dot is a path with some length, so that round ends show it', () => {
  assert.equal(svgPath([[5, 6]]), 'M5 6L5.01 6');
});

test('a curve starts and ends where the pen did', () => {
  const path = svgPath([
    [0, 0],
    [10, 0],
    [20, 10],
    [20, 30],
  ]);
  assert.equal(path, 'M0 0Q10 0 15 5Q20 10 20 20L20 30');
});

test('drawings survive storage', () => {
  const drawing = { strokes: [upright(50)], picture: null };
  const kept = readDrawing(JSON.parse(JSON.stringify(drawing)));
  assert.ok(kept && isSame(kept, drawing));
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
  test(`storage that holds ${JSON.stringify(broken)} is no drawing`, () => assert.equal(readDrawing(broken), null));
}
