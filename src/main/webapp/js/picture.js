/**
 * @file A picture of one character. The server finds the ink. `picture-file.js` opens pictures and changes them.
 */
export class Picture {
  /**
   * @param {string} url data URL of what is shown, or nothing if the browser cannot decode the picture
   * @param {number} width of what is shown, in pixels
   * @param {number} height of what is shown, in pixels
   * @param {Blob} [file] what is sent
   * @param {Blob} [source] where parts of the picture are taken from
   * @param {number} [turns] quarter turns from the source to the picture
   * @param {number} [scale] pixels of what is sent per pixel of what is shown
   */
  constructor(url, width, height, file = toBlob(url), source = file, turns = 0, scale = 1) {
    this.url = url;
    this.width = width;
    this.height = height;
    this.file = file;
    this.source = source;
    this.turns = turns;
    this.scale = scale;
  }

  /** What is kept on this device. After a reload of the page it is also what is sent. */
  toJSON() {
    const { url, width, height } = this;
    return { url, width, height };
  }
}

/** @param {string} dataUrl a base64 data URL */
export function toBlob(dataUrl) {
  const [head, body] = dataUrl.split(',');
  const bytes = Uint8Array.from(atob(body), (char) => char.charCodeAt(0));
  return new Blob([bytes], { type: head.slice(5).split(';')[0] });
}
