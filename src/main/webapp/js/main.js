/**
 * @file Start-up: creates the parts of the page and connects them.
 *
 * From pen up to the answer:
 * 1. `Pad` turns the pointer's events into a stroke and adds it to `Strokes`.
 * 2. `Strokes` holds the drawing and fires `change`.
 * 3. `Recognizer` waits until the pen rests, turns the drawing into a file and passes it to `PredictClient`.
 *    While the pen draws, it does the same now and then, if nothing else is in flight.
 * 4. `PredictClient` posts it to `predict`, retries if the server is busy or unreachable, and fires `answer`.
 * 5. `Recognizer` passes the answer to `AnswerView`, which shows it.
 */
import { AnswerView } from './answer.js';
import { promptFor } from './characters.js';
import { CharsetChoice } from './charset.js';
import { byId, onClick } from './dom.js';
import { ExampleList } from './examples.js';
import { History } from './history.js';
import { t } from './i18n.js';
import { renderMessage, showConnection, showMessage } from './message.js';
import { Model } from './model.js';
import { Pad } from './pad.js';
import { isOpening, setUpPictureInput } from './picture-input.js';
import { Recognizer } from './recognizer.js';
import { setUpSettings } from './settings.js';
import { Sheet } from './sheet.js';
import { setUpShortcuts } from './shortcuts.js';
import { load } from './store.js';
import { Strokes } from './strokes.js';
import { TextLine } from './text-line.js';

const canvas = /** @type {HTMLCanvasElement} */ (byId('pad'));

const model = new Model();
const strokes = new Strokes();
const pad = new Pad(canvas, strokes);
const charset = new CharsetChoice();
const text = new TextLine(() => sheet.enter());
const answerView = new AnswerView(take, correct);
const recognizer = new Recognizer(strokes, pad, model, charset, answerView);
const history = new History(
  // A copy, so that the same drawing can enter the text once more.
  ({ drawing, label }) => sheet.show({ ...drawing }, label),
  (drawing) => lateReader((reader) => reader.read(drawing)),
);
const sheet = new Sheet(strokes, pad, (drawing, label) => history.add(drawing, recognizer.bestFor(drawing), label));
const examples = new ExampleList((drawing) => {
  sheet.show(drawing);
  canvas.focus({ preventScroll: true });
});

const parts = { strokes, pad, model, sheet, text, recognizer, answerView, history };
/** @typedef {typeof parts} Parts */

// These features are loaded when they are first used.
const pictureTools = lazy(() => import('./picture-tools.js'));
const lateReader = lazy(() => import('./late-reader.js'));
const writeOn = lazy(() => import('./write-on.js'));
const labelling = lazy(() => import('./labelling.js'));

/** Without a connection a feature may be missing until the next try. @template T @param {() => Promise<{default: new (all: Parts) => T}>} load */
function lazy(load) {
  /** @type {Promise<T> | null} */
  let feature = null;
  return async (/** @type {(loaded: T) => void} */ use) => {
    feature ??= load().then((module) => new module.default(parts));
    const loaded = await feature.catch(() => (feature = null));
    if (loaded) use(loaded);
    else showMessage(t('needsServer'), 'error');
  };
}

/** Adds a candidate to the text. @param {string} label */
function take(label) {
  text.take(label, strokes.drawing);
  sheet.finish();
}

/** Keeps what a person says that the drawing is. @param {string} label */
function correct(label) {
  labelling((part) => part.correct(label));
}

function toggleWriteOn() {
  writeOn((part) => part.toggle());
}

function ask() {
  if (isOpening()) return showMessage(t('opening'));
  recognizer.askOnDemand();
}

function clear() {
  sheet.clear();
  showMessage('');
}

/** Asks again when the model or the expected characters change. */
function askWithNewOptions() {
  if (!strokes.isBlank) recognizer.ask();
}

function showModel() {
  const { description, classes } = model;
  if (!description) return;
  byId('model').textContent = t('model', { name: description.name, version: description.version });
  byId('prompt-title').textContent = t(promptFor(classes));
}

onClick('predict', ask);
onClick('clear', clear);
onClick('write-on', toggleWriteOn);
onClick('crop', () => pictureTools((tools) => tools.toggleCrop()));
onClick('rotate', () => pictureTools((tools) => tools.rotate()));
setUpShortcuts(sheet, pad, { ask, clear });
setUpPictureInput((drawing) => sheet.show(drawing));

recognizer.addEventListener('answer', () => answerView.correct(sheet.label));
charset.addEventListener('change', askWithNewOptions);
model.addEventListener('not-ready', () => showConnection('notReady'));
model.addEventListener('described', () => showConnection(null));
model.addEventListener('unauthorized', () => showMessage(t('needsKey'), 'error'));
model.addEventListener('change', () => {
  charset.setClasses(model.classes);
  examples.setClasses(model.classes);
  answerView.setClasses(model.classes);
  showModel();
  askWithNewOptions();
});

addEventListener('offline', () => showConnection('offline'));
addEventListener('online', () => showConnection(null));

setUpSettings(
  () => pad.refresh(),
  () => {
    answerView.render();
    history.render();
    examples.render();
    sheet.render();
    showModel();
    renderMessage();
  },
);
if (!navigator.onLine) showConnection('offline');
model.load();
sheet.restore();
if (load('write-on', false)) toggleWriteOn();
if (load('labelled', false)) labelling(() => {});
// The worker fetches what the page has just loaded: from then on, the browser's cache has it.
if ('serviceWorker' in navigator) {
  addEventListener('load', () => navigator.serviceWorker.register('sw.js').catch(() => {}));
}
