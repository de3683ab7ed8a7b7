// Runs before the first paint, so that nothing flashes or jumps: the chosen theme, hand and language.
(() => {
  const root = document.documentElement;
  /** @param {string} key */
  const recall = (key) => {
    try {
      return JSON.parse(localStorage.getItem(`neural-ink.${key}`) ?? 'null');
    } catch {
      return null;
    }
  };
  root.dataset.theme = recall('theme') ?? 'system';
  root.dataset.hand = recall('hand') ?? 'right';
  const language =
    recall('language') ??
    navigator.languages.map((code) => code.slice(0, 2)).find((code) => /^(en|de|es|fr)$/.test(code));
  // Another language is a moment away: the English texts stay out of sight until then.
  if (language && language !== 'en') root.dataset.translating = '';
})();
