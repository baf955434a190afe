/* A finding leads to its place, a block or else its stream: the tab that holds it is opened, and what is folded up around it. */
document.addEventListener('click', (event) => {
  const link = event.target.closest('[data-wc-finding]');
  const block = link?.hash && document.getElementById(link.hash.slice(1));
  const place = block || (link && document.querySelector(`[data-contentpath="${link.dataset.wcFinding}"]`));
  if (!place) return;
  event.preventDefault();
  const tab = place.closest('[role=tabpanel][hidden]');
  if (tab) document.querySelector(`[role=tab][href="#${tab.id}"]`)?.click();
  for (let panel = place.closest('[data-panel]'); panel; panel = panel.parentElement?.closest('[data-panel]')) {
    const toggle = panel.querySelector(':scope > .w-panel__header [data-panel-toggle]');
    if (toggle?.getAttribute('aria-expanded') === 'false') toggle.click();
  }
  /* A tab appears a little later, and the page is scrolled to its top then. */
  setTimeout(() => {
    place.scrollIntoView({ block: 'start', behavior: 'instant' });
    place.querySelector('[data-panel-toggle]')?.focus();
  }, tab ? 500 : 0);
});

/* Autosave goes on after the page was opened: whoever opens the panel is shown what was saved last. Wagtail gives its parts
   to a form that it has just created, at this address. */
document.addEventListener('click', async ({ target }) => {
  const name = target.closest('[data-side-panel-toggle]')?.dataset.sidePanelToggle;
  if (!['findings', 'approval'].includes(name)) return;
  const panel = document.querySelector(`[data-side-panel="${name}"]`);
  const answer = await fetch(`${window.location.pathname}?_w_hydrate_create_view=1`).catch(() => null);
  if (!answer?.ok) return; // it keeps what it has
  const parts = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelectorAll('template');
  const fresh = [...parts].find((part) => part.dataset.wTeleportTargetValue === `[data-side-panel='${name}']`);
  if (fresh) panel.replaceChildren(fresh.content);
});
