/**
 * @file The page: wires the pad, the server and everything that shows or keeps an answer.
 */
import { AnswerView } from './answer.js';
import { EXAMPLES } from './examples.js';
import { download, toBlob, toPng, toSvg } from './export.js';
import { History } from './history.js';
import { named, t } from './i18n.js';
import { BLANK, Ink, isBlank, readDrawing } from './ink.js';
import { Pad } from './pad.js';
import { readPicture } from './picture.js';
import { Predictor } from './predict.js';
import { choice, setUpSettings } from './settings.js';
import { recall, remember } from './store.js';
import { thumbnail } from './thumbnail.js';

/** @typedef {import('./ink.js').Drawing} Drawing */
/** @typedef {{name: string, version: string, legibility?: {threshold: number}}} Model the part of `GET api/model` used here */

/** How long the pen must rest before the page asks by itself, in milliseconds: longer than the hop to a next stroke needs no answer. */
const REST = 80;
/** Side of a saved PNG in pixels: few enough for the server to read it again. */
const SAVED = 1000;

/**
 * @template {HTMLElement} [T=HTMLElement]
 * @param {string} id
 */
const byId = (id) => /** @type {T} */ (document.getElementById(id));
/** @param {string} id @param {() => void} action */
const onClick = (id, action) => byId(id).addEventListener('click', action);

const canvas = /** @type {HTMLCanvasElement} */ (byId('pad'));
const text = /** @type {HTMLInputElement} */ (byId('text'));
const file = /** @type {HTMLInputElement} */ (byId('file'));
const dialog = /** @type {HTMLDialogElement} */ (byId('settings'));

const ink = new Ink();
const pad = new Pad(canvas, ink);
const predictor = new Predictor('predict');
const answer = new AnswerView(take);
const history = new History(bring);

/** The drawing asked about last: the answer shown is to it. @type {Drawing} */
let answered = BLANK;
/** Whether the character was taken into the text: the next stroke starts a new one. */
let taken = false;
/** The expected set. */
let charset = 'any';
/** @type {Model | null} */
let model = null;
let rest = 0;

// --- The way of a drawing -------------------------------------------------------------------------------------------

pad.addEventListener('begin', () => {
  clearTimeout(rest);
  answer.stale(true);
  if (taken || ink.drawing.picture) startAnew();
});
pad.addEventListener('end', () => {
  if (ink.isBlank) forgetAnswer();
  else askSoon();
});
ink.addEventListener('change', () => {
  setTaken(false);
  remember('drawing', ink.drawing);
  showSheet();
  if (pad.busy) return;
  if (ink.isBlank) forgetAnswer();
  else askSoon();
});

function askSoon() {
  answer.stale(true);
  clearTimeout(rest);
  rest = window.setTimeout(ask, REST);
}

function ask() {
  clearTimeout(rest);
  if (ink.isBlank) return answer.say(t('nothingDrawn'), 'doubt');
  answered = ink.drawing;
  predictor.ask({
    image: toPng(ink.drawing),
    top: 62,
    glyph: true,
    ...(charset !== 'any' && { charset }),
    ...(model?.legibility && { legibility: true }),
  });
}

predictor.addEventListener('answer', (event) => {
  answer.show(/** @type {CustomEvent} */ (event).detail, model?.legibility?.threshold ?? 0);
  answer.stale(pad.busy || answered !== ink.drawing);
  if (!model) learnModel();
});
predictor.addEventListener('refusal', (event) => {
  const { kind, status } = /** @type {CustomEvent} */ (event).detail;
  answer.reset();
  if (kind === 'nothing-drawn') answer.say(t('nothingDrawn'), 'doubt');
  else if (status === 413 || kind === 'too-many-pixels') answer.say(t('tooLarge'), 'trouble');
  else if (status === 500) answer.say(t('failed', { predict: t('predict') }), 'trouble');
  else answer.say(t('refused'), 'trouble');
});
predictor.addEventListener('trouble', (event) => {
  const { problem, wait } = /** @type {CustomEvent} */ (event).detail;
  const seconds = Math.ceil(wait / 1000);
  if (problem.status !== 0) answer.say(t('busy', { seconds }), 'trouble');
  else answer.say(navigator.onLine ? t('unreachable', { seconds }) : t('offline'), 'trouble');
});

function forgetAnswer() {
  clearTimeout(rest);
  predictor.cancel();
  answered = BLANK;
  answer.reset();
}

// --- New, old and other drawings ------------------------------------------------------------------------------------

/** Keeps the drawing on the sheet in the history, with its answer. */
function keep() {
  if (!ink.isBlank) history.add(ink.drawing, answered === ink.drawing ? answer.best : null);
}

function startAnew() {
  keep();
  ink.clear();
}

/** Puts a drawing on the sheet instead of the one there. @param {Drawing} drawing */
function bring(drawing) {
  keep();
  ink.replace(drawing);
}

/** @param {Blob | null | undefined} blob */
async function bringPicture(blob) {
  if (!blob) return;
  try {
    bring({ strokes: [], picture: await readPicture(blob) });
  } catch {
    answer.say(t('notAnImage'), 'trouble');
  }
}

/** Adds a character to the text. @param {string} label */
function take(label) {
  text.value += label;
  remember('text', text.value);
  answer.say(t('added', { name: named(label) }));
  setTaken(true);
}

/** @param {boolean} value */
function setTaken(value) {
  taken = value;
  canvas.classList.toggle('taken', value);
  pad.refresh();
}

// --- The sheet and its tools ----------------------------------------------------------------------------------------

