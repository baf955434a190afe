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
