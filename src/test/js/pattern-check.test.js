import assert from 'node:assert/strict';
import { test } from 'node:test';
import texts from '../../main/webapp/js/i18n/later/en.js';
import { mistakeIn } from '../../main/webapp/js/pattern-check.js';
import { decoding, textDescriptor } from './golden.js';

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
  ['(a{64}){64}', 2, 'patternTooLarge'],
  ['a'.repeat(201), 200, 'patternTooLarge'],
];

for (const [pattern, position, reason] of MISTAKES) {
  test(`the mistake in ${pattern.slice(0, 20)} is named`, () => {
    assert.deepEqual(mistakeIn(pattern, READ), { position, reason });
  });
}

test('a pattern without a mistake is accepted', () => {
  assert.equal(mistakeIn('[A-C]{2}-[0-9]{4}', READ), null);
  assert.equal(mistakeIn('\\d+,\\d\\d', READ), null);
});

test('while it is unknown what the model reads, every character may stand in a pattern', () => {
  assert.equal(mistakeIn('é+[x-z]'), null);
  assert.equal(mistakeIn('[é')?.reason, 'patternOpens');
});

test('each mistake that the compiler finds has a text of its own', () => {
  assert.ok(decoding.wrongPatterns.length > 5);
  for (const { pattern } of decoding.wrongPatterns) {
    const reason = mistakeIn(pattern, textDescriptor.alphabet)?.reason;
    assert.ok(reason && reason in texts && reason !== 'patternSyntax', `${pattern}: ${reason}`);
  }
});