function showSheet() {
  const { strokes, picture } = ink.drawing;
  const disable = (/** @type {string} */ id, /** @type {boolean} */ off) => {
    /** @type {HTMLButtonElement} */ (byId(id)).disabled = off;
  };
  disable('undo', !ink.canUndo);
  disable('redo', !ink.canRedo);
  disable('save-png', ink.isBlank);
  disable('save-svg', ink.isBlank);
  if (picture) canvas.ariaLabel = t('padPicture');
  else canvas.ariaLabel = strokes.length > 0 ? t('padStrokes', { count: strokes.length }) : t('padBlank');
}

/** @param {boolean} on */
function setErasing(on) {
  pad.erasing = on;
  byId('eraser').ariaPressed = String(on);
  canvas.classList.toggle('erasing', on);
}

function clear() {
  startAnew();
  setErasing(false);
  answer.say('');
}

onClick('predict', ask);
onClick('clear', clear);
onClick('undo', () => ink.undo());
onClick('redo', () => ink.redo());
onClick('eraser', () => setErasing(!pad.erasing));
onClick('open', () => file.click());
onClick('save-png', () => download('drawing.png', toBlob(toPng(ink.drawing, SAVED))));
onClick('save-svg', () => download('drawing.svg', new Blob([toSvg(ink.drawing)], { type: 'image/svg+xml' })));

const brush = /** @type {HTMLInputElement} */ (byId('brush'));
brush.value = String(recall('brush', pad.brush));
pad.brush = brush.valueAsNumber;
brush.addEventListener('input', () => {
  pad.brush = brush.valueAsNumber;
  remember('brush', pad.brush);
});

choice('charset', 'any', (chosen) => {
  charset = chosen;
  if (!ink.isBlank) ask();
});

byId('examples').append(
  ...EXAMPLES.map(({ name, drawing }) => {
    const item = document.createElement('li');
    const button = document.createElement('button');
    button.type = 'button';
    button.dataset.name = name;
    button.append(thumbnail(drawing));
    button.addEventListener('click', () => {
      bring(drawing);
      canvas.focus({ preventScroll: true });
    });
    item.append(button);
    return item;
  }),
);

// --- Keyboard, files, text ------------------------------------------------------------------------------------------

document.addEventListener('keydown', (event) => {
  const target = /** @type {HTMLElement} */ (event.target);
  if (dialog.open || pad.busy || target.matches('input[type=text]')) return;
  const key = event.key.toLowerCase();
  const command = event.ctrlKey || event.metaKey;
  if (command && key === 'z') event.shiftKey ? ink.redo() : ink.undo();
  else if (command && key === 'y') ink.redo();
  else if (command || event.altKey) return;
  else if (key === 'enter' && !target.closest('button, a, input[type=radio]')) ask();
  else if (key === 'escape' || key === 'delete') clear();
  else return;
  event.preventDefault();
});

file.addEventListener('change', async () => {
  await bringPicture(file.files?.[0]);
  file.value = '';
});

/** @param {DataTransfer | null} data */
const pictureIn = (data) => [...(data?.files ?? [])].find(({ type }) => type.startsWith('image/')) ?? data?.files[0];

document.addEventListener('paste', (event) => {
  if (!event.clipboardData?.files.length) return;
  event.preventDefault();
  bringPicture(pictureIn(event.clipboardData));
});
document.addEventListener('dragover', (event) => {
  event.preventDefault();
  document.body.classList.add('dragging');
});
for (const type of ['dragleave', 'drop', 'dragend']) {
  document.addEventListener(type, (event) => {
    const leaving = /** @type {DragEvent} */ (event).relatedTarget === null;
    if (type !== 'dragleave' || leaving) document.body.classList.remove('dragging');
  });
}
document.addEventListener('drop', (event) => {
  event.preventDefault();
  bringPicture(pictureIn(event.dataTransfer));
});

text.value = recall('text', '');
text.addEventListener('input', () => remember('text', text.value));
onClick('backspace', () => {
  text.value = text.value.slice(0, -1);
  remember('text', text.value);
});
onClick('copy', async () => {
  try {
    await navigator.clipboard.writeText(text.value);
    answer.say(t('copied'));
  } catch {
    text.select();
    answer.say(t('copyFailed'));
  }
});

// --- Start ----------------------------------------------------------------------------------------------------------

/** Shows everything that speaks, in the language spoken now. */
function respeak() {
  answer.render();
  history.render();
  showSheet();
  showModel();
  for (const { name } of EXAMPLES) {
    const button = /** @type {HTMLElement} */ (document.querySelector(`#examples button[data-name="${name}"]`));
    button.ariaLabel = button.title = t('example', { name: named(name) });
  }
  if (!navigator.onLine) answer.say(t('offline'), 'trouble');
}

function showModel() {
  byId('model').textContent = model ? t('model', { name: model.name, version: model.version }) : '';
}

/** Asks what the loaded model is and can do; without an answer the page works all the same. */
async function learnModel() {
  try {
    const response = await fetch('api/model');
    if (response.ok) model = await response.json();
    showModel();
  } catch {
    // The first answer is the next occasion.
  }
}

addEventListener('offline', () => answer.say(t('offline'), 'trouble'));
addEventListener('online', () => answer.say(''));

setUpSettings(() => pad.refresh(), respeak);
learnModel();
const kept = readDrawing(recall('drawing', null));
if (kept && !isBlank(kept) && ink.isBlank) ink.replace(kept);
if ('serviceWorker' in navigator) navigator.serviceWorker.register('sw.js').catch(() => {});
