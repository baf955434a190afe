/* Comfort for filling in: what is left, what was typed, and a text that follows the answers. */
(() => {
  "use strict";

  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const one = (selector) => document.querySelector(selector);
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const live = one("[data-live]");
  const say = (words) => (live.textContent = words);

  // What was typed stays in this tab until the server has it, or has just sent it back.
  const place = `wc-typed:${location.pathname.match(/^.*\/c\/[\w-]{22}(?=\/)/)?.[0]}`;
  const fresh = one("[data-fresh]");
  if (fresh) sessionStorage.removeItem(place);
  const answers = document.getElementById("answers");
  if (!answers) return;

  const picks = (control) => /^(radio|checkbox)$/.test(control.type);
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

  // What is still to be filled in, and the way to it. Nothing here asks where anything stands: the
  // browser would have to lay out all of the text first.
  const controls = (name) => [answers.elements[name]].flatMap((found) => (found instanceof RadioNodeList ? [...found] : [found]));
  const filled = (control) => (picks(control) ? control.checked && control.value : control.value.trim() || "kept" in control.dataset);
  const shows = (box) => (box.checkVisibility ? box.checkVisibility() : box.getClientRects().length > 0);
  const needed = () => {
    const boxes = new Map(); // a field may have several controls, and is open until all are filled in
    answers.dataset.needed.split(" ").filter(Boolean).map(controls).forEach((found) => {
      const box = found[0].closest(".wc-field");
      if (boxes.get(box)?.open || !shows(box)) return;
      boxes.set(box, { box, control: found[0], open: !found.some(filled) });
    });
    return [...boxes.values()];
  };
  const label = (box) => box.querySelector(".wc-field__label").firstChild.textContent.trim();
  const open = () => needed().filter((item) => item.open);
  const write = (node, words) => {
    if (node.textContent !== `${words}`) node.textContent = words;
  };
  const listed = (list, missing) => {
    const pattern = (list.pattern ||= list.firstElementChild);
    const lines = missing.map(({ box, control }) => {
      const line = pattern.cloneNode(true);
      line.firstElementChild.href = `#${control.id}`;
      line.firstElementChild.textContent = label(box);
      return line;
    });
    const same = lines.length === list.children.length && lines.every((line, at) => line.isEqualNode(list.children[at]));
    if (!same) list.replaceChildren(...lines);
  };
  const marked = (mark, missing) => {
    const links = all("a", mark.closest("ol"));
    const at = links.indexOf(mark.closest("a"));
    const below = (link, box) => link && document.getElementById(link.hash.slice(1)).compareDocumentPosition(box) & Node.DOCUMENT_POSITION_FOLLOWING;
    const here = missing.filter(({ box }) => below(links[at], box) && !below(links[at + 1], box));
    mark.classList.toggle("wc-marks__filled", !here.length); // it keeps its place, so that nothing moves
    write(mark.querySelector("span"), here.length);
  };
  const count = () => {
    const wanted = needed();
    const missing = wanted.filter((item) => item.open);
    wanted.forEach((item) => item.box.classList.toggle("wc-field--todo", item.open));
    all("[data-done]").forEach((node) => write(node, wanted.length - missing.length));
    all("[data-total]").forEach((node) => write(node, wanted.length));
    const next = missing.length ? label(missing[0].box) : "";
    all("[data-primary]").forEach((button) => write(button, next ? `${button.dataset.next} ${next}` : button.dataset.label));
    all("[data-hint]").forEach((node) => write(node, next ? `${node.dataset.hint} ${next}` : node.dataset.all));
    all("[data-left]").forEach((list) => listed(list, missing));
    all("[data-marks]").forEach((mark) => marked(mark, missing));
    document.dispatchEvent(new CustomEvent("wc:counted"));
  };
  const jump = (event) => {
    if (!event.target.closest?.("[data-primary]")) return;
    const missing = open();
    if (!missing.length) return;
    event.preventDefault();
    const { box, control } = missing[0];
    const top = box.getBoundingClientRect().top + scrollY - innerHeight / 3;
    scrollTo({ top, behavior: calm ? "auto" : "smooth" });
    control.focus({ preventScroll: true });
  };
  // The letter itself is painted first.
  let counts = 0;
  const countSoon = () => {
    counts ||= requestAnimationFrame(() => setTimeout(() => {
      counts = 0;
      count();
    }));
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
    document.dispatchEvent(new CustomEvent("wc:text-moved"));
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

  // A fast hand types before this script is there.
  const early = ({ type, checked, defaultChecked, value, defaultValue = value }) =>
    type !== "hidden" && (picks({ type }) ? checked !== defaultChecked : value !== defaultValue);
  if ([...answers.elements].some(early)) {
    keep();
    storeSoon();
  } else if (!fresh) restore();
  if (fresh?.dataset.fresh === "typed") keep();
  answers.addEventListener("change", ({ target }) => {
    if ("file" in target.dataset && (target.checked || target.files?.length)) submit(target);
  });
  answers.addEventListener("input", ({ target }) => {
    if ("file" in target.dataset) return;
    keep();
    countSoon();
    if ("follows" in answers.dataset) followAnswers();
    storeSoon();
  });
  addEventListener("click", jump);
  document.addEventListener("wc:page-moved", count); // the next step was put in anew
  count();
})();
