/* Follows a contract while its page is open: asks a small address, and puts in what has moved. */
(() => {
  "use strict";

  const EVERY = 3000;
  const LIVELY = 1000; // where something has just moved, more may follow
  const LONGEST = 60000;
  const SOON = 120000;
  const root = document.querySelector("[data-state]");
  if (!root) return;

  let now = JSON.parse(root.dataset.now);
  let pause = EVERY;
  let timer = 0;
  let asking = false;
  let over = false;
  let warned = false;

  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const named = (name, within = document) => within.querySelector(`[data-part="${CSS.escape(name)}"]`);

  // One page is made to say what another one says. What somebody types in is never replaced, what
  // they opened stays open, and what is the same is not touched.
  const KEPT = ["open", "aria-disabled", "data-sent", "data-waits"];
  const types = (node) => /^(INPUT|TEXTAREA|SELECT)$/.test(node.nodeName) && node.type !== "hidden";
  const picked = (control) => [...control.options].some((option) => option.selected !== option.defaultSelected);
  const written = (control) => {
    if (control.nodeName === "SELECT") return picked(control);
    if (/^(radio|checkbox)$/.test(control.type)) return control.checked !== control.defaultChecked;
    return control.value !== control.defaultValue;
  };
  const busy = (node) =>
    node.nodeType === 1 &&
    (node.contains(document.activeElement) || [node, ...all("*", node)].some((part) => types(part) && written(part)));
  const alike = (node, made) =>
    node.nodeName === made.nodeName && node.id === made.id && node.dataset?.part === made.dataset?.part;
  const attributes = (node, made) => {
    const drop = [...node.attributes].filter(({ name }) => !made.hasAttribute(name) && !KEPT.includes(name));
    drop.forEach(({ name }) => node.removeAttribute(name));
    [...made.attributes].forEach(({ name, value }) => {
      if (!KEPT.includes(name) && node.getAttribute(name) !== value) node.setAttribute(name, value);
    });
  };
  const children = (node, made) => {
    const left = [...node.childNodes];
    const pairs = [...made.childNodes].map((part) => {
      const at = left.findIndex((old) => alike(old, part));
      return [at < 0 ? part : left.splice(at, 1)[0], part];
    });
    left.filter((old) => !busy(old)).forEach((old) => old.remove());
    let place = node.firstChild;
    pairs.forEach(([old, part]) => {
      if (old !== part) same(old, part);
      if (old === place) place = place.nextSibling;
      else node.insertBefore(old, place);
    });
  };
  const same = (node, made) => {
    if (node.isEqualNode(made) || types(node)) return;
    if (node.nodeType !== 1) {
      node.nodeValue = made.nodeValue;
      return;
    }
    attributes(node, made);
    children(node, made);
  };

  // The caret stays where it was, and so does what the reader looks at, whatever came above it.
  const frame = document.documentElement;
  const looked = (at) => {
    const { top, bottom } = at.getBoundingClientRect();
    if (types(at) && bottom > 0 && top < innerHeight) return at;
    return scrollY > 0 ? document.elementFromPoint(innerWidth / 2, innerHeight / 2) : null;
  };
  const keeping = (change) => {
    const { activeElement: at } = document;
    const [start, end, way] = [at.selectionStart, at.selectionEnd, at.selectionDirection];
    const seen = looked(at);
    const top = seen?.getBoundingClientRect().top;
    frame.style.overflowAnchor = "none"; // once is enough
    change();
    if (seen?.isConnected) scrollBy({ top: seen.getBoundingClientRect().top - top, behavior: "instant" });
    requestAnimationFrame(() => (frame.style.overflowAnchor = ""));
    if (document.activeElement === at || !at.isConnected) return;
    at.focus({ preventScroll: true });
    if (typeof start === "number") at.setSelectionRange(start, end, way);
  };

  // Parts of the text shown stay with it: a newer version is announced, and is read on a page of
  // its own, where each change is marked.
  const put = (page, made) => {
    const newer = made.dataset.version !== root.dataset.version;
    all("[data-part]", page)
      .filter((part) => !(newer && "ofText" in part.dataset))
      .forEach((part) => {
        const old = named(part.dataset.part);
        if (old && (newer || !("kept" in old.dataset))) same(old, part);
      });
    document.title = page.title;
  };
  const say = (words, milliseconds = 10000) => {
    const live = document.querySelector("[data-live]");
    if (!words || !live) return;
    live.textContent = words;
    const end = () => live.textContent === words && (live.textContent = "");
    if (milliseconds) setTimeout(end, milliseconds);
  };
  const told = (next, made) => {
    const moved = ["digest", "threads", "people", "state", "events"].find((name) => name in next && next[name] !== now[name]);
    say(made.dataset[`told${moved?.replace(/^./, (letter) => letter.toUpperCase())}`]);
  };
  const take = async () => {
    const address = new URL(root.dataset.page, location.origin);
    address.searchParams.set("since", root.dataset.version);
    const response = await fetch(address, { cache: "no-store" });
    if (!response.ok) throw new Error(response.status);
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const made = page.querySelector("[data-state]");
    if (!made || response.redirected) {
      location.reload(); // there is another page now, for instance that it was withdrawn
      return;
    }
    const next = JSON.parse(made.dataset.now);
    keeping(() => put(page, made));
    told(next, made);
    now = next;
    document.dispatchEvent(new CustomEvent("wc:page-moved"));
  };

  // Whoever has to come in anew soon is told while there is time to send what they are writing, by
  // the server's clock.
  const warn = (response) => {
    const left = Date.parse(root.dataset.ends) - Date.parse(response.headers.get("Date"));
    if (warned || !(left < SOON)) return;
    warned = true;
    say(root.dataset.toldSoon, 0);
  };

  const ask = async () => {
    if (asking) return;
    asking = true;
    try {
      const headers = { "If-None-Match": `"${now.tag}"` };
      const response = await fetch(root.dataset.state, { headers, cache: "no-store" });
      if (response.status === 404 || response.redirected) {
        over = true;
        say(root.dataset.toldOver, 0);
        return;
      }
      if (!response.ok && response.status !== 304) throw new Error(response.status);
      const moved = response.ok && (await response.json()).tag !== now.tag;
      if (moved) await take();
      warn(response);
      pause = moved ? LIVELY : EVERY;
    } catch {
      pause = Math.min(pause * 2, LONGEST);
    } finally {
      asking = false;
      plan();
    }
  };
  const watched = () => document.visibilityState === "visible" && navigator.onLine && !over;
  const plan = (after = pause) => {
    clearTimeout(timer);
    if (watched()) timer = setTimeout(ask, after);
  };
  const again = () => {
    clearTimeout(timer);
    if (watched()) ask();
  };

  addEventListener("online", again);
  addEventListener("offline", () => plan());
  addEventListener("pagehide", () => clearTimeout(timer));
  addEventListener("pageshow", (event) => event.persisted && again());
  document.addEventListener("visibilitychange", again);
  plan(Math.max(0, EVERY - performance.now())); // it may come long after the page
})();
