/* Which language governs is said by the names of the two that were picked. */
(() => {
  const picked = (name) => document.querySelector(`select[name="${name}"]`)?.selectedOptions[0];

  const say = () => {
    document.querySelectorAll('select[name="governing"] option').forEach((option) => {
      const chosen = { first: picked('language'), second: picked('second_language') }[option.value];
      option.dataset.plain ??= option.textContent;
      option.textContent = chosen?.value ? `${option.dataset.plain}: ${chosen.textContent.trim()}` : option.dataset.plain;
    });
  };

  document.addEventListener('change', ({ target }) => target.matches?.('select[name$="language"]') && say());
  document.addEventListener('DOMContentLoaded', say);
})();
