/* Comfort for the pages of outsiders; every page does its work without it. */
(() => {
  "use strict";

  const LATER = 3000; // after the page has come, so that what it does first is not held up
  const AGAIN = 60000;
  const own = document.currentScript;
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const one = (selector) => document.querySelector(selector);
  const live = one("[data-live]");
  const say = (words) => {
    const again = words && words === live?.textContent;
    if (live) live.textContent = again ? `${words}\u00a0` : words; // what does not change is not told
  };

  // The first thing that needs a look, after an answer that was refused.
  const focusFirst = () => one("[data-focus]")?.focus();

  // Tell the server once that this version was shown.
  const look = () => {
    const form = one("[data-looked]");
    if (!form || document.visibilityState !== "visible") return;
    document.removeEventListener("visibilitychange", look);
    fetch(form.action, {
      method: "POST",
      body: new URLSearchParams(new FormData(form)),
      keepalive: true,
    }).catch(() => {});
  };

  // Without a connection what would send, or leads elsewhere, shows that it waits, and says why when
  // it is pressed. What leads to a field of this page goes on.
  const leads = ({ dataset, textContent }) => "primary" in dataset && textContent !== dataset.label;
  const connect = () => {
    all("[data-waits]").forEach((item) => {
      item.removeAttribute("data-waits");
      item.removeAttribute("aria-disabled");
    });
    if (navigator.onLine) return;
    all("button[type=submit]:not([aria-disabled]), a.wc-btn[href^='/']").forEach((item) => {
      if (leads(item)) return;
      item.setAttribute("data-waits", "");
      item.setAttribute("aria-disabled", "true");
    });
  };
  const hold = (event) => {
    if (!event.target.closest?.("a[data-waits]")) return;
    event.preventDefault();
    say(live.dataset.offline);
  };
  const lost = () => {
    connect();
    say(live.dataset.offline);
  };
  const back = () => {
    connect();
    say("");
  };

  // One activation sends a form once; coming back with the back button makes it new.
  const busy = new Map();
  const free = () => {
    busy.forEach((label, button) => {
      button.textContent = label;
      button.removeAttribute("aria-disabled");
    });
    busy.clear();
    all("form[data-sent]").forEach((form) => form.removeAttribute("data-sent"));
  };
  const send = (event) => {
    const { target: form, submitter: button } = event;
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.dataset.sent || !navigator.onLine) {
      event.preventDefault();
      if (!navigator.onLine) say(live.dataset.offline);
      return;
    }
    if ("takes" in form.dataset) return; // the answer is a file: this page stays, and may ask again
    form.dataset.sent = "1";
    if (!button || !form.dataset.busy) return;
    busy.set(button, button.textContent);
    button.textContent = form.dataset.busy;
    button.setAttribute("aria-disabled", "true");
    const status = form.querySelector("[data-status]");
    if (status) setTimeout(() => (status.textContent = form.dataset.slow), 8000);
  };

  // What follows a page while it is open is fetched once the page is at rest.
  const follow = () => {
    const followed = one("[data-follower]");
    if (!followed) return;
    const script = document.createElement("script");
    script.src = followed.dataset.follower;
    script.nonce = own.nonce;
    script.onerror = () => setTimeout(follow, AGAIN);
    document.head.append(script);
  };

  // Words in the text; without script the browser's own search finds them.
  const paper = one(".wc-document");
  const places = (node, words) => {
    const text = node.data.toLowerCase();
    const ranges = [];
    if (text.length !== node.length || !node.parentElement.checkVisibility()) return ranges;
    for (let from = text.indexOf(words); from >= 0; from = text.indexOf(words, from + words.length)) {
      const range = new Range();
      range.setStart(node, from);
      range.setEnd(node, from + words.length);
      ranges.push(range);
    }
    return ranges;
  };
  const find = (words) => {
    const walker = document.createTreeWalker(paper, NodeFilter.SHOW_TEXT);
    const found = [];
    while (words && walker.nextNode()) found.push(...places(walker.currentNode, words));
    CSS.highlights.set("found", new Highlight(...found));
    return found;
  };
  const show = (input, found, at) => {
    const here = found.slice(at, at + 1);
    CSS.highlights.set("here", new Highlight(...here));
    here[0]?.startContainer.parentElement.scrollIntoView({ block: "center" });
    const said = found.length ? `${at + 1} / ${found.length}` : input.dataset.none;
    input.nextElementSibling.textContent = input.value.trim() ? said : "";
  };
  const search = () => {
    if (!paper || !window.Highlight) return;
    let [found, at] = [[], 0];
    all("[data-find]").forEach((input) => {
      input.addEventListener("input", () => {
        [found, at] = [find(input.value.trim().toLowerCase()), 0];
        show(input, found, at);
      });
      input.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" || !found.length) return;
        at = (at + (event.shiftKey ? found.length - 1 : 1)) % found.length;
        show(input, found, at);
      });
    });
  };

  // A new code can be asked for after a while.
  const wait = () => {
    const note = one("[data-wait]");
    if (!note) return;
    const button = note.closest("form").querySelector("button");
    setTimeout(() => {
      note.hidden = true;
      button.hidden = false;
    }, note.dataset.wait * 1000);
  };

  // Where in the text the reader is: the last of its parts that begins above a third of the window.
  const past = new Set();
  const links = () => all(".wc-toc__wide a").filter((link) => document.getElementById(link.hash.slice(1)));
  const mark = (entries) => {
    entries.forEach(({ target, isIntersecting }) => past[isIntersecting ? "add" : "delete"](target.id));
    const found = links();
    const here = found.filter((link) => past.has(link.hash.slice(1))).at(-1) || found[0];
    found.forEach((link) => {
      if (link === here) link.setAttribute("aria-current", "location");
      else link.removeAttribute("aria-current");
    });
  };
  const reader = new IntersectionObserver(mark, { rootMargin: "9999999px 0px -66.6%" });
  const track = () => {
    reader.disconnect();
    past.clear();
    links().forEach((link) => reader.observe(document.getElementById(link.hash.slice(1))));
  };

  // A video elsewhere is asked for when somebody wants to see it, and not before.
  const play = (event) => {
    const link = event.target.closest?.("a[data-player]");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const frame = document.createElement("iframe");
    frame.className = "wc-video__player";
    frame.title = link.dataset.title;
    frame.allow = "fullscreen; picture-in-picture; encrypted-media";
    frame.src = link.dataset.player;
    link.replaceWith(frame);
    frame.focus();
  };

  // The bar would lie over the field while a keyboard takes half of the screen.
  const viewport = window.visualViewport;
  const squeeze = () => {
    const covered = viewport.height * viewport.scale < innerHeight * 0.75;
    document.body.classList.toggle("wc-writing", covered);
  };

  viewport?.addEventListener("resize", squeeze);
  addEventListener("click", play);
  addEventListener("submit", send);
  addEventListener("click", hold);
  addEventListener("pageshow", free);
  addEventListener("pageshow", connect);
  addEventListener("offline", lost);
  addEventListener("online", back);
  document.addEventListener("visibilitychange", look);
  document.addEventListener("wc:text-moved", track);
  document.addEventListener("wc:page-moved", connect);
  document.addEventListener("wc:counted", connect);
  setTimeout(follow, LATER);
  focusFirst();
  look();
  wait();
  search();
  track();
  one("form[data-at-once]")?.requestSubmit(); // whoever is back from elsewhere need not press a button
})();

