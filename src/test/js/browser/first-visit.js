/**
 * @file Measures a first visit in Chromium over a slow connection on a slow processor: `npm run first-visit -- URL [VISITS]`.
 * Each visit has a browser of its own. CHROMIUM names another browser than Debian's.
 */
import puppeteer from 'puppeteer-core';

const LATENCY = 150;
const BITS_PER_SECOND = 1.6e6;
const SLOWDOWN = 4;

const [url = 'http://localhost:8080/', visits = '5'] = process.argv.slice(2);

/** One visit. @returns {Promise<Record<string, number>>} times in milliseconds, sizes in bytes */
async function visit() {
  const browser = await puppeteer.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
  });
  try {
    const page = await browser.newPage();
    await page.setViewport({ width: 360, height: 740, deviceScaleFactor: 2, isMobile: true, hasTouch: true });
    const network = await page.createCDPSession();
    await network.send('Network.enable');
    await network.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: LATENCY,
      downloadThroughput: BITS_PER_SECOND / 8,
      uploadThroughput: BITS_PER_SECOND / 8,
    });
    await network.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN });
    let requests = 0;
    let wire = 0;
    network.on('Network.requestWillBeSent', () => requests++);
    network.on('Network.loadingFinished', ({ encodedDataLength }) => (wire += encodedDataLength));
    await page.evaluateOnNewDocument(() => {
      const page = /** @type {any} */ (globalThis);
      page.shift = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) page.shift += /** @type {any} */ (entry).value;
      }).observe({ type: 'layout-shift', buffered: true });
      new PerformanceObserver((list) => (page.largest = list.getEntries().at(-1)?.startTime)).observe({
        type: 'largest-contentful-paint',
        buffered: true,
      });
    });
    await page.goto(url, { waitUntil: 'networkidle0' });
    const measured = await page.evaluate(() => {
      const [document] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType('navigation'));
      const resources = /** @type {PerformanceResourceTiming[]} */ (performance.getEntriesByType('resource'));
      const { shift, largest } = /** @type {any} */ (globalThis);
      return {
        'first paint': performance.getEntriesByName('first-paint')[0].startTime,
        'first contentful paint': performance.getEntriesByName('first-contentful-paint')[0].startTime,
        'largest contentful paint': largest,
        'scripts have run': document.domContentLoadedEventEnd,
        'layout shift': shift,
        'bytes of bodies': [document, ...resources].reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0),
      };
    });
    return { ...measured, 'bytes with headers': wire, requests };
  } finally {
    await browser.close();
  }
}

const measured = [];
for (let i = 0; i < Number(visits); i++) measured.push(await visit());
console.log(`${url}, ${visits} visits: median (lowest to highest)`);
for (const name of Object.keys(measured[0])) {
  const sorted = measured.map((values) => values[name]).sort((a, b) => a - b);
  const [median, lowest, highest] = [sorted[sorted.length >> 1], sorted[0], sorted.at(-1)].map((value = NaN) =>
    name === 'layout shift' ? value.toFixed(4) : Math.round(value).toLocaleString('en'),
  );
  console.log(`${name.padEnd(25)} ${median.padStart(8)} (${lowest} to ${highest})`);
}
