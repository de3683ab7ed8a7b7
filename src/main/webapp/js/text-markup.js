/**
 * @file The parts of the page that only text has.
 */
import { translate } from './i18n.js';

/** By the selector of what they are put into. */
const MARKUP = {
  '.stage': `
    <div id="reading">
      <p class="headline" id="text-prompt" data-t="textPrompt"></p>
      <div id="letters" role="group" data-t-label="wordLetters"></div>
      <div id="suggestions" role="group" data-t-label="suggestions"></div>
    </div>`,
  '.tools': `
    <button type="button" class="icon" id="earlier" data-t-label="earlier" disabled><svg aria-hidden="true" viewBox="0 0 24 24"><path d="m14 6-6 6 6 6"/></svg></button>
    <button type="button" class="icon" id="later" data-t-label="later" disabled><svg aria-hidden="true" viewBox="0 0 24 24"><path d="m10 6 6 6-6 6"/></svg></button>
    <button type="button" id="done" data-t="done"></button>`,
};

/** Comes first on the paper: the ink that was found, and the part that is cut out, are shown above it. */
const SHEET = `
    <div id="scroller">
      <canvas id="line" tabindex="0" role="img" aria-describedby="line-help"></canvas>
      <div id="words" role="group" data-t-label="words"></div>
      <p class="visually-hidden" id="line-help" data-t="textHelp"></p>
    </div>`;

/** Comes first of the details. */
const EXPECTED = `
  <fieldset class="segments" id="expected">
    <legend data-t="expectedText"></legend>
    <label><input type="radio" name="expected" value="any"><span data-t="anyText"></span></label>
    <label><input type="radio" name="expected" value="word"><span data-t="word"></span></label>
    <label><input type="radio" name="expected" value="number"><span data-t="number"></span></label>
    <label><input type="radio" name="expected" value="code"><span data-t="code"></span></label>
    <label><input type="radio" name="expected" value="custom"><span data-t="custom"></span></label>
  </fieldset>
  <div id="custom" hidden>
    <label for="pattern" data-t="pattern"></label>
    <input type="text" id="pattern" maxlength="200" autocomplete="off" autocapitalize="off" spellcheck="false" placeholder="[A-Z]{2}-[0-9]{4}" aria-describedby="pattern-error pattern-hint">
    <p id="pattern-error" role="alert" data-tone="error"></p>
    <p class="hint" id="pattern-hint" data-t="patternHint"></p>
  </div>`;

export function insertMarkup() {
  for (const [css, html] of Object.entries(MARKUP)) document.querySelector(css)?.insertAdjacentHTML('beforeend', html);
  document.querySelector('.paper')?.insertAdjacentHTML('afterbegin', SHEET);
  document.querySelector('.detail')?.insertAdjacentHTML('afterbegin', EXPECTED);
  translate();
}
