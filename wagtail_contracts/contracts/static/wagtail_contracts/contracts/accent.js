/* Whether a colour can be read on the page, said as it is typed; the server decides when it is saved. */
(() => {
  const linear = (part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);

  const luminance = (colour) => {
    const [red, green, blue] = [1, 3, 5].map((at) => linear(parseInt(colour.slice(at, at + 2), 16) / 255));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };

  const check = (box) => {
    const input = box.querySelector('input[type="text"]');
    const pick = box.querySelector('[data-wc-accent-pick]');
    const said = box.querySelector('[data-wc-accent-said]');
    const { page, least, good, bad, wrong } = box.dataset;
    const say = () => {
      const colour = input.value.trim().toLowerCase();
      const known = /^#[0-9a-f]{6}$/.test(colour);
      if (!known) {
        said.textContent = colour ? wrong : '';
        return;
      }
      pick.value = colour;
      const ratio = (luminance(page) + 0.05) / (luminance(colour) + 0.05);
      const shown = (Math.floor(Math.max(ratio, 1 / ratio) * 10) / 10).toFixed(1);
      const words = ratio >= Number(least) ? good : bad;
      said.textContent = words.replace('{ratio}', shown).replace('{least}', least);
    };
    input.addEventListener('input', say);
    pick.addEventListener('input', () => {
      input.value = pick.value;
      input.dispatchEvent(new Event('input', { bubbles: true }));
    });
    say();
  };

  const start = () => document.querySelectorAll('[data-wc-accent]').forEach(check);
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', start);
  else start();
})();
