/**
 * @file Example drawings to try.
 */
import { byId, createButton, setLabel } from './dom.js';
import { characterName, t } from './i18n.js';
import { thumbnail } from './thumbnail.js';

/** Ink width of the examples in sheet units. */
const WIDTH = 16;

/** Characters with their strokes. A repeated point makes a sharp corner. @type {[string, [number, number][][]][]} */
// prettier-ignore
const EXAMPLES = [
  ['R', [
    [[92, 52], [90, 100], [88, 160], [88, 228]],
    [[90, 62], [118, 50], [158, 50], [184, 72], [184, 106], [158, 130], [118, 136], [96, 136], [96, 136], [126, 154], [158, 188], [196, 228]],
  ]],
  ['7', [[[76, 66], [120, 62], [170, 60], [206, 58], [206, 58], [186, 96], [160, 146], [138, 196], [126, 236]]]],
  ['g', [[[176, 70], [150, 54], [118, 58], [96, 82], [98, 112], [122, 128], [152, 114], [172, 86], [178, 62], [178, 62], [180, 120], [178, 176], [166, 220], [138, 240], [108, 228], [104, 204], [132, 184], [172, 166], [208, 148]]]],
  ['4', [
    [[148, 46], [122, 90], [96, 128], [74, 158], [74, 158], [116, 158], [166, 156], [212, 154]],
    [[176, 104], [174, 150], [170, 200], [168, 240]],
  ]],
  ['a', [[[188, 102], [162, 84], [124, 86], [94, 112], [84, 152], [98, 188], [132, 194], [164, 168], [186, 110], [186, 110], [184, 150], [188, 182], [208, 198]]]],
  ['K', [
    [[92, 48], [90, 110], [88, 170], [88, 234]],
    [[190, 56], [160, 88], [124, 122], [98, 142], [98, 142], [130, 164], [164, 200], [200, 234]],
  ]],
];

export class ExampleList {
  #list = byId('examples');
  #hint = byId('examples-hint');
  /** The list items and their buttons by label. @type {Map<string, {item: HTMLElement, button: HTMLElement}>} */
  #examples = new Map();

  /** @param {(drawing: import('./strokes.js').Drawing) => void} onChosen */
  constructor(onChosen) {
    for (const [label, strokes] of EXAMPLES) {
      const drawing = { strokes: strokes.map((points) => ({ width: WIDTH, points })), picture: null };
      const button = createButton('', () => onChosen(drawing));
      button.dataset.name = label;
      button.append(thumbnail(drawing));
      const item = document.createElement('li');
      item.append(button);
      this.#examples.set(label, { item, button });
      this.#list.append(item);
    }
  }

  /** Offers the examples that the model can recognize. @param {readonly string[]} classes */
  setClasses(classes) {
    for (const [label, { item }] of this.#examples) item.hidden = !classes.includes(label);
    this.#list.hidden = this.#hint.hidden = !EXAMPLES.some(([label]) => classes.includes(label));
  }

  render() {
    for (const [label, { button }] of this.#examples) setLabel(button, t('example', { name: characterName(label) }));
  }
}
