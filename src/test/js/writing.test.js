import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import './fake-server.js'; // defines CustomEvent where Node.js lacks it
import { Writing } from '../../main/webapp/js/writing.js';

const stroke = () => ({ width: 9, points: /** @type {[number, number][]} */ ([[1, 2]]) });
/** @param {string} text */
const characters = (text) => [...text].map((label) => ({ label, confidence: 1 }));

/** @type {Writing} */
let writing;
/** @type {string[]} */
let corrected;
beforeEach(() => {
  writing = new Writing();
  corrected = [];
  writing.addEventListener('correct', (event) => corrected.push(/** @type {CustomEvent} */ (event).detail));
  writing.add(stroke());
});

const reading = () =>
  writing
    .corrected('word')
    ?.map(({ label }) => label)
    .join('');

test('a correction is the step that an undo takes back first', () => {
  writing.correct('word', characters('cat'));
  writing.correct('word', characters('cot'));
  writing.undo();
  assert.equal(reading(), 'cat');
  writing.undo();
  assert.equal(reading(), undefined);
  assert.equal(writing.drawing.strokes.length, 1);
  writing.undo();
  assert.ok(writing.isBlank);
  assert.deepEqual(corrected, ['word', 'word', 'word', 'word']);
});

test('a redo corrects again', () => {
  writing.correct('word', characters('cat'));
  writing.undo();
  assert.ok(writing.canRedo);
  writing.redo();
  assert.equal(reading(), 'cat');
  assert.ok(!writing.canRedo);
});

test('strokes after a correction are undone before it', () => {
  writing.correct('word', characters('cat'));
  writing.add(stroke());
  writing.undo();
  assert.equal(writing.drawing.strokes.length, 1);
  assert.equal(reading(), 'cat');
  writing.undo();
  assert.equal(reading(), undefined);
  writing.redo();
  writing.redo();
  assert.equal(reading(), 'cat');
  assert.equal(writing.drawing.strokes.length, 2);
});

test('after a new stroke, nothing is corrected again', () => {
  writing.correct('word', characters('cat'));
  writing.undo();
  writing.add(stroke());
  assert.ok(!writing.canRedo);
  writing.undo();
  writing.redo();
  assert.equal(reading(), undefined);
});

test('what a person has corrected before the page was loaded stays corrected, and is no step of undo', () => {
  writing.recall([['word', characters('cat')]]);
  assert.equal(reading(), 'cat');
  writing.undo();
  assert.ok(writing.isBlank);
  assert.equal(reading(), 'cat');
});
