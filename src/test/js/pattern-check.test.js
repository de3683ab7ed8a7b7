import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mistakeIn } from '../../main/webapp/js/pattern-check.js';

const READ = 'abcABC0123456789$.,- ';

/** @type {[pattern: string, position: number, reason: string][]} */
const MISTAKES = [
  ['[0-9', 0, 'patternOpens'],
  ['(ab', 0, 'patternOpens'],
  ['ab)', 2, 'patternCloses'],
  ['ab]', 2, 'patternCloses'],
  ['+a', 0, 'patternRepeatsNothing'],
  ['a{3', 3, 'patternNumbers'],
  ['a{3,1}', 1, 'patternNumbers'],
  ['a{}', 2, 'patternNumbers'],
  ['[]', 0, 'patternEmpty'],
  ['[x-z]', 1, 'patternRange'],
  ['\\w+', 0, 'patternEscape'],
  ['é', 0, 'patternUnread'],
  ['^[0-9]+$', 0, 'patternAnchor'],
  ['[0-9]+$', 6, 'patternAnchor'],
  ['(a$|b)', 2, 'patternAnchor'],
  ['[^a]', 1, 'patternNegation'],
  ['(a{64}){64}', 2, 'patternTooManyRepeats'],
  ['a'.repeat(201), 200, 'patternLength'],
];

for (const [pattern, position, reason] of MISTAKES) {
  test(`the mistake in ${pattern.slice(0, 20)} is named`, () => {
    const mistake = mistakeIn(pattern, READ);
    assert.deepEqual({ position: mistake?.position, reason: mistake?.reason }, { position, reason });
  });
}

test('a pattern without a mistake is accepted', () => {
  assert.equal(mistakeIn('[A-C]{2}-[0-9]{4}', READ), null);
  assert.equal(mistakeIn('\\d+,\\d\\d', READ), null);
  assert.equal(mistakeIn('$?\\d+\\$', READ), null);
});

test('while it is unknown what the model reads, every character may stand in a pattern', () => {
  assert.equal(mistakeIn('é+[x-z]'), null);
  assert.equal(mistakeIn('[é')?.reason, 'patternOpens');
});
