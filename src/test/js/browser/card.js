/**
 * @file Makes `icons/card.png`, the picture that is shown with links to the page: `npm run card`. Pillow reduces its colours.
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import puppeteer from 'puppeteer-core';
import { golden } from './page.js';

const card = fileURLToPath(new URL('../../../main/webapp/icons/card.png', import.meta.url));
const reduce =
  "import sys, PIL.Image as i; i.open(sys.argv[1]).convert('RGB').quantize(64, dither=0).save(sys.argv[1], optimize=True)";

const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--allow-file-access-from-files'],
});
const page = await browser.newPage();
await page.setViewport({ width: 1200, height: 630 });
await page.goto(new URL('card.html', import.meta.url).href);
await page.evaluate(async (strokes) => {
  const paper = /** @type {SVGSVGElement} */ (document.querySelector('.paper'));
  for (const stroke of strokes) {
    // Curves through the middles of the segments are as smooth as the hand was.
    const middles = stroke.slice(1).map(([x, y], i) => [(x + stroke[i][0]) / 2, (y + stroke[i][1]) / 2]);
    const curves = middles.slice(1).map((middle, i) => `Q${stroke[i + 1]} ${middle}`);
    const line = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    line.setAttribute('d', `M${stroke[0]} L${middles[0]} ${curves.join(' ')} L${stroke.at(-1)}`);
    paper.append(line);
  }
  await document.fonts.ready;
}, golden('upper-r').strokes);
await page.screenshot({ path: card });
await browser.close();
execFileSync('python3', ['-c', reduce, card]);
