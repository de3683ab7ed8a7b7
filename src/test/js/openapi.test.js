import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createConfig, lint } from '@redocly/openapi-core';

test('openapi.yaml is valid and follows the recommended rules', async () => {
  const ref = fileURLToPath(new URL('../../main/webapp/openapi.yaml', import.meta.url));
  const config = await createConfig({ extends: ['recommended-strict'] });
  const problems = await lint({ ref, config });
  assert.deepEqual(
    problems.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer]),
    [],
  );
});
