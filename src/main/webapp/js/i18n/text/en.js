/**
 * @file The texts for writing text, in English.
 * @typedef {typeof texts} Texts
 */
const texts = {
  textPrompt: 'Write a word or a line.',
  textHelp: 'Write with a mouse, finger or pen. With the keyboard, open a picture, or type into your text.',
  words: 'Words read',
  letters: 'Characters of the chosen word. Type to replace one.',
  suggestions: 'Other readings',
  correctWord: 'Correct this word',
  deleteLetter: 'Delete this character',
  reads: 'It reads: {text}',
  earlier: 'Back along the line',
  later: 'On along the line',
  done: 'Done',
  lineDone: 'Done. The next stroke starts a new line.',

  expectedText: 'Expected text',
  anyText: 'Any',
  word: 'Word',
  number: 'Number',
  code: 'Code',
  custom: 'Pattern',
  pattern: 'Pattern of the whole text',
  patternHint: 'For example: \\d is a digit, [A-Z] a capital, + means one or more, ? means perhaps.',
  badPattern: 'This pattern has an error.',
  badPatternAt: 'This pattern has an error at character {position}.',

  noText: 'No text was found.',
  noMatch: 'Nothing here fits what is expected.',
  tooMuchText: 'This is too much at once. Press Done, then write on.',
  noTextModel: 'This server reads single characters only.',
};

export default texts;
