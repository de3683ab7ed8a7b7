/**
 * @file The dialog for the settings, which also lists the keys. It is loaded when it is first opened.
 */
import { createDialog } from './dialog.js';
import { bindChoice } from './settings.js';
import { load } from './store.js';

const CONTENT = `
  <fieldset class="segments">
    <legend data-t="theme"></legend>
    <label><input type="radio" name="theme" value="system"><span data-t="system"></span></label>
    <label><input type="radio" name="theme" value="light"><span data-t="light"></span></label>
    <label><input type="radio" name="theme" value="dark"><span data-t="dark"></span></label>
  </fieldset>
  <fieldset class="segments">
    <legend data-t="hand"></legend>
    <label><input type="radio" name="hand" value="left"><span data-t="left"></span></label>
    <label><input type="radio" name="hand" value="right"><span data-t="right"></span></label>
  </fieldset>
  <fieldset class="segments">
    <legend data-t="language"></legend>
    <label><input type="radio" name="language" value="en"><span lang="en">English</span></label>
    <label><input type="radio" name="language" value="de"><span lang="de">Deutsch</span></label>
    <label><input type="radio" name="language" value="es"><span lang="es">Español</span></label>
    <label><input type="radio" name="language" value="fr"><span lang="fr">Français</span></label>
  </fieldset>
  <fieldset class="segments" aria-describedby="device-hint">
    <legend data-t="readBy"></legend>
    <label><input type="radio" name="device" value="server"><span data-t="server"></span></label>
    <label><input type="radio" name="device" value="device"><span data-t="thisDevice"></span></label>
  </fieldset>
  <p class="hint" id="device-hint" data-t="deviceHint"></p>
  <h3 data-t="keys"></h3>
  <dl class="keys">
    <div><dt data-t="predict"></dt><dd><kbd>Enter</kbd></dd></div>
    <div><dt data-t="undo"></dt><dd><kbd>Ctrl</kbd> <kbd>Z</kbd></dd></div>
    <div><dt data-t="redo"></dt><dd><kbd>Ctrl</kbd> <kbd>Shift</kbd> <kbd>Z</kbd></dd></div>
    <div><dt data-t="clear"></dt><dd><kbd>Esc</kbd> <kbd>Delete</kbd></dd></div>
    <div><dt data-t="eraser"></dt><dd><kbd>E</kbd></dd></div>
    <div><dt data-t="keyCandidates"></dt><dd><kbd>1</kbd> <kbd>2</kbd> <kbd>3</kbd></dd></div>
    <div><dt data-t="space"></dt><dd><kbd>Space</kbd></dd></div>
    <div><dt data-t="backspace"></dt><dd><kbd>Backspace</kbd></dd></div>
    <div><dt data-t="keyPaste"></dt><dd><kbd>Ctrl</kbd> <kbd>V</kbd></dd></div>
  </dl>
  <h3 data-t="tips"></h3>
  <p data-t="tipPen"></p>
`;

export default class SettingsDialog {
  #dialog = createDialog('settings', 'settings', CONTENT);

  /** @param {import('./main.js').Parts} parts */
  constructor(parts) {
    for (const [name, setting] of Object.entries(parts.settings)) {
      bindChoice(name, setting.value, (value) => {
        setting.value = value;
        setting.apply();
      });
    }
    let chosen = load('device', 'server');
    bindChoice('device', 'server', async (value) => {
      if (value === chosen) return;
      chosen = value;
      const { setUpDevice } = await import('./device.js');
      if (value === 'device') (await setUpDevice(parts)).prepare();
    });
  }

  open() {
    this.#dialog.showModal();
  }
}
