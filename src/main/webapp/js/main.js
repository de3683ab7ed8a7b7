/**
 * @file Start-up: creates the parts of the page and connects them.
 *
 * From pen up to the answer: `Pad` makes a stroke, `Strokes` holds the drawing, `Recognizer` asks about it when the pen rests,
 * and now and then before, `PredictClient` gets the answer, and `AnswerView` shows it.
 */
import { AnswerView } from './answer.js';
import { promptFor } from './characters.js';
import { CharsetChoice } from './charset.js';
import { byId, onClick } from './dom.js';
import { ExampleList } from './examples.js';
import { History } from './history.js';
import { loadLaterTexts, t } from './i18n.js';
import { renderMessage, showConnection, showMessage } from './message.js';
import { Model } from './model.js';
import { Pad } from './pad.js';
import { isOpening, setUpPictureInput } from './picture-input.js';
import { device as reader, hand } from './predict.js';
import { Recognizer } from './recognizer.js';
import { bindChoice, setUpSettings } from './settings.js';
import { Sheet } from './sheet.js';
import { load, save } from './store.js';
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
const history = new History(bringBack, (...unread) => lateReader((reader) => reader.readRecent(...unread)));
const sheet = new Sheet(
  strokes,
  pad,
  (drawing, label) => history.add(drawing, recognizer.bestFor(drawing), label),
  canvas,
  'drawing',
);
const examples = new ExampleList((drawing) => {
  sheet.show(drawing);
  canvas.focus({ preventScroll: true });
});

/** What a person writes, a character or text: the sheet for it, and what reads it. */
const character = { strokes, pad, sheet, recognizer, view: answerView };
/** @typedef {Omit<typeof character, 'view'> & {view: {render: () => void}}} Mode */

/** @type {Mode} */
let mode = character;

const settings = setUpSettings(() => mode.pad.refresh(), render);
const parts = { ...character, model, text, answerView, history, settings, mode: () => mode, ask, readLater, askAgain };
/** @typedef {typeof parts} Parts */

// These features are loaded when they are first used.
const pictureTools = lazy(() => import('./picture-tools.js'), 'css/crop.css');
const lateReader = lazy(() => import('./late-reader.js'));
const writeOn = lazy(() => import('./write-on.js'));
const guides = lazy(() => import('./guides.js'), 'css/guides.css');
const labelling = lazy(() => import('./labelling.js'), 'css/hand.css');
const handDialog = lazy(() => import('./hand-dialog.js'), 'css/dialog.css');
const settingsDialog = lazy(() => import('./settings-dialog.js'), 'css/dialog.css');
const device = (isServerAway = false) =>
  import('./device.js').then(({ setUpDevice }) => setUpDevice(parts, isServerAway)).catch(() => {});
const deviceSoon = () => setTimeout(device, 15_000); // The page is idle by then.
const textMode = lazy(() => import('./text-mode.js'), 'css/text.css');

/** Without a connection a feature may be missing until the next try. @template T @param {() => Promise<{default: new (all: Parts) => T}>} load @param {string} [style] */
function lazy(load, style) {
  /** @type {Promise<T> | null} */
  let feature = null;
  return async (/** @type {(loaded: T) => void} */ use) => {
    feature ??= Promise.all([load(), loadLaterTexts(), style && loadStyle(style)]).then(
      ([module]) => new module.default(parts),
    );
    const loaded = await feature.catch(() => (feature = null));
    if (loaded) use(loaded);
    else showMessage(t('needsServer'), 'error');
    return loaded !== null;
  };
}

/** @param {string} path */
const loadStyle = async (path) => (await import('./style.js')).loadStyle(path);

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

function toggleGuides() {
  guides((part) => part.toggle());
}

function ask() {
  if (isOpening()) return showMessage(t('opening'));
  mode.recognizer.askOnDemand();
}

function clear() {
  mode.sheet.clear();
  showMessage('');
}

/** Asks again when the answer may have become another one, for example with another model. */
function askAgain() {
  if (!mode.strokes.isBlank) mode.recognizer.ask();
}

/** Asks about a drawing that is not on the sheet, once there is nothing else to ask. @param {import('./strokes.js').Drawing} drawing @returns {Promise<import('./protocol').Answer | null>} */
function readLater(drawing) {
  return new Promise((use) => lateReader((reader) => use(reader.read(drawing, false))).then(() => use(null)));
}

/** Shows what the page has learnt of a person's hand. */
function openHand() {
  labelling((part) => handDialog((dialog) => dialog.open(part)));
}

/** @param {string} css @returns {HTMLInputElement} */
const byQuery = (css) => /** @type {HTMLInputElement} */ (document.querySelector(css));

