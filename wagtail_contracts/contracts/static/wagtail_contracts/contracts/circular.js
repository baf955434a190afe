/* Follows a text for many while its page is open: once somebody has signed, the list says so. */
(() => {
  "use strict";

  const EVERY = 5000;
  const root = document.querySelector("[data-circular]");
  if (!root) return;

  const parts = (page) => [...page.querySelectorAll("[data-moves]")];
  const take = async () => {
    const response = await fetch(location.href, { cache: "no-store" });
    if (!response.ok || response.redirected) return;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const made = page.querySelector("[data-circular]");
    if (!made) return;
    for (const part of parts(root)) {
      const next = made.querySelector(`[data-moves="${part.dataset.moves}"]`);
      if (next && !part.contains(document.activeElement)) part.replaceChildren(...next.childNodes);
    }
    root.dataset.stamp = made.dataset.stamp;
  };
  const ask = async () => {
    if (document.visibilityState !== "visible") return;
    try {
      const response = await fetch(root.dataset.circular, { cache: "no-store" });
      if (response.ok && (await response.json()).stamp !== root.dataset.stamp) await take();
    } catch {
      // offline: the next time
    }
  };
  setInterval(ask, EVERY);
})();
