/* The numbers of clauses in the template's editor, as they stand and not saved yet. The server counts: the outline is
   sent when it changes, and the answer stands in the headers and in the references of the text. */
(() => {
  const PARTS = ['level', 'style', 'start'];
  const PERHAPS = ['definition', 'area']; // numbered if their author says so
  const PAUSE = 250;

  /* What Draftail keeps in its input, as plain words. */
  const plain = (raw) => {
    try {
      return JSON.parse(raw).blocks.map(({ text }) => text).join(' ');
    } catch {
      return '';
    }
  };

  const living = (container) =>
    [...container.querySelectorAll('[data-contentpath]')].filter(
      (block) => block.matches('[data-streamfield-child], [aria-hidden]') && !block.closest('[aria-hidden="true"]'),
    );

  const part = (block, name) => block.querySelector(`[name$="-value-${name}"]`);

  const described = (block) => {
    const type = block.querySelector('input[name$="-type"]')?.value ?? '';
    const made = { id: block.dataset.contentpath, type };
    PARTS.forEach((name) => {
      made[name] = part(block, name)?.value ?? '';
    });
    made.within = block.parentElement?.closest('[data-streamfield-child]')?.dataset.contentpath ?? '';
    if (PERHAPS.includes(type)) made.numbered = part(block, 'numbered')?.checked ? '1' : '';
    if (type === 'heading') made.words = plain(part(block, 'text')?.value);
    return made;
  };

  const show = (container, numbers) => {
    living(container).forEach((block) => {
      const { number = '' } = numbers[block.dataset.contentpath] ?? {};
      const heading = block.querySelector('[data-panel-heading]');
      const there = heading?.querySelector(':scope > .wc-number');
      if (!heading || (there?.textContent ?? '') === number) return;
      there?.remove();
      if (!number) return;
      const made = document.createElement('span');
      made.className = 'wc-number';
      made.textContent = number;
      heading.prepend(made, ' ');
    });
    window.wagtailContracts.numbers = numbers;
    document.dispatchEvent(new CustomEvent('wc:numbered'));
  };

  const number = (container) => {
    const { said } = window.wagtailContracts;
    let [waiting, asked, turn] = [0, '', 0];
    const ask = async () => {
      const outline = JSON.stringify(living(container).map(described));
      if (outline === asked) return;
      asked = outline;
      const mine = (turn += 1);
      const token = document.querySelector('[name=csrfmiddlewaretoken]')?.value ?? '';
      try {
        const answer = await fetch(said().numbers, { method: 'POST', headers: { 'X-CSRFToken': token }, body: new URLSearchParams({ outline }) });
        if (answer.ok && mine === turn) show(container, await answer.json());
      } catch {
        asked = ''; // without a connection: at the next change
      }
    };
    const soon = () => {
      clearTimeout(waiting);
      waiting = setTimeout(ask, PAUSE);
    };
    container.addEventListener('change', soon);
    container.addEventListener('input', soon);
    new MutationObserver(soon).observe(container, { childList: true, subtree: true, attributes: true, attributeFilter: ['aria-hidden'] });
    soon();
  };

  window.wagtailContracts = { ...window.wagtailContracts, number };
})();
