(() => {
  "use strict";
  for (const button of document.querySelectorAll("[data-print]")) {
    button.addEventListener("click", () => window.print());
  }
  for (const button of document.querySelectorAll("[data-copy]")) {
    if (!navigator.clipboard) { button.remove(); continue; }
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.copy);
      button.textContent = button.dataset.copied;
    });
  }
  const summary = document.querySelector(".error-summary, [data-focus]");
  if (summary) summary.focus();

  for (const area of document.querySelectorAll(".drop")) {
    const input = area.querySelector("input[type=file]");
    const said = area.querySelector("[data-chosen]");
    if (!input) continue;
    const say = () => {
      if (!said) return;
      const names = [...input.files].map((file) => `${file.name} (${size(file.size)})`);
      said.textContent = names.length ? said.dataset.chosen.replace("{}", names.join("; ")) : "";
      const limit = Number(input.dataset.limit || 0);
      if (limit && [...input.files].some((file) => file.size > limit)) said.textContent = said.dataset.tooLarge;
    };
    const size = (bytes) => bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
    input.addEventListener("change", say);
    const over = (on) => area.classList.toggle("over", on);
    let depth = 0;
    area.addEventListener("dragenter", (event) => { event.preventDefault(); depth += 1; over(true); });
    area.addEventListener("dragover", (event) => event.preventDefault());
    area.addEventListener("dragleave", () => { depth -= 1; if (depth < 1) over(false); });
    area.addEventListener("drop", (event) => {
      event.preventDefault();
      depth = 0;
      over(false);
      if (!event.dataTransfer.files.length) return;
      input.files = event.dataTransfer.files;
      input.dispatchEvent(new Event("change", { bubbles: true }));
      if (area.dataset.submit !== undefined) input.form.requestSubmit();
    });
  }

  for (const form of document.querySelectorAll("form[data-progress]")) {
    form.addEventListener("submit", () => {
      const note = form.querySelector("[role=status]");
      setTimeout(() => { if (note) note.textContent = form.dataset.progress; }, 300);
    });
  }
  for (const toggle of document.querySelectorAll("[data-check-all]")) {
    toggle.addEventListener("change", () => {
      for (const box of document.querySelectorAll(`input[name="${toggle.dataset.checkAll}"]`)) box.checked = toggle.checked;
    });
  }

  for (const row of document.querySelectorAll("[data-suggest]")) suggest(row);

  // A combobox (ARIA 1.2). Typing on or leaving puts it away; without it the form works alone.
  function suggest(row) {
    const input = row.querySelector("input");
    const list = document.createElement("ul");
    let at = -1;
    let asked = 0;
    let timer = 0;
    list.className = "suggestions";
    list.id = `${input.id}-suggestions`;
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", row.dataset.suggestLabel);
    row.append(list);
    for (const [name, value] of [["role", "combobox"], ["aria-controls", list.id], ["aria-expanded", "false"], ["aria-autocomplete", "list"]]) input.setAttribute(name, value);

    const close = () => { list.hidden = true; at = -1; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); };
    const take = (option) => {
      if (option.dataset.url) { location.assign(option.dataset.url); return; }
      input.value = option.textContent;
      close();
      input.form.requestSubmit();
    };
    const move = (to) => {
      const options = list.children;
      at = (to + options.length) % options.length;
      for (const option of options) option.setAttribute("aria-selected", String(option === options[at]));
      input.setAttribute("aria-activedescendant", options[at].id);
      options[at].scrollIntoView({ block: "nearest" });
    };
    const show = (found) => {
      list.replaceChildren(...found.map((suggestion, place) => {
        const option = document.createElement("li");
        option.id = `${list.id}-${place}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.textContent = suggestion.text;
        if (suggestion.url) option.dataset.url = suggestion.url;
        option.addEventListener("mousedown", (event) => { event.preventDefault(); take(option); });
        return option;
      }));
      at = -1;
      list.hidden = !found.length;
      input.setAttribute("aria-expanded", String(!list.hidden));
    };
    const ask = async () => {
      const mine = ++asked;
      if (!input.value.trim()) { close(); return; }
      try {
        const answer = await fetch(`${row.dataset.suggest}?q=${encodeURIComponent(input.value)}`);
        const found = (await answer.json()).suggestions;
        if (mine === asked && document.activeElement === input) show(found);
      } catch { close(); }
    };
    input.addEventListener("input", (event) => { if (!event.isComposing) { clearTimeout(timer); timer = setTimeout(ask, 120); } });
    input.addEventListener("compositionend", () => { clearTimeout(timer); timer = setTimeout(ask, 120); });
    input.addEventListener("blur", () => { asked += 1; close(); });
    input.addEventListener("keydown", (event) => {
      if (event.isComposing || list.hidden) return;
      if (event.key === "ArrowDown") move(at + 1);
      else if (event.key === "ArrowUp") move(at < 0 ? -1 : at - 1);
      else if (event.key === "Escape") close();
      else if (event.key === "Enter" && at >= 0) take(list.children[at]);
      else return;
      event.preventDefault();
    });
  }
})();
