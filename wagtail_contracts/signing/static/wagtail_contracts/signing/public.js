/* Comfort for the pages of outsiders; every page does its work without it. */
(() => {
  "use strict";

  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const one = (selector) => document.querySelector(selector);
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const live = one("[data-live]");
  const say = (words) => {
    if (live) live.textContent = words;
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

  // What is still to be filled in, and the way to it.
  const answers = document.getElementById("answers");
  const controls = (name) => [answers.elements[name]].flatMap((found) => (found instanceof RadioNodeList ? [...found] : [found]));
  const picks = (control) => /^(radio|checkbox)$/.test(control.type);
  const filled = (control) => (picks(control) ? control.checked && control.value : control.value.trim() || "kept" in control.dataset);
  const needed = () => {
    const boxes = new Map(); // a field may have several controls, and is open until all are filled in
    answers.dataset.needed.split(" ").filter(Boolean).map(controls).forEach((found) => {
      const box = found[0].closest(".wc-field");
      if (!box.getClientRects().length || boxes.get(box)?.open) return;
      boxes.set(box, { box, control: found[0], open: !found.some(filled) });
    });
    return [...boxes.values()];
  };
  const label = (box) => box.querySelector(".wc-field__label").firstChild.textContent.trim();
  const open = () => needed().filter((item) => item.open);
  const listed = (list, missing) => {
    const pattern = (list.pattern ||= list.firstElementChild);
    const lines = missing.map(({ box, control }) => {
      const line = pattern.cloneNode(true);
      line.firstElementChild.href = `#${control.id}`;
      line.firstElementChild.textContent = label(box);
      return line;
    });
    list.replaceChildren(...lines);
  };
  const marked = (mark, missing) => {
    const links = all("a", mark.closest("ol"));
    const at = links.indexOf(mark.closest("a"));
    const below = (link, box) => link && document.getElementById(link.hash.slice(1)).compareDocumentPosition(box) & Node.DOCUMENT_POSITION_FOLLOWING;
    const here = missing.filter(({ box }) => below(links[at], box) && !below(links[at + 1], box));
    mark.classList.toggle("wc-marks__filled", !here.length); // it keeps its place, so that nothing moves
    mark.querySelector("span").textContent = here.length;
  };
  const count = () => {
    const wanted = needed();
    const missing = open();
    wanted.forEach((item) => item.box.classList.toggle("wc-field--todo", missing.some((m) => m.box === item.box)));
    all("[data-done]").forEach((place) => (place.textContent = wanted.length - missing.length));
    all("[data-total]").forEach((place) => (place.textContent = wanted.length));
    const next = missing.length ? label(missing[0].box) : "";
    all("[data-primary]").forEach((button) => {
      button.textContent = next ? `${button.dataset.next} ${next}` : button.dataset.label;
    });
    all("[data-hint]").forEach((place) => {
      place.textContent = next ? `${place.dataset.hint} ${next}` : place.dataset.all;
    });
    all("[data-left]").forEach((list) => listed(list, missing));
    all("[data-marks]").forEach((mark) => marked(mark, missing));
  };
  const jump = (event) => {
    if (!answers || !event.target.closest?.("[data-primary]")) return;
    const missing = open();
    if (!missing.length) return;
    event.preventDefault();
    const { box, control } = missing[0];
    const top = box.getBoundingClientRect().top + scrollY - innerHeight / 3;
    scrollTo({ top, behavior: calm ? "auto" : "smooth" });
    control.focus({ preventScroll: true });
  };

  // What was typed stays in this tab until the server has it.
  const place = `wc-typed:${location.pathname.match(/^.*\/c\/[\w-]{22}(?=\/)/)?.[0]}`;
  const texts = () => [...new FormData(answers)].filter(([, value]) => typeof value === "string");
  const typed = () => texts().filter(([name]) => name.startsWith("a-"));
  const keep = () => sessionStorage.setItem(place, JSON.stringify(typed()));
  const restore = () => {
    const kept = JSON.parse(sessionStorage.getItem(place) || "[]");
    if (!kept.length) return;
    const values = (name) => kept.filter((pair) => pair[0] === name).map((pair) => pair[1]);
    [...answers.elements].filter((control) => control.name.startsWith("a-") && control.type !== "hidden").forEach((control) => {
      const [value] = values(control.name);
      if (picks(control)) control.checked = values(control.name).includes(control.value);
      else if (value !== undefined) control.value = value;
    });
  };
  // Where the text depends on answers, the server says how it reads now; typing goes on meanwhile.
  const paper = (root) => root.querySelector(".wc-document");
  const swap = (page) => {
    const { id, selectionStart: start, selectionEnd: end } = document.activeElement;
    const [old, made] = [paper(answers), paper(page)];
    const ids = (root) => all("[id^='b-']", root).map((block) => block.id).join();
    if (ids(old) !== ids(made)) say(live.dataset.followed);
    const [kept, parts] = [[...old.children], [...made.children]];
    parts.forEach((part, at) => {
      // What stands below a clause is another's to keep up to date, and may hold a comment.
      const own = part.dataset.part ? kept.findIndex((one) => one.dataset.part === part.dataset.part) : -1;
      if (own > at) kept.splice(at, own - at).forEach((gone) => gone.remove());
      if (own >= at || kept[at]?.isEqualNode(part)) return;
      const goes = kept[at] && !kept[at].dataset.part;
      if (goes) kept[at].replaceWith(part);
      else old.insertBefore(part, kept[at] || null);
      kept.splice(at, goes ? 1 : 0, part);
    });
    kept.slice(parts.length).forEach((part) => part.remove());
    answers.dataset.needed = page.getElementById("answers").dataset.needed;
    const focused = document.getElementById(id);
    if (!id || !focused || focused === document.activeElement) return;
    focused.focus({ preventScroll: true });
    if (start !== null && start !== undefined) focused.setSelectionRange(start, end);
  };
  const pageOf = async (response) => new DOMParser().parseFromString(await response.text(), "text/html");
  let asked = 0;
  const refresh = async () => {
    const mine = ++asked;
    const body = new URLSearchParams(texts());
    body.set("do", "show");
    try {
      const response = await fetch(answers.action, { method: "POST", body });
      if (!response.ok) return;
      const page = await pageOf(response);
      if (mine !== asked || !page.getElementById("answers")) return;
      swap(page);
      count();
    } catch {
      say(live.dataset.offline); // the form itself works on
    }
  };
  let soon = 0;
  const followAnswers = () => {
    asked += 1; // what is under way no longer fits
    clearTimeout(soon);
    soon = setTimeout(refresh, 400);
  };
  // What was typed is kept on the server as well, so that another device finds it.
  const saved = (done) => all("[data-saved]").forEach((note) => (note.hidden = !done));
  const store = async () => {
    if (!navigator.onLine) return;
    const body = new URLSearchParams(texts());
    body.set("do", "keep");
    const sent = JSON.stringify(typed());
    const { ok } = await fetch(answers.action, { method: "POST", body }).catch(() => ({}));
    if (!ok || sent !== JSON.stringify(typed())) return;
    sessionStorage.removeItem(place);
    saved(true);
  };
  let later = 0;
  const storeSoon = () => {
    saved(false);
    clearTimeout(later);
    later = setTimeout(store, 1000);
  };

  // A file is sent, or taken away, as soon as somebody says so; the server makes its box anew.
  const box = (root, name) => root.querySelector(`input[type=file][name="${name}"]`)?.closest(".wc-field");
  const submit = async (control) => {
    const name = control.name.replace(/\.remove$/, ".file");
    const said = box(answers, name).querySelector("[role=status]");
    const { sending, failed, tooLarge, largest } = answers.elements[name].dataset;
    if (control.files?.[0]?.size > largest) {
      control.value = "";
      said.textContent = tooLarge;
      return;
    }
    said.textContent = control.files ? sending : "";
    const body = new FormData(answers);
    [...body.keys()].filter((key) => key.endsWith(".file") && key !== name).forEach((key) => body.delete(key));
    body.set("do", "show");
    try {
      const page = await pageOf(await fetch(answers.action, { method: "POST", body }));
      const made = box(page, name);
      if (!made) throw new Error(name);
      box(answers, name)?.replaceWith(made);
      made.querySelector("input[type=file]").focus({ preventScroll: true });
      keep();
      count();
      if ("follows" in answers.dataset) followAnswers();
    } catch {
      said.textContent = failed;
    }
  };

  const fresh = one("[data-fresh]"); // the server has it, or has just sent it back
  if (fresh) sessionStorage.removeItem(place);
  const fill = () => {
    if (!answers) return;
    if (!fresh) restore();
    if (fresh?.dataset.fresh === "typed") keep();
    answers.addEventListener("change", ({ target }) => {
      if ("file" in target.dataset && (target.checked || target.files?.length)) submit(target);
    });
    answers.addEventListener("input", ({ target }) => {
      if ("file" in target.dataset) return;
      keep();
      count();
      if ("follows" in answers.dataset) followAnswers();
      storeSoon();
    });
    document.addEventListener("wc:page-moved", count); // the next step was put in anew
    count();
  };

  // Words in the text; without script the browser's own search finds them.
  const search = () => {
    const paper = one(".wc-document");
    if (!paper || !window.Highlight) return;
    let found = [];
    let at = 0;
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
      found = [];
      at = 0;
      while (words && walker.nextNode()) found.push(...places(walker.currentNode, words));
      CSS.highlights.set("found", new Highlight(...found));
    };
    const show = (input) => {
      const here = found.slice(at, at + 1);
      CSS.highlights.set("here", new Highlight(...here));
      here[0]?.startContainer.parentElement.scrollIntoView({ block: "center" });
      const said = found.length ? `${at + 1} / ${found.length}` : input.dataset.none;
      input.nextElementSibling.textContent = input.value.trim() ? said : "";
    };
    all("[data-find]").forEach((input) => {
      input.addEventListener("input", () => {
        find(input.value.trim().toLowerCase());
        show(input);
      });
      input.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" || !found.length) return;
        at = (at + (event.shiftKey ? found.length - 1 : 1)) % found.length;
        show(input);
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

  // Where in the text the reader is.
  const follow = () => {
    const links = new Map(all(".wc-toc__wide a").map((link) => [link.hash.slice(1), link]));
    const parts = [...links.keys()].map((id) => document.getElementById(id)).filter(Boolean);
    if (!parts.length) return;
    const mark = () => {
      const line = innerHeight / 3;
      const past = parts.filter((part) => part.getBoundingClientRect().top <= line);
      const here = (past.at(-1) || parts[0]).id;
      links.forEach((link, id) => {
        if (id === here) link.setAttribute("aria-current", "location");
        else link.removeAttribute("aria-current");
      });
    };
    addEventListener("scroll", mark, { passive: true });
    mark();
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
  addEventListener("click", jump);
  addEventListener("submit", send);
  addEventListener("pageshow", free);
  addEventListener("offline", () => say(live.dataset.offline));
  addEventListener("online", () => say(""));
  document.addEventListener("visibilitychange", look);
  fill();
  focusFirst();
  look();
  wait();
  search();
  follow();
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
