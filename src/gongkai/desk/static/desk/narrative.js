(() => {
  "use strict";
  const form = document.querySelector("[data-narrative]");
  const picker = form?.querySelector("[data-insert]");
  if (!form || !picker) return;
  const texts = [...form.querySelectorAll("textarea")];
  const told = form.querySelector("#told");
  const into = form.querySelector("#into");
  const said = form.querySelector("[data-said]");
  const tables = document.querySelector("[data-pick-from]");
  let last = null;
  let changed = false;

  for (const text of texts) {
    text.addEventListener("focus", () => { last = text; into.value = text.name.slice(5); });
    text.addEventListener("input", () => { changed = true; count(text); });
  }
  into.addEventListener("change", () => { last = null; });

  // What is typed is counted as it will read: an address as long as its figure.
  const figure = (address) => form.querySelector(`#pick option[value="${CSS.escape(address)}"]`)?.dataset.reads || "000";
  const count = (text) => {
    const shown = form.querySelector(`#length-${text.name.slice(5)}`);
    if (!shown) return;
    const length = text.value.replace(/\{([^{}]*)\}/g, (_, address) => figure(address.trim())).replace(/\s/g, "").length;
    shown.querySelector("[data-length]").textContent = length;
    shown.classList.toggle("too-long", length > Number(text.dataset.limit));
  };

  const insert = (address) => {
    const text = last || form.querySelector(`#text-${into.value}`);
    const kind = address.startsWith("records.") ? "" : told.value;
    const written = `{${kind}${address}}`;
    const end = last ? text.selectionEnd : text.value.length;
    text.setRangeText(written, last ? text.selectionStart : end, end, "end");
    text.focus();
    text.dispatchEvent(new Event("input", { bubbles: true }));
    said.textContent = written;
  };
  picker.addEventListener("click", (event) => {
    event.preventDefault();
    insert(form.querySelector("#pick").value);
  });
  for (const cell of tables.querySelectorAll("td[data-address]")) {
    cell.classList.add("pickable");
    cell.addEventListener("click", () => insert(cell.dataset.address));
  }

  form.addEventListener("submit", () => { changed = false; });
  window.addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
})();
