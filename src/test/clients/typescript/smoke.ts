// The types that openapi-typescript makes fit the server's answers, and catch a misspelt field.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import createClient from 'openapi-fetch';
import type { components, paths } from './target/neural-ink.js';

const client = createClient<paths>({ baseUrl: process.argv[2] });

const dataUrl = (drawing: string) =>
  `data:image/png;base64,${readFileSync(new URL(`../../../resources/golden/${drawing}.png`, import.meta.url), 'base64')}`;

// A drawing is predicted.
const request: components['schemas']['PredictRequest'] = { image: dataUrl('upper-r'), top: 2, charset: 'letters' };
const { data: answer } = await client.POST('/predict', { body: request });
assert.deepEqual(answer?.predictions.map(({ label }) => label), ['R', 'r']);

// Each image of a batch has a result.
const images = [dataUrl('digit-3'), 'data:image/png;base64,AAAA'];
const { data: batch } = await client.POST('/predict/batch', { body: { images } });
const [read, unread] = batch?.results ?? [];
assert.equal(read?.predictions?.[0]?.label, '3');
assert.equal(unread?.type, 'urn:neural-ink:problem:not-an-image');

// A problem has the type of a problem.
const { error, response } = await client.POST('/predict', { body: { image: dataUrl('upper-r'), charset: '?' } });
assert.equal(response.status, 400);
assert.equal(error?.type, 'urn:neural-ink:problem:bad-option');

// The model is described.
const { data: model } = await client.GET('/api/model');
assert.equal(model?.classes.length, 62);

// A misspelt field does not compile.
export const misspelt: components['schemas']['PredictRequest'][] = [
  // @ts-expect-error
  { image: '', charsets: 'digits' },
  // @ts-expect-error
  { images: '' },
];
// @ts-expect-error
export const confidences = (result: components['schemas']['Answer']) => result.prediction;
