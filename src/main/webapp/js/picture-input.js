/**
 * @file Pictures that a person chooses, pastes or drops.
 */
import { byId, onClick } from './dom.js';
import { t } from './i18n.js';
import { showMessage } from './message.js';
import { Picture } from './picture.js';

/** @param {(picture: Picture) => void} onPicture */
export function setUpPictureInput(onPicture) {
  /** @param {Blob | undefined} file */
  const open = async (file) => {
    if (!file) return;
    try {
      onPicture(await Picture.open(file));
    } catch (cause) {
      showMessage(t(cause instanceof RangeError ? 'tooLarge' : 'notAnImage'), 'error');
    }
  };
  setUpChooser(open);
  setUpPaste(open);
  setUpDrop(open);
}

/** @typedef {(file: Blob | undefined) => Promise<void>} Open */

/** @param {Open} open */
function setUpChooser(open) {
  const input = /** @type {HTMLInputElement} */ (byId('file'));
  onClick('open', () => input.click());
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

/** @param {Open} open */
function setUpDrop(open) {
  const setDragging = (/** @type {boolean} */ dragging) => document.body.classList.toggle('dragging', dragging);
  document.addEventListener('dragover', (event) => {
    event.preventDefault();
    setDragging(true);
  });
  document.addEventListener('dragleave', (event) => {
    const leavesWindow = event.relatedTarget === null;
    if (leavesWindow) setDragging(false);
  });
  document.addEventListener('dragend', () => setDragging(false));
  document.addEventListener('drop', (event) => {
    event.preventDefault();
    setDragging(false);
    open(firstPicture(event.dataTransfer));
  });
}

/** The first picture or, without one, the first file. @param {DataTransfer | null} data */
function firstPicture(data) {
  const files = [...(data?.files ?? [])];
  return files.find(({ type }) => type.startsWith('image/')) ?? files[0];
}
