/* The question of the search page, above whatever page one is on. Without this script, or where it can't be fetched, the
   link leads to the page. Wagtail clicks the link when its key is pressed, and never while somebody types. */
(() => {
  const WAIT = 200;

  const ask = (form, place) => {
    let waiting = 0;
    let asked = 0;
    const look = async () => {
      const turn = ++asked;
      const answer = await fetch(`${form.dataset.results}?${new URLSearchParams(new FormData(form))}`);
      if (!answer.ok || answer.redirected) return;
      const found = await answer.text();
      if (turn === asked) place.innerHTML = found;
    };
    form.addEventListener('input', () => {
      clearTimeout(waiting);
      waiting = setTimeout(look, WAIT);
    });
  };

  const step = (event, section) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!by) return;
    const places = [section.querySelector('input'), ...section.querySelectorAll('[data-wc-found] a')];
    const next = places[places.indexOf(document.activeElement) + by];
    if (!next) return;
    event.preventDefault();
    next.focus();
  };

  const begin = (section) => {
    ask(section.querySelector('form'), section.querySelector('[data-wc-found]'));
    section.addEventListener('keydown', (event) => step(event, section));
  };

  const open = async (address) => {
    const answer = await fetch(address);
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const section = page.querySelector('[data-wc-question]');
    if (!section) throw new Error('no question');
    const dialog = document.createElement('dialog');
    dialog.className = 'wc-find__dialog';
    dialog.setAttribute('aria-label', section.getAttribute('aria-label'));
    dialog.append(document.adoptNode(section));
    dialog.addEventListener('click', ({ target }) => target === dialog && dialog.close());
    dialog.addEventListener('close', () => dialog.remove());
    document.body.append(dialog);
    begin(section);
    dialog.showModal();
  };

  /* Before the menu, which would follow the link. */
  document.addEventListener(
    'click',
    (event) => {
      const link = event.target.closest?.('a[data-wc-search]');
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      event.stopPropagation();
      if (document.querySelector('[data-wc-question]')) document.querySelector('[data-wc-question] input').focus();
      else open(link.href).catch(() => { window.location = link.href; });
    },
    true,
  );

  document.querySelectorAll('[data-wc-question]').forEach(begin);
})();
