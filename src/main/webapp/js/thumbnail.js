/**
 * @file A drawing as a small picture in the page, in the ink of the theme.
 */
import { SHEET, svgPath } from './ink.js';

const SVG = 'http://www.w3.org/2000/svg';

/**
 * @param {string} name
 * @param {Record<string, string | number>} attributes
 */
function svg(name, attributes) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
}

/**
 * @param {import('./ink.js').Drawing} drawing
 * @returns {SVGElement} decorative: whoever shows it names it
 */
export function thumbnail({ strokes, picture }) {
  const root = svg('svg', { viewBox: `0 0 ${SHEET} ${SHEET}`, class: 'thumbnail', 'aria-hidden': 'true' });
  if (picture) root.append(svg('image', { href: picture.url, width: SHEET, height: SHEET }));
  root.append(...strokes.map(({ width, points }) => svg('path', { d: svgPath(points), 'stroke-width': width })));
  return root;
}
