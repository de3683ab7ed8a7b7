/** @file Les textes des parties chargées plus tard, en français. */

/** @type {import('./en.js').Texts} */
const texts = {
  textPrompt: 'Écrivez un mot ou une ligne.',
  textHelp: 'Écrivez avec la souris, le doigt ou un stylet. Au clavier, ouvrez une image ou tapez dans votre texte.',
  words: 'Mots lus',
  wordLetters: 'Caractères du mot choisi. Tapez pour en remplacer un.',
  suggestions: 'Autres lectures',
  correctWord: 'Corriger ce mot',
  deleteLetter: 'Supprimer ce caractère',
  reads: 'Lu : {text}',
  earlier: 'Reculer sur la ligne',
  later: 'Avancer sur la ligne',
  done: 'Terminé',
  lineDone: 'Terminé. Le prochain trait commence une nouvelle ligne.',

  expectedText: 'Texte attendu',
  anyText: 'Tout',
  word: 'Mot',
  number: 'Nombre',
  code: 'Code',
  custom: 'Motif',
  pattern: 'Motif du texte entier',
  patternHint:
    'Par exemple : \\d est un chiffre, [A-Z] une majuscule ; + veut dire une ou plusieurs fois, ? au plus une fois.',
  badPattern: 'Ce motif contient une erreur.',
  badPatternAt: 'Ce motif contient une erreur au caractère {position}.',

  illegibleText: 'Cela ne ressemble pas à du texte.',
  noText: 'Aucun texte n’a été trouvé.',
  noMatch: 'Rien ne correspond à ce qui est attendu.',
  tooMuchText: 'C’est trop à la fois. Appuyez sur « Terminé », puis continuez.',
  noTextModel: 'Ce serveur ne lit que des caractères isolés.',

  tooManyPixels: 'Cette image a {megapixels} mégapixels. Le maximum est de {limit}.',
  canvasBlocked: 'Indisponible : ce navigateur ne laisse pas lire les images.',
  cropHelp: 'Tracez un cadre, ou utilisez les flèches, Maj et Entrée.',
  examplesOfMine: 'mes exemples',

  close: 'Fermer',
  theme: 'Apparence',
  system: 'Système',
  light: 'Clair',
  dark: 'Sombre',
  hand: 'Main qui dessine',
  left: 'Gauche',
  right: 'Droite',
  language: 'Langue',
  onDevice: 'Le serveur est injoignable. Cet appareil lit lui-même.',
  leftToServer: 'Seul le serveur peut lire ceci. Nouvel essai dans {seconds} s.',
  readBy: 'L’écriture est lue par',
  server: 'Le serveur',
  thisDevice: 'Cet appareil',
  deviceHint:
    'Sans le serveur, cet appareil lit lui-même. Il conserve environ 26 Mo pour cela. Les photos et les formulaires sont toujours lus par le serveur.',
  deviceLoading: 'Préparation de la lecture sur cet appareil…',
  deviceReady: 'Cet appareil lit maintenant lui-même.',
  deviceNotKept:
    'Cet appareil lit lui-même, mais seulement jusqu’à ce que vous fermiez la page : son stockage est plein ou bloqué.',
  deviceUnavailable: 'Cet appareil ne peut pas lire lui-même. Le serveur continue de lire.',
  keys: 'Raccourcis clavier',
  keyCandidates: 'Ajouter un candidat',
  keyPaste: 'Coller une image',
  tips: 'Dessiner au stylet',
  tipPen:
    'Le bout gomme du stylet efface des traits. Tant qu’un stylet est près de l’écran, les doigts et la paume sont ignorés.',
};

export default texts;
