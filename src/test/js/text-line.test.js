import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withoutLast } from '../../main/webapp/js/text-line.js';

test('the last character is removed as a whole', () => {
  assert.equal(withoutLast('Rk'), 'R');
  assert.equal(withoutLast('R𝔸'), 'R');
  assert.equal(withoutLast('𝔸𝔹'), '𝔸');
  assert.equal(withoutLast(''), '');
});
