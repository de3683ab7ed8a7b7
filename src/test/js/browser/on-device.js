/**
 * @file Measures reading on the device in Chromium: `npm run on-device -- URL [RELOADS]`. CHROMIUM names another browser than
 * Debian's.
 */
import { readFileSync } from 'node:fs';
import puppeteer from 'puppeteer-core';
import { golden } from './page.js';

const ANSWERS = 21;
/** How many files the service worker keeps. */
const FILES = 7;
/** The height of letters and the baseline, in sheet units. */
const [HEIGHT, BASELINE] = [90, 190];

const [url = 'http://localhost:8080/', reloads = '5'] = process.argv.slice(2);
const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
});
const page = await browser.newPage();

/** A word of seven small letters. */
function word() {
  let left = 30;
  return [...'kitchen'].flatMap((letter) => {
    const { strokes } = golden(`lower-${letter}`);
    const [xs, ys] = [0, 1].map((axis) => strokes.flat().map((point) => point[axis]));
    const scale = HEIGHT / (Math.max(...ys) - Math.min(...ys));
    const start = left - scale * Math.min(...xs);
    left = start + scale * Math.max(...xs) + 20;
    const top = BASELINE - scale * Math.max(...ys);
    return strokes.map((points) => ({
      width: 9,
      points: points.map(([x, y]) => [start + scale * x, top + scale * y]),
    }));
  });
}

/** Opens the page with a drawing on the sheet. @param {string} mode @param {object[]} strokes */
async function show(mode, strokes) {
  const settings = { mode, device: 'device', [mode === 'text' ? 'line' : 'drawing']: { strokes, picture: null } };
  await page.evaluate((settings) => {
    for (const [name, value] of Object.entries(settings)) {
      localStorage.setItem(`neural-ink.${name}`, JSON.stringify(value));
      sessionStorage.setItem(`neural-ink.${name}`, JSON.stringify(value));
    }
  }, settings);
  await page.reload();
}

/** Waits for the time that an answer took, which the page shows. @param {boolean} isFirst @returns {Promise<number>} in milliseconds */
async function answerTime(isFirst) {
  const shown = await page.waitForFunction(() => {
    const [, time] = document.getElementById('took')?.textContent?.match(/^(\d+)/) ?? [];
    return time && document.querySelector('#predict[data-state=done]') && { time, now: performance.now() };
  });
  const { time, now } = /** @type {{time: string, now: number}} */ (await shown.jsonValue());
  return isFirst ? now : Number(time);
}

/** @param {string} mode @param {object[]} strokes */
async function measure(mode, strokes) {
  const first = [];
  for (let i = 0; i < Number(reloads); i++) {
    await show(mode, strokes);
    first.push(await answerTime(true));
  }
  report(`first answer after the page load, ${mode}`, first, 'ms');
  const later = [];
  for (let i = 0; i < ANSWERS; i++) {
    await page.evaluate(() => {
      /** @type {HTMLElement} */ (document.getElementById('took')).textContent = '';
      document.getElementById('predict')?.click();
    });
    later.push(await answerTime(false));
  }
  report(`later answers, ${mode}`, later, 'ms');
  report(`memory of the page's process, ${mode}`, [await memory()], 'MB');
}

/** The proportional set size of the largest process that shows a page, as Linux tells it. @returns {Promise<number>} in megabytes */
async function memory() {
  const heap = await page.createCDPSession();
  await heap.send('HeapProfiler.collectGarbage'); // of earlier loads of the page
  const session = await browser.target().createCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const sizes = processInfo
    .filter(({ type }) => type === 'renderer')
    .map(({ id }) => Number(readFileSync(`/proc/${id}/smaps_rollup`, 'utf8').match(/^Pss:\s+(\d+)/m)?.[1]));
  return Math.max(...sizes) / 1024;
}

/** @param {string} name @param {number[]} values @param {string} unit */
function report(name, values, unit) {
  const sorted = [...values].sort((a, b) => a - b).map((value) => Math.round(value));
  console.log(`${name.padEnd(45)} ${sorted[sorted.length >> 1]} ${unit} (${sorted[0]} to ${sorted.at(-1)})`);
}

try {
  await page.goto(url);
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    while (!navigator.serviceWorker.controller) await new Promise((done) => setTimeout(done, 50));
  });
  report('memory of the page before', [await memory()], 'MB');
  const { strokes, brush } = golden('upper-r');
  await show(
    'character',
    strokes.map((points) => ({ width: brush, points })),
  );
  await page.waitForFunction(
    async (files) => {
      const names = (await caches.keys()).filter((name) => name.includes('device'));
      const kept = await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).length));
      return kept.includes(files);
    },
    {},
    FILES,
  );
  await measure(
    'character',
    strokes.map((points) => ({ width: brush, points })),
  );
  await measure('text', word());
} finally {
  await browser.close();
}