/* Comfort for comments: words that were selected are quoted, Ctrl+Enter sends, Esc closes. */
(() => {
  "use strict";

  const paper = document.getElementById("text");
  if (!paper) return;
  let chosen = "";

  const selected = () => {
    const words = getSelection();
    const block = words.anchorNode?.parentElement?.closest(".wc-document");
    return block && !words.isCollapsed ? words.toString().replace(/\s+/g, " ").trim() : "";
  };
  const fits = (words) => words && words.length <= 300;
  const empty = (talk) => [...talk.querySelectorAll("textarea, [data-quote]")].every((box) => !box.value.trim());

  // The selection is gone once somebody presses on “Comment”: it is taken on the way down.
  paper.addEventListener("pointerdown", ({ target }) => {
    chosen = target.closest("summary") ? selected() : "";
  });
  paper.addEventListener("toggle", ({ target }) => {
    const box = target.open && target.querySelector?.(":scope > .wc-talk__in > .wc-say [data-quote]");
    if (!box || box.value || !fits(chosen)) return;
    box.value = chosen;
    chosen = "";
  }, true);
  paper.addEventListener("keydown", (event) => {
    const { target, key, ctrlKey, metaKey } = event;
    const talk = target.closest(".wc-talk");
    if (!talk) return;
    if (key === "Enter" && (ctrlKey || metaKey) && target.nodeName === "TEXTAREA") {
      const send = target.closest(".wc-say, .wc-thread").querySelector("[name=begin], [name=reply]");
      target.form.requestSubmit(send);
    }
    if (key === "Escape" && empty(talk)) {
      talk.open = false;
      talk.querySelector("summary").focus();
    }
  });
})();
