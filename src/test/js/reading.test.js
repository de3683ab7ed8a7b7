import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  boxOf,
  inkOf,
  moveLeft,
  otherReadings,
  partAround,
  patternsAround,
  pictureWidth,
  readWords,
  relabel,
  textOf,
  withBoxesIn,
} from '../../main/webapp/js/reading.js';

/** @typedef {import('../../main/webapp/js/protocol').TextAnswer} TextAnswer */
/** @typedef {import('../../main/webapp/js/strokes.js').Stroke} Stroke */

/** An upright stroke. @param {number} x in sheet units @returns {Stroke} */
const upright = (x) => ({
  width: 9,
  points: [
    [x, 100],
    [x, 190],
  ],
});

/** An answer whose characters are 10 pixels wide and 20 apart. A space is a character like the others. @param {string} text @param {string[]} [alternatives] @returns {TextAnswer} */
const answer = (text, alternatives = []) => ({
  text,
  confidence: 0.9,
  alternatives: alternatives.map((other) => ({ text: other, confidence: 0.02 })),
  characters: [...text].map((label, i) => ({ label, confidence: 0.9, box: [20 * i, 50, 10, 45] })),
});

test('a wide gap, which is read as a space, separates words', () => {
  const words = readWords(answer('to be 4'), [], false);
  assert.deepEqual(words.map(textOf), ['to', 'be', '4']);
  assert.deepEqual(boxOf(words[1]), [60, 50, 30, 45]);
});

test('spaces without a box separate words, too', () => {
  const { characters, ...rest } = answer('to be');
  const words = readWords({ ...rest, characters: characters.filter(({ label }) => label !== ' ') }, [], false);
  assert.deepEqual(words.map(textOf), ['to', 'be']);
});

test('a text that fits a pattern is one item, spaces included', () => {
  assert.deepEqual(readWords(answer('12 AB'), [], true).map(textOf), ['12 AB']);
});

test('each line of a picture has its words', () => {
  const lines = [answer('to be'), answer('or not')];
  const words = readWords({ ...answer('to be\nor not'), lines }, [], false);
  assert.deepEqual(words.map(textOf), ['to', 'be', 'or', 'not']);
  assert.deepEqual(
    words.map(({ line }) => line),
    [0, 0, 1, 1],
  );
});

test('a stroke belongs to the word that it stands in, or else to the nearest one', () => {
  const [t, o, dot, b, far] = [10, 50, 62, 130, 900].map(upright);
  const words = readWords(answer('to be'), [t, o, dot, b, far], false);
  assert.deepEqual(words[0].strokes, [t, o, dot]);
  assert.deepEqual(words[1].strokes, [b, far]);
});

test('a word keeps its key while only others change', () => {
  const [t, b, e] = [10, 130, 170].map(upright);
  const key = (/** @type {Stroke[]} */ strokes) => readWords(answer('to be'), strokes, false)[0].key;
  assert.equal(key([t, b]), key([t, b, e]));
  assert.notEqual(key([t, b]), key([upright(11), b]));
});

test('the same ink has the same key after a reload of the page', () => {
  const key = () => readWords(answer('to'), [upright(10), upright(30)], false)[0].key;
  assert.equal(key(), key());
});

test('where there are several lines, a stroke belongs to a word of the line that it stands on', () => {
  const below = answer('or not');
  for (const { box } of below.characters) if (box) box[1] = 110;
  const read = { ...answer('to be\nor not'), lines: [answer('to be'), below] };
  const [above, under] = [upright(10), { width: 9, points: /** @type {[number, number][]} */ ([[10, 240]]) }];
  const words = readWords(read, [above, under], false);
  assert.deepEqual(
    words.map(({ strokes }) => strokes),
    [[above], [], [under], []],
  );
});

test('a word is cut out of a picture with some paper around it', () => {
  const [word] = readWords(answer('to be'), [], false);
  const picture = { width: 200, height: 100 };
  assert.deepEqual(partAround(word, picture), { x: 0, y: 0.455, width: 0.1725, height: 0.54 });
});

test('boxes are moved to where a smaller picture shows the ink', () => {
  const line = answer('to');
  const shown = withBoxesIn({ ...line, lines: [line, answer('b')] }, 5);
  assert.deepEqual(shown.characters[1], { label: 'o', confidence: 0.9, box: [4, 10, 2, 9] });
  assert.deepEqual(shown.lines?.[1].characters[0].box, [0, 10, 2, 9]);
  assert.equal(withBoxesIn(line, 5).lines, undefined);
});

