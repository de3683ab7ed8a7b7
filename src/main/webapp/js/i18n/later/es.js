/** @file Los textos de las partes que se cargan después, en español. */

/** @type {import('./en.js').Texts} */
const texts = {
  textPrompt: 'Escribe una palabra o una línea.',
  textHelp: 'Escribe con el ratón, el dedo o un lápiz. Con el teclado, abre una imagen o escribe en tu texto.',
  words: 'Palabras leídas',
  wordLetters: 'Caracteres de la palabra elegida. Teclea para cambiar uno.',
  suggestions: 'Otras lecturas',
  correctWord: 'Corregir esta palabra',
  deleteLetter: 'Borrar este carácter',
  reads: 'Se lee: {text}',
  earlier: 'Atrás en la línea',
  later: 'Adelante en la línea',
  done: 'Listo',
  lineDone: 'Listo. El próximo trazo empieza otra línea.',

  expectedText: 'Texto esperado',
  anyText: 'Todo',
  word: 'Palabra',
  number: 'Número',
  code: 'Código',
  custom: 'Patrón',
  pattern: 'Patrón de todo el texto',
  patternHint: 'Por ejemplo: \\d es una cifra, [A-Z] una mayúscula; + significa una o más veces, ? como mucho una.',
  badPattern: 'Este patrón tiene un error.',
  badPatternAt: 'Este patrón tiene un error en el carácter {position}.',

  illegibleText: 'Esto no parece texto.',
  noText: 'No se ha encontrado ningún texto.',
  noMatch: 'Nada de esto encaja con lo esperado.',
  tooMuchText: 'Es demasiado de una vez. Pulsa «Listo» y sigue escribiendo.',
  noTextModel: 'Este servidor solo lee caracteres sueltos.',

  tooManyPixels: 'Esta imagen tiene {megapixels} megapíxeles. El máximo es {limit}.',
  canvasBlocked: 'No disponible: este navegador no deja leer imágenes.',
  cropHelp: 'Arrastra un marco, o usa las flechas, Mayús e Intro.',
  examplesOfMine: 'mis ejemplos',

  close: 'Cerrar',
  theme: 'Apariencia',
  system: 'Sistema',
  light: 'Claro',
  dark: 'Oscuro',
  hand: 'Mano con la que dibujas',
  left: 'Izquierda',
  right: 'Derecha',
  language: 'Idioma',
  onDevice: 'El servidor no responde. Este dispositivo lee por sí mismo.',
  leftToServer: 'Esto solo lo puede leer el servidor. Nuevo intento en {seconds} s.',
  readBy: 'La escritura la lee',
  server: 'El servidor',
  thisDevice: 'Este dispositivo',
  deviceHint:
    'Sin el servidor, este dispositivo lee por sí mismo. Para ello guarda unos 26 MB. Las fotos y los formularios los lee siempre el servidor.',
  deviceLoading: 'Preparando la lectura en este dispositivo…',
  deviceReady: 'Ahora este dispositivo lee por sí mismo.',
  deviceNotKept:
    'Este dispositivo lee por sí mismo, pero solo hasta que cierres la página: su almacenamiento está lleno o bloqueado.',
  deviceUnavailable: 'Este dispositivo no puede leer por sí mismo. El servidor sigue leyendo.',
  keys: 'Atajos de teclado',
  keyCandidates: 'Añadir un candidato',
  keyPaste: 'Pegar una imagen',
  tips: 'Dibujar con un lápiz',
  tipPen:
    'El extremo borrador del lápiz borra trazos. Mientras el lápiz está cerca de la pantalla, se ignoran los dedos y la palma.',
};

export default texts;
