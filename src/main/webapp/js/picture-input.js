/**
 * @file Pictures that a person chooses, photographs, pastes or drops.
 */
import { byId, onClick } from './dom.js';
import { loadLaterTexts, t } from './i18n.js';
import { showMessage } from './message.js';

/** @typedef {typeof import('./picture-file.js')} PictureFiles the module that is loaded with the first picture */
/** @typedef {import('./strokes.js').Drawing} Drawing */

/** How long a picture may take, in milliseconds, before the page says so. */
const PATIENCE = 300;

/** The pictures that are being opened or changed. */
let pending = 0;

/** Whether a picture is being opened or changed. */
export const isOpening = () => pending > 0;

/**
 * Opens or changes a picture, and says if that takes long or why it fails.
 * @param {(files: PictureFiles) => Promise<(() => void) | undefined>} work returns what shows its result
 */
export async function withPictureFiles(work) {
  pending++;
  const timer = setTimeout(() => showMessage(t('opening')), PATIENCE);
  try {
    const [files] = await Promise.all([import('./picture-file.js'), loadLaterTexts()]);
    const show = await work(files);
    showMessage('');
    show?.();
  } catch (cause) {
    const { key = 'notAnImage', values } = /** @type {Partial<import('./picture-file.js').Refusal>} */ (cause);
    showMessage(t(key, values), 'error');
  } finally {
    clearTimeout(timer);
    pending--;
  }
}

/** @param {(drawing: Drawing) => void} onDrawing */
export function setUpPictureInput(onDrawing) {
  /** @type {Blob | undefined} */
  let latest;
  /** @param {Blob | undefined} file */
  const open = async (file) => {
    if (!file) return;
    latest = file;
    await withPictureFiles(async ({ openFile }) => {
      const drawing = await openFile(file);
      return file === latest ? () => onDrawing(drawing) : undefined;
    });
  };
  setUpChooser('open', 'file', open);
  setUpChooser('camera', 'photo', open);
  setUpPaste(open);
  setUpDrop(open);
}

/** @typedef {(file: Blob | undefined) => Promise<void>} Open */

/** @param {string} button @param {string} chooser @param {Open} open */
function setUpChooser(button, chooser, open) {
  const input = /** @type {HTMLInputElement} */ (byId(chooser));
  onClick(button, () => input.click());
  input.addEventListener('change', async () => {
    await open(input.files?.[0]);
    // The same file can be chosen again.
    input.value = '';
  });
}

/** @param {Open} open */
function setUpPaste(open) {
  document.addEventListener('paste', (event) => {
    if (!event.clipboardData?.files.length) return;
    event.preventDefault();
    open(firstPicture(event.clipboardData));
  });
}

/** Text can be dropped into the text line only. Elsewhere the browser would open it. @param {Open} open */
function setUpDrop(open) {
  const setDragging = (/** @type {boolean} */ dragging) => document.body.classList.toggle('dragging', dragging);
  document.addEventListener('dragover', (event) => {
    const hasFiles = event.dataTransfer?.types.includes('Files') ?? false;
    setDragging(hasFiles);
    if (hasFiles) event.preventDefault();
  });
  document.addEventListener('dragleave', (event) => {
    const leavesWindow = event.relatedTarget === null;
    if (leavesWindow) setDragging(false);
  });
  document.addEventListener('dragend', () => setDragging(false));
  document.addEventListener('drop', (event) => {
    setDragging(false);
    if (!event.dataTransfer?.files.length && isTextField(event.target)) return;
    event.preventDefault();
    open(firstPicture(event.dataTransfer));
  });
}

/** @param {EventTarget | null} target */
const isTextField = (target) => target instanceof HTMLInputElement && target.type === 'text';

/** The first picture or, without one, the first file. @param {DataTransfer | null} data */
function firstPicture(data) {
  const files = [...(data?.files ?? [])];
  return files.find(({ type }) => type.startsWith('image/')) ?? files[0];
}
