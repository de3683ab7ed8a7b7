/**
 * @file Styles of features that are loaded when they are first used.
 */

/** @type {Map<string, Promise<void>>} */
const loaded = new Map();

/** @param {string} path @returns {Promise<void>} */
export function loadStyle(path) {
  const style = loaded.get(path) ?? load(path);
  loaded.set(path, style);
  style.catch(() => loaded.delete(path)); // The next try may have a connection.
  return style;
}

/** @param {string} path @returns {Promise<void>} */
function load(path) {
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.href = path;
  document.head.append(link);
  return new Promise((resolve, reject) => {
    link.onload = () => resolve();
    link.onerror = () => {
      link.remove();
      reject(new Error(path));
    };
  });
}