test('other readings of a word come from those of the whole text with as many words', () => {
  const read = answer('to be', ['to he', 'tobe', 'lo be']);
  assert.deepEqual(otherReadings(read, 1, false), ['he', 'be']);
  assert.deepEqual(otherReadings(answer('be', ['he', 'b e']), 0, false), ['he', 'b e']);
});

test('each line of a picture has its own other readings', () => {
  const lines = [answer('to be', ['to he']), answer('or not', ['on not', 'or hot'])];
  const read = { ...answer('to be\nor not', ['to he\nor not']), lines };
  assert.deepEqual(otherReadings(read, 1, false), ['he']);
  assert.deepEqual(otherReadings(read, 2, false), ['on', 'or']);
  assert.deepEqual(otherReadings(read, 3, false), ['not', 'hot']);
});

test('what stands around a word or a character of its line is a pattern', () => {
  const lines = [answer("it's on me"), answer('or not')];
  const words = readWords({ ...answer("it's on me\nor not"), lines }, [], false);
  assert.deepEqual(patternsAround(words, words[1], null), ['it.s ', ' me']);
  assert.deepEqual(patternsAround(words, words[1], 1), ['it.s o', ' me']);
  assert.deepEqual(patternsAround(words, words[0], 0), ['', 't.s on me']);
  assert.deepEqual(patternsAround(words, words[4], null), ['or ', '']);
});

/** @param {string} text @param {string} other */
const placesIn = (text, other) => relabel(answer(text).characters, other).map(({ label, box }) => [label, box?.[0]]);

test('characters of another text keep their places if there are as many', () => {
  assert.deepEqual(placesIn('he', 'be'), [
    ['b', 0],
    ['e', 20],
  ]);
});

test('characters of a longer or shorter text keep their places where it begins and ends as before', () => {
  assert.deepEqual(placesIn('litle', 'little'), [
    ['l', 0],
    ['i', 20],
    ['t', 40],
    ['t', undefined],
    ['l', 60],
    ['e', 80],
  ]);
  assert.deepEqual(placesIn('clown', 'down'), [
    ['d', undefined],
    ['o', 40],
    ['w', 60],
    ['n', 80],
  ]);
  assert.deepEqual(placesIn('aa', 'a'), [['a', 0]]);
});

test('the picture is as wide as the ink, but never narrower than a square', () => {
  assert.equal(pictureWidth([upright(30)]), 140);
  assert.equal(pictureWidth([upright(30), upright(980)]), 500);
});

test('one word of a long line moves to the left edge', () => {
  assert.deepEqual(moveLeft([upright(900), upright(940)]), [upright(20), upright(60)]);
});

test('strokes that overlap sideways are a printed character, which moves to the middle of the sheet', () => {
  const [stem, bar, next] = [
    upright(100),
    {
      width: 9,
      points: /** @type {[number, number][]} */ ([
        [90, 100],
        [130, 100],
      ]),
    },
    upright(300),
  ];
  const [word] = readWords(answer('Tl'), [next, stem, bar], false);
  assert.deepEqual(
    inkOf(word, 0).map(({ points }) => points[0]),
    [
      [120, 100],
      [130, 100],
    ],
  );
  assert.deepEqual(inkOf(word, 1), [upright(140)]);
});

test('joined characters are cut apart by their boxes', () => {
  /** @type {Stroke} */
  const line = { width: 9, points: Array.from({ length: 12 }, (_, i) => [10 * i, 150]) };
  const [word] = readWords(answer('nun'), [line], false); // The u is from 40 to 60 sheet units.
  assert.deepEqual(
    inkOf(word, 1).map(({ points }) => points),
    [
      [
        [130, 150],
        [140, 150],
        [150, 150],
      ],
    ],
  );
});

test('a stroke that leaves a character and comes back has two parts', () => {
  /** @type {Stroke} */
  const loop = {
    width: 9,
    points: [
      [45, 100],
      [160, 110],
      [45, 120],
    ],
  };
  const [word] = readWords(answer('no'), [loop], false);
  assert.equal(inkOf(word, 1).length, 2);
});

test('a character without strokes of its own has no ink', () => {
  const [word] = readWords(answer('no'), [], false);
  assert.deepEqual(inkOf(word, 1), []);
});
