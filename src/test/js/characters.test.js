import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alternatives, isDoubtful, kindOf, promptFor, usefulCharsets } from '../../main/webapp/js/characters.js';
import { groupByKind } from '../../main/webapp/js/heatmap.js';
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

test('what is worth a word is named, of the candidates shown, whether or not it looks alike', () => {
  assert.deepEqual(
    alternatives(
      candidates([
        ['O', 0.5],
        ['0', 0.3],
        ['o', 0.15],
        ['Q', 0.05],
      ]),
    ),
    ['0', 'o'],
  );
  assert.deepEqual(
    alternatives(
      candidates([
        ['h', 0.92],
        ['n', 0.07],
        ['b', 0.01],
      ]),
    ),
    ['n'],
  );
  assert.deepEqual(
    alternatives(
      candidates([
        ['R', 0.97],
        ['K', 0.02],
      ]),
    ),
    [],
  );
  assert.deepEqual(alternatives(candidates([['R', 1]])), []);
});

test('characters that look alike are no reason for doubt', () => {
  assert.ok(
    !isDoubtful(
      candidates([
        ['l', 0.39],
        ['1', 0.32],
        ['I', 0.24],
        ['i', 0.05],
      ]),
    ),
  );
  assert.ok(
    !isDoubtful(
      candidates([
        ['2', 0.56],
        ['v', 0.1],
        ['V', 0.08],
      ]),
    ),
  );
});

test('an answer is in doubt if it may well be none of the candidates shown', () => {
  assert.ok(
    isDoubtful(
      candidates([
        ['s', 0.27],
        ['m', 0.27],
        ['M', 0.15],
        ['p', 0.06],
      ]),
    ),
  );
  assert.ok(
    isDoubtful(
      candidates([
        ['B', 0.2],
        ['R', 0.1],
      ]),
    ),
  );
});
