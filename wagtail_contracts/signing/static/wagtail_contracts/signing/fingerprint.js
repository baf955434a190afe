/* The fingerprint of a file is computed here and compared; the file stays where it is. */
(() => {
  "use strict";

  const button = document.querySelector("[data-fingerprint]");
  if (!button || !globalThis.crypto?.subtle) return; // a browser has it for https alone
  const file = document.getElementById("file");
  const digest = document.getElementById("digest");

  const compare = async () => {
    const [chosen] = file.files;
    if (!chosen) {
      button.form.requestSubmit(); // the page says what is missing
      return;
    }
    const sum = await crypto.subtle.digest("SHA-256", await chosen.arrayBuffer());
    digest.value = [...new Uint8Array(sum)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    digest.form.requestSubmit();
  };
  button.addEventListener("click", compare);
  button.hidden = false;
})();
