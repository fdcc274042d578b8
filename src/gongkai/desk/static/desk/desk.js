(() => {
  "use strict";
  const narrow = window.matchMedia("(max-width: 60rem)");
  const typing = (target) => target.closest("input:not([type=checkbox]):not([type=radio]), select, textarea, [contenteditable]");

  // One cell's panel is fetched and put in place; the tables keep their scroll.
  const cellLink = (target) => target.closest('a[href^="?cell="]');
  document.addEventListener("click", async (event) => {
    const link = cellLink(event.target);
    const panel = document.getElementById("panel");
    if (!link || !panel || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const url = new URL(link.href);
    let text = "";
    try {
      const answer = await fetch(url, { headers: { "X-Fragment": "panel" }, credentials: "same-origin" });
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      text = await answer.text();
    } catch {
      window.location.assign(url);
      return;
    }
    const fresh = new DOMParser().parseFromString(text, "text/html").getElementById("panel");
    if (!fresh) { window.location.assign(url); return; }
    panel.replaceWith(fresh);
    history.replaceState(null, "", url.pathname + url.search);
    show();
    choose(url.searchParams.get("cell"));
    const side = fresh.closest(".side");
    if (side && !narrow.matches) side.scrollTop = 0;
    fresh.querySelector("h2")?.focus({ preventScroll: true });
    if (narrow.matches) fresh.scrollIntoView({ block: "start", behavior: "instant" });
  });
  const show = () => {
    const lines = document.querySelector(".source-lines");
    const mark = lines?.querySelector("mark");
    if (mark) lines.scrollLeft += mark.getBoundingClientRect().left - lines.getBoundingClientRect().left - lines.clientWidth / 2;
  };
  show();
  const choose = (address) => {
    for (const cell of document.querySelectorAll("td.chosen")) cell.classList.remove("chosen");
    document.querySelector(`td[data-address="${CSS.escape(address || "")}"]`)?.classList.add("chosen");
  };
  document.addEventListener("click", (event) => {
    const close = event.target.closest("[data-close]");
    if (!close) return;
    event.preventDefault();
    shut();
  });
  const shut = () => {
    const panel = document.getElementById("panel");
    if (!panel || panel.hidden) return;
    const address = new URL(window.location.href).searchParams.get("cell");
    panel.hidden = true;
    history.replaceState(null, "", window.location.pathname);
    choose("");
    document.querySelector(`td[data-address="${CSS.escape(address || "")}"] a`)?.focus();
  };
  if (window.location.hash === "#panel") document.getElementById("panel-title")?.focus({ preventScroll: true });

  // A verb is asked for once, however often the button is pressed.
  document.addEventListener("submit", (event) => {
    const buttons = event.target.querySelectorAll("[data-once]");
    if (!buttons.length || event.defaultPrevented) return;
    if (event.target.dataset.sent) { event.preventDefault(); return; }
    event.target.dataset.sent = "1";
    setTimeout(() => { for (const button of buttons) button.setAttribute("aria-disabled", "true"); });
  });
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    for (const form of document.querySelectorAll("form[data-sent]")) {
      delete form.dataset.sent;
      for (const button of form.querySelectorAll("[data-once]")) button.removeAttribute("aria-disabled");
    }
  });

  // Keyboard: j and k go through the rows of a list, or the findings of a report.
  const keys = document.getElementById("keys");
  for (const button of document.querySelectorAll("[data-keys]")) {
    button.hidden = false;
    button.addEventListener("click", () => keys?.showModal());
  }
  const items = () => [...document.querySelectorAll("[data-row], [data-item]")].filter((item) => item.checkVisibility());
  const step = (by) => {
    const all = items();
    if (!all.length) return;
    const here = all.findIndex((item) => item === document.activeElement || item.contains(document.activeElement) || item.closest("tr")?.contains(document.activeElement));
    const next = all[here < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(Math.max(here + by, 0), all.length - 1)];
    next.focus();
    next.scrollIntoView({ block: "nearest", behavior: "instant" });
  };
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !keys?.open) { shut(); return; }
    if (event.ctrlKey || event.metaKey || event.altKey || keys?.open || typing(event.target)) return;
    if (event.key === "j") step(1);
    else if (event.key === "k") step(-1);
    else if (event.key === "?") keys?.showModal();
    else if (event.key === "/") document.querySelector("[data-search]")?.focus();
    else if (event.key === "x") document.activeElement.closest("tr")?.querySelector("input[type=checkbox]")?.click();
    else if (event.key === "Enter" && document.activeElement.matches("[data-item]")) document.activeElement.querySelector('a[href^="?cell="], summary, a')?.click();
    else return;
    event.preventDefault();
  });

  // Files go one after another, each with its own result; without script the form sends them all.
  const form = document.getElementById("upload");
  const progress = document.getElementById("progress");
  if (!form || !progress) return;
  form.addEventListener("submit", async (event) => {
    const input = form.querySelector("input[type=file]");
    const files = [...input.files];
    if (!files.length) return;
    event.preventDefault();
    const [bar, said, list, end] = ["progress", "#progress-said", "#progress-list", "#progress-end"].map((name) => progress.querySelector(name));
    const button = form.querySelector("button.button-primary");
    progress.hidden = false;
    button.disabled = true;
    bar.max = files.length;
    bar.value = 0;
    document.getElementById("progress-title").focus();
    const broken = [];
    for (const [place, file] of files.entries()) {
      said.textContent = form.dataset.reading.replace("{n}", place + 1).replace("{total}", files.length).replace("{name}", file.name);
      const body = new FormData(form);
      body.delete("reports");
      body.append("reports", file, file.name);
      try {
        const answer = await fetch(form.action, { method: "POST", body, headers: { "X-Fragment": "entries" }, credentials: "same-origin" });
        if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
        const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
        list.append(...fresh.querySelectorAll("li.result"));
      } catch {
        broken.push(file.name);
      }
      bar.value = place + 1;
    }
    said.textContent = broken.length ? `${form.dataset.broken}${broken.join("; ")}` : form.dataset.done;
    end.hidden = !list.children.length;
    button.disabled = false;
    input.value = "";
    if (!broken.length && files.length === list.children.length) end.querySelector("a").focus();
  });
})();
