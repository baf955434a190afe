/* A finding leads to its place: the tab that holds it is opened, and what is folded up around it. */
document.addEventListener('click', (event) => {
  const link = event.target.closest('[data-wc-finding]');
  const place = link && document.getElementById(link.hash.slice(1));
  if (!place) return;
  event.preventDefault();
  const tab = place.closest('[role=tabpanel][hidden]');
  if (tab) document.querySelector(`[role=tab][href="#${tab.id}"], [role=tab][aria-controls="${tab.id}"]`)?.click();
  for (let panel = place; panel; panel = panel.parentElement?.closest('[data-panel]')) {
    const toggle = panel.querySelector(':scope > .w-panel__header [data-panel-toggle]');
    if (toggle?.getAttribute('aria-expanded') === 'false') toggle.click();
  }
  place.scrollIntoView({ block: 'start' });
  place.querySelector('[data-panel-toggle]')?.focus({ preventScroll: true });
});
