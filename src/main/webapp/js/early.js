// Applies the stored theme, hand and language before the first paint, so that nothing flashes or jumps.
(() => {
  const root = document.documentElement;
  /** @param {string} key */
  const load = (key) => {
    try {
      return JSON.parse(localStorage.getItem(`neural-ink.${key}`) ?? 'null');
    } catch {
      return null;
    }
  };
  const theme = load('theme');
  const isDark = theme === 'dark' || (theme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  root.dataset.theme = isDark ? 'dark' : 'light';
  root.dataset.hand = load('hand') ?? 'right';
  const language =
    load('language') ??
    navigator.languages.map((code) => code.slice(0, 2)).find((code) => /^(en|de|es|fr)$/.test(code));
  // Other languages are fetched later. Until then the English texts stay hidden.
  if (language && language !== 'en') root.dataset.translating = '';
})();
