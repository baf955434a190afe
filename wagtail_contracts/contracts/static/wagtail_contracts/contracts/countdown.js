// How long a sending can still be called off; without this its time to the second stands there.
for (const shown of document.querySelectorAll("[data-wc-left]")) {
  const end = performance.now() + Number(shown.dataset.wcLeft) * 1000;
  const tick = () => {
    const left = Math.max(0, Math.ceil((end - performance.now()) / 1000));
    shown.textContent = String(left);
    if (!left) clearInterval(timer);
  };
  const timer = setInterval(tick, 1000);
  tick();
  shown.parentElement.hidden = false;
}
