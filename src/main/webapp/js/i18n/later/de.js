/** @file Die Texte der Teile, die später geladen werden, auf Deutsch. */

/** @type {import('./en.js').Texts} */
const texts = {
  textPrompt: 'Schreibe ein Wort oder eine Zeile.',
  textHelp:
    'Schreibe mit Maus, Finger oder Stift. Mit der Tastatur kannst du ein Bild öffnen oder in deinen Text tippen.',
  words: 'Gelesene Wörter',
  wordLetters: 'Zeichen des gewählten Wortes. Tippe, um eines zu ersetzen.',
  suggestions: 'Andere Lesarten',
  correctWord: 'Dieses Wort korrigieren',
  deleteLetter: 'Dieses Zeichen löschen',
  reads: 'Gelesen: {text}',
  earlier: 'Zurück in der Zeile',
  later: 'Weiter in der Zeile',
  done: 'Fertig',
  lineDone: 'Fertig. Der nächste Strich beginnt eine neue Zeile.',

  expectedText: 'Erwarteter Text',
  anyText: 'Alles',
  word: 'Wort',
  number: 'Zahl',
  code: 'Code',
  custom: 'Muster',
  pattern: 'Muster für den ganzen Text',
  patternHint:
    'Zum Beispiel: \\d ist eine Ziffer, [A-Z] ein Großbuchstabe; + heißt einmal oder öfter, ? höchstens einmal.',
  badPattern: 'Dieses Muster hat einen Fehler.',
  badPatternAt: 'Dieses Muster hat einen Fehler bei Zeichen {position}.',

  illegibleText: 'Das sieht nicht nach Text aus.',
  noText: 'Es wurde kein Text gefunden.',
  noMatch: 'Nichts davon passt zu dem, was erwartet wird.',
  tooMuchText: 'Das ist zu viel auf einmal. Tippe auf „Fertig“ und schreibe weiter.',
  noTextModel: 'Dieser Server liest nur einzelne Zeichen.',

  tooManyPixels: 'Dieses Bild hat {megapixels} Megapixel. Höchstens {limit} sind möglich.',
  canvasBlocked: 'Nicht verfügbar: Dieser Browser lässt Seiten keine Bilder lesen.',
  cropHelp: 'Ziehe einen Rahmen, oder nimm Pfeiltasten, Umschalt und Enter.',
  examplesOfMine: 'meine Beispiele',

  close: 'Schließen',
  theme: 'Darstellung',
  system: 'System',
  light: 'Hell',
  dark: 'Dunkel',
  hand: 'Zeichenhand',
  left: 'Links',
  right: 'Rechts',
  language: 'Sprache',
  onDevice: 'Der Server ist nicht erreichbar. Dieses Gerät liest selbst.',
  leftToServer: 'Das kann nur der Server lesen. Neuer Versuch in {seconds} s.',
  readBy: 'Handschrift liest',
  server: 'Server',
  thisDevice: 'Dieses Gerät',
  deviceHint:
    'Ohne den Server liest dieses Gerät selbst. Dafür behält es etwa 26 MB. Fotos und Formulare liest immer der Server.',
  deviceLoading: 'Das Lesen auf diesem Gerät wird vorbereitet …',
  deviceReady: 'Dieses Gerät liest jetzt selbst.',
  deviceNotKept: 'Dieses Gerät liest selbst, aber nur bis du die Seite schließt: Sein Speicher ist voll oder gesperrt.',
  deviceUnavailable: 'Dieses Gerät kann nicht selbst lesen. Das macht weiterhin der Server.',
  keys: 'Tastenkürzel',
  keyCandidates: 'Kandidat hinzufügen',
  keyPaste: 'Bild einfügen',
  tips: 'Zeichnen mit dem Stift',
  tipPen:
    'Das Radiergummi-Ende eines Stifts löscht Striche. Solange ein Stift nahe am Bildschirm ist, werden Finger und Handballen ignoriert.',
};

export default texts;
