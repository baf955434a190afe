/* A role that is chosen shows its rights at once; a right chosen by hand ends the role. The server needs neither. */
(() => {
  const start = () => {
    const said = document.getElementById('wc-roles');
    if (!said) return;
    const roles = JSON.parse(said.textContent);
    document.querySelectorAll('[data-wc-rights]').forEach((row) => {
      const role = row.querySelector('select[name$="-role"]');
      const verbs = [...row.querySelectorAll('select')].filter((select) => select !== role);
      role.addEventListener('change', () => {
        const held = roles[role.value];
        if (!held) return;
        verbs.forEach((select) => {
          select.value = held[select.name.split('-').pop()] || '';
        });
      });
      verbs.forEach((select) => select.addEventListener('change', () => { role.value = ''; }));
    });
  };
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', start);
  else start();
})();
