(() => {
  "use strict";
  // A passage that is selected in the text is what a remark is about.
  const text = document.getElementById("text");
  const remark = document.getElementById("remark-form");
  if (text && remark) {
    const shown = document.getElementById("quoted");
    document.addEventListener("selectionchange", () => {
      const selection = getSelection();
      if (selection.isCollapsed || !text.contains(selection.anchorNode) || !text.contains(selection.focusNode)) return;
      const quote = selection.toString().trim().slice(0, 2000);
      if (!quote) return;
      remark.elements.quote.value = quote;
      remark.elements.paragraph.value = "";
      shown.textContent = quote.length > 120 ? `${quote.slice(0, 120)}…` : quote;
      shown.hidden = false;
    });
    remark.elements.paragraph.addEventListener("change", () => { remark.elements.quote.value = ""; shown.hidden = true; });
  }

  // A new document that has arrived needs no copy in this browser; the next one is another.
  if (text?.dataset.begun) {
    try {
      const left = JSON.parse(localStorage.getItem(text.dataset.begun) || "null");
      if (left?.sent && (left.fields?.title || "").trim() === text.dataset.title) localStorage.removeItem(text.dataset.begun);
    } catch { /* full or forbidden */ }
  }

  // What a pattern for index numbers gives, while it is typed.
  const pattern = document.querySelector("[data-example]");
  const example = document.getElementById("example");
  if (pattern && example) {
    let wait = 0;
    pattern.addEventListener("input", () => {
      clearTimeout(wait);
      wait = setTimeout(async () => {
        try {
          const answer = await fetch(`${pattern.dataset.example}?pattern=${encodeURIComponent(pattern.value)}`, { credentials: "same-origin" });
          if (answer.ok) example.textContent = (await answer.json()).example || example.dataset.wrong;
        } catch { /* the page says it when it is saved */ }
      }, 250);
    });
  }

  // Files go one after another, so that each has the whole limit for itself.
  for (const form of document.querySelectorAll("form[data-each]")) {
    form.addEventListener("submit", async (event) => {
      const files = [...form.elements.files.files];
      if (files.length < 2) return;
      event.preventDefault();
      const said = form.querySelector("[role=status]");
      for (const [place, file] of files.entries()) {
        said.textContent = form.dataset.reading.replace("{n}", place + 1).replace("{total}", files.length).replace("{name}", file.name);
        const body = new FormData(form);
        body.delete("files");
        body.append("files", file, file.name);
        try {
          await fetch(form.action, { method: "POST", body, credentials: "same-origin", redirect: "manual" });
        } catch { /* the page that follows lists what has arrived */ }
      }
      window.location.reload();
    });
  }
})();
