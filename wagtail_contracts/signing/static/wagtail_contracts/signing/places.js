/* Puts a placeholder where the cursor was last, in the subject or in the text. */
(() => {
  const start = (form) => {
    const [subject, body] = ['subject', 'body'].map((name) => form.elements[name]);
    let last = body;
    [subject, body].forEach((input) => input.addEventListener('focus', () => { last = input; }));
    form.addEventListener('click', ({ target }) => {
      const button = target.closest('[data-wc-place]');
      if (!button) return;
      last.setRangeText(button.dataset.wcPlace, last.selectionStart, last.selectionEnd, 'end');
      last.dispatchEvent(new Event('input', { bubbles: true }));
      last.focus();
    });
  };
  const all = () => document.querySelectorAll('[data-wc-places]').forEach(start);
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', all);
  else all();
})();
