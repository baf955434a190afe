/* Somebody saved meanwhile: say so above the form, in the words of the server. Wagtail's own dialog
   says that saving overwrites, which it does not here, so it stays away. */
(() => {
  const tell = (form, text) => {
    form.querySelector(':scope > .wc-overtaken')?.remove();
    const notice = document.createElement('div');
    notice.className = 'help-block help-warning wc-overtaken';
    notice.setAttribute('role', 'alert');
    const save = document.createElement('button');
    save.className = 'button button-small';
    save.textContent = JSON.parse(document.getElementById('wc-words').textContent).compare;
    notice.append(`${text} `, save);
    form.prepend(notice);
  };

  document.addEventListener('w-autosave:error', ({ target, detail }) => {
    if (detail?.type === 'invalid_revision') tell(target, detail.text);
  });

  const name = 'data-w-session-intercept-value';
  const letThrough = (session) => {
    new MutationObserver(() => {
      if (session.getAttribute(name) === 'conflict') session.setAttribute(name, '');
    }).observe(session, { attributes: true, attributeFilter: [name] });
  };
  document.addEventListener('DOMContentLoaded', () =>
    document.querySelectorAll('[data-controller~="w-session"]').forEach(letThrough),
  );
})();
