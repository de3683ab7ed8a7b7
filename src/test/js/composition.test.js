import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { Strokes } from '../../main/webapp/js/strokes.js';
import { Composition } from '../../main/webapp/js/composition.js';
import { TextLine } from '../../main/webapp/js/text-line.js';

/** What a text line needs of its field. */
class FakeInput extends EventTarget {
  value = '';
  selectionStart = 0;
  selectionEnd = 0;
  scrollLeft = 0;
  clientWidth = 100;

  /** A character is 10 pixels wide. */
  get scrollWidth() {
    return 10 * this.value.length;
  }

  /** @type {(replacement: string, start: number, end: number, mode: 'end' | 'preserve') => void} */
  setRangeText(replacement, start, end, mode) {
    const shift = replacement.length - (end - start);
    this.value = this.value.slice(0, start) + replacement + this.value.slice(end);
    const caret =
      mode === 'end' ? start + replacement.length : this.selectionStart + (start < this.selectionStart ? shift : 0);
    this.setSelectionRange(caret, caret);
  }

  /** @param {number} start @param {number} end */
  setSelectionRange(start, end) {
    [this.selectionStart, this.selectionEnd] = [start, end];
  }

  /** A person types where the caret is. @param {string} text */
  type(text) {
    this.setRangeText(text, this.selectionStart, this.selectionEnd, 'end');
    this.dispatchEvent(new Event('input'));
  }

  /** @param {number} position */
  click(position) {
    this.setSelectionRange(position, position);
  }
}

let input = new FakeInput();
const other = Object.assign(new EventTarget(), { dataset: {} });
Object.assign(globalThis, {
  document: { getElementById: (/** @type {string} */ id) => (id === 'text' ? input : other) },
  addEventListener: () => {},
});

const stroke = () => ({ width: 9, points: /** @type {[number, number][]} */ ([[1, 2]]) });

/** @type {Strokes} */
let strokes;
/** @type {Composition} */
let composition;
beforeEach(() => {
  input = new FakeInput();
  strokes = new Strokes();
  composition = new Composition(strokes, new TextLine(() => {}));
});

/** Writes a stroke, after which the line reads so. @param {string} text */
function write(text) {
  strokes.add(stroke());
  composition.write(text);
}

/** The pen begins a new line, after the old one was declared done. */
function startNewLine() {
  composition.end();
  strokes.clear();
}

test('a line is rewritten in the text while it grows', () => {
  write('H');
  write('Ha');
  write('Hat');
  assert.equal(input.value, 'Hat');
});

test('what is written is in view', () => {
  input.type('one two three four five six seven eight ');
  write('nine');
  assert.ok(input.scrollLeft >= 10 * 44 - 100, `at ${input.scrollLeft}`);
  input.click(4);
  startNewLine();
  write('and');
  assert.ok(input.scrollLeft < 10 * 8, `at ${input.scrollLeft}`);
});

test('a line stands where the caret was, set apart from the words around it', () => {
  input.type('onethree');
  input.click(3);
  write('tw');
  assert.equal(input.value, 'one tw three');
  write('two');
  assert.equal(input.value, 'one two three');
});

test('punctuation after the caret stays close', () => {
  input.type('one.');
  input.click(3);
  write('two');
  assert.equal(input.value, 'one two.');
});

test('the next line comes after the one that is done', () => {
  write('one');
  composition.finish();
  startNewLine();
  write('two');
  assert.equal(input.value, 'one two');
});

test('what is cleared before it is done leaves the text, and comes back with an undo', () => {
  input.type('one');
  write('two');
  startNewLine();
  assert.equal(input.value, 'one');
  strokes.undo();
  composition.write('two');
  assert.equal(input.value, 'one two');
});

test('what is erased to the last stroke leaves the text', () => {
  write('I');
  strokes.remove(new Set(strokes.drawing.strokes));
  assert.equal(input.value, '');
});

test('an undo leads back to the line that is done, and changes it where it stands', () => {
  write('one');
  composition.finish();
  startNewLine();
  write('two');
  strokes.undo();
  assert.equal(input.value, 'one');
  strokes.undo();
  write('ones');
  assert.equal(input.value, 'ones');
});

test('a line that a person has edited in the text is not rewritten', () => {
  write('cat');
  assert.ok(!composition.isEdited);
  input.click(1);
  input.type('h');
  assert.ok(composition.isEdited);
  write('cats');
  assert.equal(input.value, 'chat');
});

test('text that a person types beside the line leaves it as it is', () => {
  write('cat');
  input.type('!');
  write('cats');
  assert.equal(input.value, 'cats!');
});

test('what stands before the line is its context, and no more than 20 characters of it', () => {
  input.type('The quick brown fox jumps');
  assert.equal(composition.before, 'uick brown fox jumps '.slice(1));
  write('over');
  assert.equal(composition.before, 'ick brown fox jumps ');
  assert.equal(composition.before.length, 20);
});

test('a line is found again after the page was loaded anew', () => {
  input.type('one two');
  strokes.add(stroke());
  assert.ok(composition.adopt('two'));
  write('twos');
  assert.equal(input.value, 'one twos');
});

test('a line that a person has edited meanwhile is not found, and stays theirs', () => {
  input.type('one too');
  strokes.add(stroke());
  assert.ok(!composition.adopt('two'));
  write('two');
  assert.equal(input.value, 'one too');
});