/** Shows the sheet for what a person chose, if the server can read that. */
async function showMode() {
  const isText = () => chosenMode === 'text' && model.mayReadText;
  byId('modes').hidden = !model.description?.text && !isText();
  byQuery('#guides').disabled = !model.description?.guides;
  if (!isText()) return setMode(character);
  const isLoaded = await textMode((loaded) => isText() && setMode(loaded));
  if (!isLoaded) byQuery('input[name="mode"]').checked = true;
}

/** Shows a recent drawing again. A copy, so that it can enter the text once more. @param {import('./history.js').Entry} entry */
async function bringBack({ drawing, label, width, reading }) {
  byQuery(`input[name="mode"][value="${width ? 'text' : 'character'}"]`).click();
  await showMode();
  if (Boolean(width) === (mode === character)) return showMessage(t('needsServer'), 'error');
  mode.sheet.show({ ...drawing }, reading ?? label);
}

/** @param {Mode} chosen */
function setMode(chosen) {
  const { dataset } = document.documentElement;
  if (mode === chosen && dataset.mode) return;
  mode.recognizer.pause();
  mode = chosen;
  dataset.mode = mode === character ? 'character' : 'text';
  showMessage('');
  mode.recognizer.addEventListener('answer', deviceSoon, { once: true });
  mode.sheet.restore();
  mode.recognizer.resume();
  render();
}

/** Renders everything, for example in another language. */
function render() {
  mode.view.render();
  history.render();
  examples.render();
  mode.sheet.render();
  showModel();
  renderMessage();
}

function setUpBrush() {
  const brush = /** @type {HTMLInputElement} */ (byId('brush'));
  brush.value = String(load('brush', pad.brush));
  pad.brush = brush.valueAsNumber;
  brush.addEventListener('input', () => {
    pad.brush = brush.valueAsNumber;
    save('brush', pad.brush);
  });
}

function showModel() {
  const { description, classes } = model;
  if (!description) return;
  const { name, version } = (mode !== character && description.text) || description;
  byId('model').textContent = t('model', { name, version });
  byId('prompt-title').textContent = t(promptFor(classes));
  byId('hand-open').hidden = !description.features && !load('labelled', false);
}

pad.addEventListener('begin', () => answerView.loadHeatMap().catch(() => {}), { once: true });
onClick('predict', ask);
onClick('clear', clear);
onClick('write-on', toggleWriteOn);
onClick('guides', toggleGuides);
onClick('crop', () => pictureTools((tools) => tools.toggleCrop()));
onClick('rotate', () => pictureTools((tools) => tools.rotate()));
onClick('undo', () => mode.sheet.undo());
onClick('redo', () => mode.sheet.redo());
onClick('eraser', () => mode.sheet.toggleEraser());
onClick('save-png', () => mode.sheet.save('savePng'));
onClick('save-svg', () => mode.sheet.save('saveSvg'));
onClick('hand-open', openHand);
onClick('settings-open', () => settingsDialog((dialog) => dialog.open()));
setUpBrush();
setUpPictureInput((drawing) => mode.sheet.show(drawing));

/** @type {typeof import('./shortcuts.js').onKeyDown | undefined} */
let onKeyDown;
const loadShortcuts = () => import('./shortcuts.js').then((loaded) => ({ onKeyDown } = loaded)).catch(() => {});
addEventListener('focusin', loadShortcuts, { once: true });
addEventListener('keydown', async (event) => {
  if (!onKeyDown) await loadShortcuts();
  onKeyDown?.(event, mode, { ask, clear });
});

recognizer.addEventListener('answer', () => answerView.correct(sheet.label));
charset.addEventListener('change', askAgain);
model.addEventListener('not-ready', () => showConnection('notReady'));
model.addEventListener('described', () => showConnection(null));
model.addEventListener('unauthorized', () => showMessage(t('needsKey'), 'error'));
model.addEventListener('change', () => {
  charset.setClasses(model.classes);
  examples.setClasses(model.classes);
  answerView.setClasses(model.classes);
  render();
  showMode();
  mode.recognizer.update();
});

addEventListener('offline', () => {
  showConnection('offline');
  model.load(); // As that fails, this device starts to read.
});
model.addEventListener('unreachable', () => device(true));
addEventListener('online', () => showConnection(null));

if (!navigator.onLine) showConnection('offline');
model.load();
let chosenMode = '';
bindChoice('mode', 'character', (name) => {
  chosenMode = name;
  showMode();
});
if (load('write-on', false)) toggleWriteOn();
if (load('guides', false)) toggleGuides();
if (load('labelled', false)) hand.ready = labelling(() => {});
if (load('device', /** @type {string} */ ('')) === 'device') reader.ready = device();
// The worker fetches what the page has just loaded: from then on, the browser's cache has it.
if ('serviceWorker' in navigator) {
  addEventListener('load', () => navigator.serviceWorker.register('sw.js').catch(() => {}));
}
