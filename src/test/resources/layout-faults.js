// Finds what is cut off, overlaps, leaves the window or is too small. Returns a line for each fault.
const TEXT_TOLERANCE = 3;
const faults = [];
const width = document.documentElement.clientWidth;
const box = (element) => element.getBoundingClientRect();
const name = (element) => (element.id ? `#${element.id}` : `${element.localName}.${element.className}`);
const isVisible = (element) =>
  element.checkVisibility({ visibilityProperty: true }) &&
  box(element).width > 1 &&
  !element.closest('.visually-hidden, .skip, [aria-hidden=true], noscript');
const scrolls = (element) => element.closest('#history, #words, #letters, #suggestions') !== null;
const visible = (selector) => [...document.querySelectorAll(selector)].filter(isVisible);

if (document.documentElement.scrollWidth > width) faults.push('the page scrolls sideways');

const controls = visible('button, input:not([type=radio]), .segments span, canvas, a');
const texts = visible('h1, #model, legend, figcaption, #message, #took, .headline, #seen');
for (const element of [...controls, ...texts]) {
  const { left, right } = box(element);
  if (!scrolls(element) && (left < -0.5 || right > width + 0.5)) faults.push(`${name(element)} leaves the window`);
}
for (const element of controls) {
  const isSmall = box(element).width < 23.9 || box(element).height < 23.9;
  if (isSmall && !element.matches('a, .segments span')) faults.push(`${name(element)} is below 24 pixels`);
}

const leaves = [...controls, ...texts].filter((one, _, all) => !all.some((other) => other !== one && one.contains(other)));
leaves.forEach((one, i) => {
  for (const other of leaves.slice(i + 1)) {
    if (one.contains(other) || other.contains(one) || scrolls(one) || scrolls(other)) continue;
    const [a, b] = [box(one), box(other)];
    const overlapX = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const overlapY = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    if (overlapX > 1 && overlapY > 1) faults.push(`${name(one)} and ${name(other)} overlap`);
  }
});

const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
while (walker.nextNode()) {
  const text = walker.currentNode;
  const parent = text.parentElement;
  if (!text.data.trim() || !isVisible(parent) || parent.closest('#history, #words, #letters, #suggestions, dialog, script')) continue;
  const frame = parent.closest('button, .segments span, .message, p, legend, figcaption, h1, a') ?? parent;
  const outer = box(frame);
  const range = document.createRange();
  range.selectNodeContents(text);
  const isCut = [...range.getClientRects()].some((inner) => {
    // The box of a line of large letters is higher than the letters.
    const tolerance = Math.max(TEXT_TOLERANCE, parent.matches('.char, .headline') ? inner.height / 4 : 0);
    const isTooWide = inner.left < outer.left - TEXT_TOLERANCE || inner.right > outer.right + TEXT_TOLERANCE;
    return isTooWide || inner.top < outer.top - tolerance || inner.bottom > outer.bottom + tolerance;
  });
  if (isCut) faults.push(`"${text.data.trim()}" is cut in ${name(frame)}`);
}

const pad = box(visible('canvas')[0]);
const isForText = visible('#line').length > 0;
if (!isForText && Math.abs(pad.width - pad.height) > 1) faults.push('the sheet is not square');
if (isForText && (pad.height < 120 || pad.width < 0.8 * width)) faults.push(`the sheet is ${pad.width} x ${pad.height}`);
if (pad.height > innerHeight) faults.push('the sheet is higher than the window');
if (pad.width < Math.min(220, 0.6 * Math.min(innerWidth, innerHeight))) faults.push(`the sheet is ${pad.width} pixels wide`);
return faults;
