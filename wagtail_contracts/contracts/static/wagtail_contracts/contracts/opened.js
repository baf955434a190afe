// A contract's page tells that it is open: opening it must change nothing by itself.
const opened = document.querySelector("[data-wc-opened]");
if (opened) {
  const token = document.querySelector("[name=csrfmiddlewaretoken]");
  fetch(opened.dataset.wcOpened, {
    method: "POST",
    headers: { "X-CSRFToken": token ? token.value : "" },
    credentials: "same-origin",
  }).catch(() => {}); // it is a convenience
}
