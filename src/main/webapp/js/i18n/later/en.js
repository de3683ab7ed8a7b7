/**
 * @file The texts, in English, of the features that are loaded when they are first used.
 * @typedef {typeof texts} Texts
 */
const texts = {
  textPrompt: 'Write a word or a line.',
  textHelp: 'Write with a mouse, finger or pen. With the keyboard, open a picture, or type into your text.',
  words: 'Words read',
  wordLetters: 'Characters of the chosen word. Type to replace one.',
  suggestions: 'Other readings',
  correctWord: 'Correct this word',
  deleteLetter: 'Delete this character',
  reads: 'It reads: {text}',
  earlier: 'Back along the line',
  later: 'Forward along the line',
  done: 'Done',
  lineDone: 'Done. The next stroke starts a new line.',

  expectedText: 'Expected text',
  anyText: 'Any',
  word: 'Word',
  number: 'Number',
  code: 'Code',
  custom: 'Pattern',
  pattern: 'Pattern of the whole text',
  patternHint: 'For example: \\d is a digit, [A-Z] a capital letter; + means one or more, ? none or one.',
  badPattern: 'This pattern has an error.',
  badPatternAt: 'This pattern has an error at character {position}.',

  illegibleText: 'This does not look like text.',
  noText: 'No text was found.',
  noMatch: 'Nothing here fits what is expected.',
  tooMuchText: 'This is too much at once. Press Done, then write on.',
  noTextModel: 'This server reads single characters only.',

  tooManyPixels: 'This picture has {megapixels} megapixels. The limit is {limit}.',
  canvasBlocked: 'Not available: this browser does not let pages read pictures.',
  cropHelp: 'Drag a frame, or use the arrow keys, Shift and Enter.',
  examplesOfMine: 'my examples',

  close: 'Close',
  theme: 'Appearance',
  system: 'System',
  light: 'Light',
  dark: 'Dark',
  hand: 'Drawing hand',
  left: 'Left',
  right: 'Right',
  language: 'Language',
  onDevice: 'The server cannot be reached. This device reads by itself.',
  leftToServer: 'Only the server can read this. Trying again in {seconds} s.',
  readBy: 'Handwriting is read by',
  server: 'Server',
  thisDevice: 'This device',
  deviceHint:
    'Without the server, this device reads by itself. It keeps about 26 MB for that. Photos and forms are always read by the server.',
  deviceLoading: 'Getting ready to read on this device…',
  deviceReady: 'This device now reads by itself.',
  deviceNotKept: 'This device reads by itself, but only until you close the page: its storage is full or blocked.',
  deviceUnavailable: 'This device cannot read by itself. The server goes on reading.',
  keys: 'Keyboard shortcuts',
  keyCandidates: 'Add a candidate',
  keyPaste: 'Paste a picture',
  tips: 'Drawing with a pen',
  tipPen: 'The eraser end of a pen erases strokes. While a pen is near the screen, fingers and palm are ignored.',
};

export default texts;
