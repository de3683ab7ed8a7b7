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
 */
export function thumbnail({ strokes, picture }, url = picture?.url) {
  const root = createSvgElement('svg', { viewBox: `0 0 ${SHEET} ${SHEET}`, class: 'thumbnail', 'aria-hidden': 'true' });
  if (url) root.append(createSvgElement('image', { href: url, width: SHEET, height: SHEET }));
  root.append(
    ...strokes.map(({ width, points }) => createSvgElement('path', { d: svgPath(points), 'stroke-width': width })),
  );
  return root;
}
