/**
 * @file A drawing as a small SVG picture in the ink colour of the theme.
 */
import { SHEET, svgPath } from './strokes.js';

const NAMESPACE = 'http://www.w3.org/2000/svg';

/** @param {string} name @param {Record<string, string | number>} attributes */
function createSvgElement(name, attributes) {
  const element = document.createElementNS(NAMESPACE, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
}

/**
 * Hidden from screen readers: the element around it needs a name.
 * @param {import('./strokes.js').Drawing} drawing
 * @param {string} [url] of the picture or of a smaller copy
 * @param {number} [width] of the sheet, in sheet units
 */
export function thumbnail({ strokes, picture }, url = picture?.url, width = SHEET) {
  const root = createSvgElement('svg', { viewBox: `0 0 ${width} ${SHEET}`, class: 'thumbnail', 'aria-hidden': 'true' });
  if (url) root.append(createSvgElement('image', { href: url, width, height: SHEET }));
  root.append(
    ...strokes.map((stroke) => createSvgElement('path', { d: svgPath(stroke.points), 'stroke-width': stroke.width })),
  );
  return root;
}
