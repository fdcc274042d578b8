(() => {
  "use strict";
  const page = document.getElementById("page");
  const form = page?.closest("form");
  const list = document.getElementById("drawn");
  if (!page || !list) return;
  const SVG = "http://www.w3.org/2000/svg";
  let start = null;
  let rect = null;

  const at = (event) => {
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(page.getScreenCTM().inverse());
    const { width, height } = page.viewBox.baseVal;
    return { x: Math.min(Math.max(point.x, 0), width), y: Math.min(Math.max(point.y, 0), height) };
  };
  const field = (value) => [...form.querySelectorAll('input[name="box"]')].find((input) => input.value === value);
  const put = (box) => {
    for (const [name, value] of Object.entries(box)) rect.setAttribute(name, value.toFixed(1));
  };
  const between = (one, other) => ({ x: Math.min(one.x, other.x), y: Math.min(one.y, other.y), width: Math.abs(one.x - other.x), height: Math.abs(one.y - other.y) });

  page.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    if (event.target.classList.contains("box")) {
      const kept = field(event.target.dataset.box);
      if (kept) kept.checked = false;
      event.target.remove();
      return;
    }
    event.preventDefault();
    start = at(event);
    rect = document.createElementNS(SVG, "rect");
    rect.setAttribute("class", "box drawing");
    page.append(rect);
    page.setPointerCapture(event.pointerId);
  });
  page.addEventListener("pointermove", (event) => { if (start) put(between(start, at(event))); });
  const done = (event) => {
    if (!start) return;
    const box = between(start, at(event));
    start = null;
    if (box.width < 2 || box.height < 2) { rect.remove(); return; }
    put(box);
    rect.classList.remove("drawing");
    const sides = [box.x, box.y, box.x + box.width, box.y + box.height].map((side) => side.toFixed(1));
    rect.dataset.box = [form.dataset.page, ...sides].join(":");
    const item = document.createElement("li");
    const label = document.createElement("label");
    label.className = "choice";
    const input = document.createElement("input");
    Object.assign(input, { type: "checkbox", name: "box", value: rect.dataset.box, checked: true });
    label.append(input, ` ${form.dataset.drawn}`);
    item.append(label);
    list.append(item);
  };
  page.addEventListener("pointerup", done);
  page.addEventListener("pointercancel", () => { start = null; rect?.remove(); });

  // What is ticked in a list is shown on the page, and taken off it again.
  form.addEventListener("change", (event) => {
    const input = event.target;
    if (input.name !== "box") return;
    const [number, ...sides] = input.value.split(":");
    if (number !== form.dataset.page) return;
    const shown = [...page.querySelectorAll(".box")].find((one) => one.dataset.box === input.value);
    if (!input.checked) { shown?.remove(); return; }
    if (shown) return;
    const [x0, y0, x1, y1] = sides.map(Number);
    rect = document.createElementNS(SVG, "rect");
    rect.setAttribute("class", "box");
    rect.dataset.box = input.value;
    put({ x: x0, y: y0, width: x1 - x0, height: y1 - y0 });
    page.append(rect);
  });
})();
