import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lastGrapheme } from '../../main/webapp/js/text-line.js';

test('the last character is found as a whole', () => {
  assert.equal(lastGrapheme('Rk'), 'k');
  assert.equal(lastGrapheme('R𝔸'), '𝔸');
  assert.equal(lastGrapheme('Re\u0301'), 'e\u0301');
  assert.equal(lastGrapheme('a👩‍👧'), '👩‍👧');
  assert.equal(lastGrapheme(''), '');
});
