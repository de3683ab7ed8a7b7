/**
 * @file Styles of features that are loaded when they are first used.
 */

/** @param {string} path @returns {Promise<void>} */
export function loadStyle(path) {
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
