import assert from 'node:assert/strict';
import { test } from 'node:test';
import { groupByKind, kindOf, lookAlikes, promptFor, usefulCharsets } from '../../main/webapp/js/characters.js';
import { characterName } from '../../main/webapp/js/i18n.js';

const DIGITS = [...'0123456789'];
const CAPITALS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const SMALL = [...'abcdefghijklmnopqrstuvwxyz'];
const ALL = [...DIGITS, ...CAPITALS, ...SMALL];

for (const [label, kind] of /** @type {const} */ ([
  ['7', 'digit'],
  ['R', 'capital'],
  ['r', 'small'],
  ['É', 'capital'],
  ['ß', 'small'],
  ['+', 'other'],
  ['あ', 'other'],
])) {
  test(`${label} is of kind ${kind}`, () => assert.equal(kindOf(label), kind));
}

test('a character that is neither letter nor digit has a name', () => {
  assert.equal(characterName('+'), 'character +');
});

test('classes are grouped by kind, in the order of the model', () => {
  assert.deepEqual(groupByKind(ALL), [DIGITS, CAPITALS, SMALL]);
  assert.deepEqual(groupByKind(['b', 'a', '+', 'B', '1']), [['1'], ['B'], ['b', 'a'], ['+']]);
});

test('a model of digits and letters has all character sets', () => {
  assert.deepEqual(usefulCharsets(ALL), ['digits', 'letters', 'upper', 'lower']);
});

test('a model of one kind has no character sets to choose from', () => {
  for (const classes of [DIGITS, CAPITALS, ['a', 'b', 'c', 'd'], ['+', '-'], []]) {
    assert.deepEqual(usefulCharsets(classes), []);
  }
});

test('letters are no separate set if the model has only one case', () => {
  assert.deepEqual(usefulCharsets([...DIGITS, ...CAPITALS]), ['digits', 'upper']);
  assert.deepEqual(usefulCharsets([...CAPITALS, ...SMALL]), ['upper', 'lower']);
});

test('the prompt names what the model can read', () => {
  assert.equal(promptFor(ALL), 'prompt');
  assert.equal(promptFor(DIGITS), 'promptDigit');
  assert.equal(promptFor(['a', 'b', 'c', 'd']), 'promptLetter');
  assert.equal(promptFor([...DIGITS, '+']), 'promptOther');
});

/** @param {[string, number][]} ranked */
const candidates = (ranked) => ranked.map(([label, confidence]) => ({ label, confidence }));

test('0, O and o look alike if all are likely', () => {
  const ranked = candidates([
    ['O', 0.5],
    ['0', 0.3],
    ['o', 0.15],
    ['Q', 0.05],
  ]);
  assert.deepEqual(lookAlikes(ranked), ['O', '0', 'o']);
});

test('an unlikely look-alike is not mentioned', () => {
  assert.deepEqual(
    lookAlikes(
      candidates([
        ['O', 0.97],
        ['0', 0.02],
        ['o', 0.01],
      ]),
    ),
    [],
  );
});

test('other likely characters are no look-alikes', () => {
  assert.deepEqual(
    lookAlikes(
      candidates([
        ['R', 0.5],
        ['A', 0.4],
        ['K', 0.1],
      ]),
    ),
    [],
  );
});

test('characters look alike whichever of them is best', () => {
  const best = (/** @type {string} */ a, /** @type {string} */ b) =>
    lookAlikes(
      candidates([
        [a, 0.6],
        [b, 0.4],
      ]),
    );
  for (const pair of ['ij', 'Jj', '1I', 'Oo']) {
    const [a, b] = pair;
    assert.deepEqual(best(a, b), [a, b]);
    assert.deepEqual(best(b, a), [b, a]);
  }
  assert.deepEqual(best('i', 'J'), [], 'i and J share only a look-alike');
});

test('j looks like both J and i', () => {
  const ranked = candidates([
    ['j', 0.5],
    ['i', 0.3],
    ['J', 0.2],
  ]);
  assert.deepEqual(lookAlikes(ranked), ['j', 'i', 'J']);
});
