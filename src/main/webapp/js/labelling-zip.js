/**
 * @file Labelled drawings as a zip file that the training reads: a picture of each, and `examples.json` with all the rest.
 */
import { toPng } from './png.js';
import { toBlob } from './picture.js';
import { SHEET } from './strokes.js';
import { zip } from './zip.js';

/** @param {import('./labelling.js').LabelledDrawing[]} examples */
export async function zipOf(examples) {
  const files = examples.map((_, i) => `${String(i + 1).padStart(4, '0')}.png`);
  const described = examples.map(({ id, label, drawing, answer, model }, i) => ({
    file: files[i],
    label,
    date: new Date(id).toISOString(),
    strokes: drawing.strokes,
    model,
    predictions: answer.predictions,
    legibility: answer.legibility,
  }));
  const json = JSON.stringify({ format: 'neural-ink-examples', version: 1, sheet: SHEET, examples: described });
  const pngs = await Promise.all(examples.map(pngOf));
  const contents = await Promise.all(pngs.map(async (png) => new Uint8Array(await png.arrayBuffer())));
  return zip(['examples.json', ...files], [new TextEncoder().encode(json), ...contents]);
}

/** Strokes, or the ink that was found in a picture, black on white. @param {import('./labelling.js').LabelledDrawing} example */
function pngOf({ drawing, answer }) {
  return drawing.picture && answer.ink ? toBlob(answer.ink) : toPng(drawing);
}
