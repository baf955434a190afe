/* A name that is drawn: lines as whole numbers on a grid, for whoever has a pointer. */
(() => {
  "use strict";

  const WIDE = 600;
  const HIGH = 200;
  const APART = 5; // points of the grid between two that are kept
  const MOST = 400; // points of all lines
  const LINES = 40;

  const start = (box) => {
    const pad = box.querySelector("svg");
    const path = box.querySelector("path");
    const field = box.querySelector("input");
    let lines = [];
    let line = null;

    const show = () => {
      const words = lines.map(([[x, y], ...rest]) =>
        `M${x} ${y}` + (rest.length ? rest : [[x, y]]).map(([a, b]) => `L${a} ${b}`).join(""));
      path.setAttribute("d", words.join(""));
      field.value = lines.length ? JSON.stringify(lines) : "";
    };
    const within = (number, most) => Math.min(most, Math.max(0, Math.round(number)));
    const place = ({ clientX, clientY }) => {
      const { left, top, width, height } = pad.getBoundingClientRect();
      return [within(((clientX - left) / width) * WIDE, WIDE), within(((clientY - top) / height) * HIGH, HIGH)];
    };
    // Too many points: every second one of each line goes, but not its end.
    const thin = () => {
      while (lines.flat().length > MOST) {
        lines = lines.map((points) => points.filter((_, at) => at % 2 === 0 || at === points.length - 1));
      }
    };
    pad.addEventListener("pointerdown", (event) => {
      if (event.button || lines.length >= LINES) return;
      event.preventDefault();
      pad.setPointerCapture(event.pointerId);
      line = [place(event)];
      lines.push(line);
      show();
    });
    pad.addEventListener("pointermove", (event) => {
      if (!line) return;
      const [x, y] = place(event);
      const [a, b] = line[line.length - 1];
      if (Math.hypot(x - a, y - b) < APART) return;
      line.push([x, y]);
      show();
    });
    const end = () => {
      line = null;
      thin();
      show();
    };
    ["pointerup", "pointercancel"].forEach((name) => pad.addEventListener(name, end));
    box.querySelector("button").addEventListener("click", () => {
      lines = [];
      show();
    });
    try {
      lines = JSON.parse(field.value || "[]");
      show();
    } catch {
      lines = [];
      field.value = "";
    }
    box.hidden = false;
  };

  document.querySelectorAll("[data-draw]").forEach(start);
})();
