(() => {
  "use strict";
  for (const button of document.querySelectorAll("[data-print]")) {
    button.addEventListener("click", () => window.print());
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
})();
