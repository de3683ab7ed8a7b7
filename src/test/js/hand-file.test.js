import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromFile, isCharacter, toFile } from '../../main/webapp/js/hand-file.js';
import { Picture } from '../../main/webapp/js/picture.js';

const answer = { predictions: [] };
const model = { name: 'quarters', version: '1' };
/** @param {number[][]} points */
const stroke = (...points) => ({ width: 16, points: /** @type {[number, number][]} */ (points) });

/** @type {import('../../main/webapp/js/labelling.js').LabelledDrawing[]} */
const examples = [
  {
    id: Date.parse('2026-01-02T03:04:05Z'),
    label: 'q',
    drawing: { strokes: [stroke([1, 2], [3.5, 4])], picture: null },
    answer,
    model,
  },
  {
    id: Date.parse('2026-01-01T00:00:00Z') + 0.5,
    label: 'é',
    drawing: { strokes: [], picture: new Picture(`data:image/png;base64,${btoa('picture')}`, 10, 20) },
    answer,
    model,
  },
];

/** @param {object} changes to a good file */
async function read(changes) {
  const content = { ...JSON.parse(await toFile(examples).text()), ...changes };
  return fromFile(new Blob([JSON.stringify(content)]));
}

test('what is exported can be imported', async () => {
  const read = await fromFile(toFile(examples));
  assert.deepEqual(
    read.map(({ label, date }) => [label, new Date(date).toISOString()]),
    [
      ['q', '2026-01-02T03:04:05.000Z'],
      ['é', '2026-01-01T00:00:00.000Z'],
    ],
  );
  assert.equal(
    JSON.stringify(read.map(({ drawing }) => drawing)),
    JSON.stringify(examples.map(({ drawing }) => drawing)),
  );
  assert.ok(read[1].drawing.picture instanceof Picture);
});

for (const [name, content] of /** @type {const} */ ([
  ['text', 'Hello'],
  ['other JSON', '[1,2]'],
  ['null', 'null'],
  ['a PNG file', '\x89PNG\r\n'],
])) {
  test(`${name} is no hand`, async () => {
    await assert.rejects(fromFile(new Blob([content])), { key: 'notAHand' });
  });
}

for (const [name, changes] of /** @type {const} */ ([
  ['format', { format: 'neural-ink-examples' }],
  ['version', { version: 2 }],
  ['sheet', { sheet: 100 }],
  ['list', { examples: { length: 1 } }],
])) {
  test(`another ${name} is refused`, async () => {
    await assert.rejects(read(changes), { key: 'notAHand' });
  });
}

test('a file that is too large is refused unread', async () => {
  const file = /** @type {any} */ ({ size: 51_000_000, text: () => assert.fail('it was read') });
  await assert.rejects(fromFile(file), { key: 'tooLargeFile' });
  const [one] = JSON.parse(await toFile(examples).text()).examples;
  await assert.rejects(read({ examples: Array(501).fill(one) }), { key: 'tooLargeFile' });
  assert.equal((await read({ examples: Array(500).fill(one) })).length, 500);
});

const date = '2026-01-02T03:04:05Z';
const strokes = [stroke([1, 2])];
for (const [name, example] of /** @type {[string, any][]} */ ([
  ['nothing', null],
  ['no label', { date, strokes }],
  ['a label that is no text', { date, strokes, label: 7 }],
  ['two characters', { date, strokes, label: 'ab' }],
  ['a space', { date, strokes, label: ' ' }],
  ['a control character', { date, strokes, label: '\u0007' }],
  ['an accent alone', { date, strokes, label: '\u0301' }],
  ['no date', { strokes, label: 'q' }],
  ['a date to come', { date: '2999-01-01T00:00:00Z', strokes, label: 'q' }],
  ['no strokes', { date, strokes: [], label: 'q' }],
  ['a stroke far from the sheet', { date, strokes: [stroke([1e9, 2])], label: 'q' }],
  ['a stroke that is too wide', { date, strokes: [{ ...stroke([1, 2]), width: 281 }], label: 'q' }],
  ['too many points', { date, strokes: [stroke(...Array(20_001).fill([1, 2]))], label: 'q' }],
  ['text for a point', { date, strokes: [stroke(/** @type {any} */ ('ab'))], label: 'q' }],
  [
    'a picture from elsewhere',
    { date, strokes: [], picture: { url: 'https://example.org/a.png', width: 1, height: 1 }, label: 'q' },
  ],
  [
    'a picture that is no base64',
    { date, strokes: [], picture: { url: 'data:image/png;base64,?', width: 1, height: 1 }, label: 'q' },
  ],
  [
    'strokes and a picture',
    { date, strokes, picture: { url: 'data:image/png;base64,AA==', width: 1, height: 1 }, label: 'q' },
  ],
])) {
  test(`an example with ${name} is left out, and the others are taken`, async () => {
    const read = await fromFile(
      new Blob([
        JSON.stringify({
          ...JSON.parse(await toFile(examples).text()),
          examples: [example, { date, strokes, label: 'z' }],
        }),
      ]),
    );
    assert.deepEqual(
      read.map(({ label }) => label),
      ['z'],
    );
  });
}

test('a character may be any that can be seen', () => {
  for (const label of ['q', 'ß', 'π', '✓', 'e\u0301', '한', '🖋']) assert.ok(isCharacter(label), label);
});
