(() => {
  "use strict";
  const form = document.getElementById("editor");
  const rich = document.getElementById("rich");
  if (!form || !rich) return;
  const area = form.elements.body;
  const said = document.getElementById("saved");
  const words = form.dataset;
  const BLOCKS = "p, h2, h3, h4, h5, li, td, th, blockquote";
  const inside = (node) => node && rich.contains(node) && node !== rich;
  const element = (node) => (node?.nodeType === Node.TEXT_NODE ? node.parentElement : node);
  const around = (node, wanted) => { const found = element(node)?.closest(wanted); return inside(found) ? found : null; };

  // The text area gives way to the editor; it goes on carrying what is handed in.
  rich.hidden = false;
  area.hidden = true;
  form.elements.written_as.value = "html";
  form.querySelector("[data-plain]").hidden = true;
  const [bar, cells] = form.querySelectorAll(".tools");
  bar.hidden = false;
  const label = document.getElementById("body-label");
  label.removeAttribute("for");
  label.addEventListener("click", () => rich.focus());
  if (!rich.textContent.trim() && !rich.querySelector("img, table, hr")) rich.innerHTML = "<p><br></p>";
  document.execCommand("defaultParagraphSeparator", false, "p");
  document.execCommand("styleWithCSS", false, false);
  const count = () => {
    const letters = rich.textContent.replace(/\s/g, "").length;
    form.querySelector("[data-count]").textContent = words.words.replace("{n}", letters.toLocaleString("en"));
  };
  const sync = () => { area.value = rich.textContent.trim() || rich.querySelector("img, table, hr") ? rich.innerHTML : ""; };

  // Undo: whole states of the text, so that tables and alignment can be taken back as well.
  const past = [];
  const future = [];
  const path = (node) => {
    const steps = [];
    for (let here = node; here && here !== rich; here = here.parentNode) steps.unshift([...here.parentNode.childNodes].indexOf(here));
    return steps;
  };
  const state = () => {
    const selection = getSelection();
    const there = selection.rangeCount && rich.contains(selection.anchorNode);
    return { html: rich.innerHTML, at: there ? path(selection.anchorNode) : [], offset: there ? selection.anchorOffset : 0 };
  };
  const put = (kept) => {
    rich.innerHTML = kept.html;
    let node = rich;
    for (const step of kept.at) node = node.childNodes[step] || node;
    const length = node.nodeType === Node.TEXT_NODE ? node.length : node.childNodes.length;
    getSelection().collapse(node, Math.min(kept.offset, length));
    changed();
  };
  const remember = () => {
    const now = state();
    if (past.at(-1)?.html === now.html) return;
    past.push(now);
    future.length = 0;
    while (past.length > 100) past.shift();
  };
  const undo = () => {
    remember();
    if (past.length < 2) return;
    future.push(past.pop());
    put(past.at(-1));
  };
  const redo = () => {
    const next = future.pop();
    if (!next) return;
    past.push(next);
    put(next);
  };
  let pause = 0;
  rich.addEventListener("input", (event) => {
    clearTimeout(pause);
    if (!event.isComposing) pause = setTimeout(remember, 500);
    changed();
  });
  rich.addEventListener("beforeinput", (event) => {
    if (event.inputType === "historyUndo") { event.preventDefault(); undo(); }
    if (event.inputType === "historyRedo") { event.preventDefault(); redo(); }
  });

  // What the buttons do. The browser's own commands where they are good, the tree itself elsewhere.
  const blocks = () => {
    const selection = getSelection();
    if (!selection.rangeCount || !rich.contains(selection.anchorNode)) return [];
    const range = selection.getRangeAt(0);
    const all = [...rich.querySelectorAll(BLOCKS)].filter((block) => range.intersectsNode(block));
    const smallest = all.filter((block) => !all.some((other) => other !== block && block.contains(other)));
    return smallest.length ? smallest : [around(selection.anchorNode, BLOCKS)].filter(Boolean);
  };
  const align = (name) => {
    for (const block of blocks()) {
      block.classList.remove("align-left", "align-center", "align-right", "align-justify");
      if (name) block.classList.add(name);
      if (!block.classList.length) block.removeAttribute("class");
    }
  };
  const cell = () => around(getSelection().anchorNode, "td, th");
  const fresh = (name) => { const made = document.createElement(name); made.append(document.createElement("br")); return made; };
  const into = (node) => getSelection().collapse(node, 0);
  const table = (rows, columns) => {
    const made = document.createElement("table");
    for (let row = 0; row < rows; row += 1) {
      const line = made.insertRow();
      for (let column = 0; column < columns; column += 1) line.append(fresh(row ? "td" : "th"));
    }
    let after = around(getSelection().anchorNode, BLOCKS) || rich.lastElementChild;
    while (after && after.parentNode !== rich) after = after.parentNode;
    if (after) after.after(made); else rich.append(made);
    if (!made.nextElementSibling) made.after(fresh("p"));
    if (after && !after.textContent && after.matches("p")) after.remove();
    into(made.rows[0].cells[0]);
  };
  const TABLE = {
    row: (here) => { const line = here.closest("tr"); const copy = document.createElement("tr"); for (const _ of line.cells) copy.append(fresh("td")); line.after(copy); into(copy.cells[0]); },
    column: (here) => { const at = here.cellIndex; for (const line of here.closest("table").rows) line.cells[Math.min(at, line.cells.length - 1)].after(fresh(line.cells[0].localName)); },
    unrow: (here) => { const whole = here.closest("table"); if (whole.rows.length < 2) { TABLE.drop(here); return; } here.closest("tr").remove(); into(whole.rows[0].cells[0]); },
    uncolumn: (here) => { const whole = here.closest("table"); const at = here.cellIndex; if (whole.rows[0].cells.length < 2) { TABLE.drop(here); return; } for (const line of whole.rows) line.cells[at]?.remove(); into(whole.rows[0].cells[0]); },
    drop: (here) => { const whole = here.closest("table"); const next = fresh("p"); whole.replaceWith(next); into(next); },
  };
  let range = null;
  const hold = () => { const selection = getSelection(); if (selection.rangeCount && rich.contains(selection.anchorNode)) range = selection.getRangeAt(0).cloneRange(); };
  const resume = () => { rich.focus(); if (range) { getSelection().removeAllRanges(); getSelection().addRange(range); } };
  const ask = (id, then) => {
    hold();
    const dialog = document.getElementById(id);
    const close = () => {
      dialog.removeEventListener("close", close);
      resume();
      if (dialog.returnValue === "ok" || dialog.returnValue === "remove") act(() => then(new FormData(dialog.querySelector("form")), dialog.returnValue));
    };
    dialog.returnValue = "";
    dialog.addEventListener("close", close);
    dialog.showModal();
  };
  const link = () => {
    const here = around(getSelection().anchorNode, "a");
    document.getElementById("link-address").value = here?.getAttribute("href") || "";
    ask("link-dialog", (answer, how) => {
      const address = String(answer.get("address")).trim();
      if (how === "remove" || !address) { if (here) here.replaceWith(...here.childNodes); return; }
      if (here) { here.setAttribute("href", address); return; }
      if (getSelection().isCollapsed) document.execCommand("insertText", false, address);
      if (getSelection().isCollapsed) { const end = getSelection().getRangeAt(0); end.setStart(end.endContainer, Math.max(end.endOffset - address.length, 0)); }
      document.execCommand("createLink", false, address);
    });
  };
  const act = (what) => { remember(); what(); remember(); changed(); mirror(); };
  const DO = {
    bold: () => document.execCommand("bold"),
    ul: () => document.execCommand("insertUnorderedList"),
    ol: () => document.execCommand("insertOrderedList"),
  };
  form.addEventListener("mousedown", (event) => { if (event.target.closest(".tools button")) event.preventDefault(); });
  form.addEventListener("click", (event) => {
    const button = event.target.closest(".tools button");
    if (!button) return;
    if (!rich.contains(getSelection().anchorNode)) resume();
    const wish = button.dataset;
    if (wish.do === "undo") undo();
    else if (wish.do === "redo") redo();
    else if (wish.do === "link") link();
    else if (wish.do === "table") ask("table-dialog", (answer) => table(size(answer.get("rows"), 50), size(answer.get("columns"), 12)));
    else if (wish.table) { if (cell()) act(() => TABLE[wish.table](cell())); }
    else if (wish.align !== undefined) act(() => align(wish.align));
    else act(DO[wish.do]);
  });
  const size = (value, most) => Math.min(Math.max(Number.parseInt(value, 10) || 2, 1), most);
  const shape = bar.querySelector("[data-block]");
  shape.addEventListener("focus", hold);
  shape.addEventListener("change", () => { const wish = shape.value; resume(); act(() => document.execCommand("formatBlock", false, wish)); });
  rich.addEventListener("blur", hold);
  rich.addEventListener("keydown", (event) => {
    const key = event.key.toLowerCase();
    if (event.altKey && event.key === "F10") { event.preventDefault(); shape.focus(); return; }
    if (!(event.ctrlKey || event.metaKey)) return;
    if (event.altKey && "0123".includes(event.key)) { event.preventDefault(); act(() => document.execCommand("formatBlock", false, ["p", "h2", "h3", "h4"][event.key])); }
    else if (key === "z") { event.preventDefault(); if (event.shiftKey) redo(); else undo(); }
    else if (key === "y") { event.preventDefault(); redo(); }
    else if (key === "k") { event.preventDefault(); link(); }
  });

  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "s") return;
    event.preventDefault();
    save();
  });

  // A toolbar is one stop of the Tab key; arrows go along it.
  for (const tools of [bar, cells]) {
    const stops = [...tools.querySelectorAll("button, select")];
    stops.forEach((stop, place) => { stop.tabIndex = place ? -1 : 0; });
    tools.addEventListener("keydown", (event) => {
      const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (event.key === "Escape") { resume(); return; }
      if (!by) return;
      event.preventDefault();
      const next = stops[(stops.indexOf(document.activeElement) + by + stops.length) % stops.length];
      for (const stop of stops) stop.tabIndex = stop === next ? 0 : -1;
      next.focus();
    });
  }
  const mirror = () => {
    const node = getSelection().anchorNode;
    if (!rich.contains(node)) return;
    const block = around(node, BLOCKS);
    shape.value = around(node, "h2, h3, h4, blockquote")?.localName || "p";
    const pressed = (button, on) => button.setAttribute("aria-pressed", String(Boolean(on)));
    pressed(bar.querySelector("[data-do=bold]"), document.queryCommandState("bold"));
    for (const name of ["ul", "ol"]) pressed(bar.querySelector(`[data-do=${name}]`), around(node, "ul, ol")?.localName === name);
    const aligned = ["align-center", "align-right"].find((name) => block?.classList.contains(name)) || "";
    for (const button of bar.querySelectorAll("[data-align]")) pressed(button, button.dataset.align === aligned);
    cells.hidden = !around(node, "td, th");
  };
  document.addEventListener("selectionchange", mirror);

  // What is pasted goes by the server, which knows Word and WPS.
  const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] || form.elements.csrfmiddlewaretoken.value;
  const send = (address, body, more = {}) => fetch(address, { method: "POST", body, credentials: "same-origin", redirect: "manual", headers: { "X-Fragment": "json", "X-CSRFToken": token() }, ...more });
  rich.addEventListener("paste", async (event) => {
    event.preventDefault();
    hold();
    const body = new FormData();
    const text = event.clipboardData.getData("text/plain");
    body.append("html", event.clipboardData.getData("text/html"));
    body.append("text", text);
    let cleaned = null;
    try {
      const answer = await send(words.paste, body);
      cleaned = await answer.json();
    } catch { /* the text alone is better than nothing */ }
    resume();
    act(() => {
      if (!cleaned?.html) { if (!cleaned?.why) document.execCommand("insertText", false, text); return; }
      const parsed = new DOMParser().parseFromString(cleaned.html, "text/html").body;
      const only = parsed.children.length === 1 && parsed.firstElementChild.matches("p") ? parsed.firstElementChild : null;
      document.execCommand("insertHTML", false, only ? only.innerHTML : cleaned.html);
    });
    const note = cleaned?.why || (cleaned?.removed?.length ? words.pasted + cleaned.removed.join("、") : "");
    form.querySelector("[data-removed]").textContent = note;
  });

  // Saving by itself. What has not reached the server lies in this browser, by document and user.
  let name = `gongkai:draft:${words.user}:${words.key}`;
  const values = () => { sync(); return Object.fromEntries([...new FormData(form)].filter(([key]) => !["csrfmiddlewaretoken", "writer", "written_as"].includes(key))); };
  const seal = () => { const { base, ...rest } = values(); return JSON.stringify(rest); };
  const local = (more = {}) => { try { localStorage.setItem(name, JSON.stringify({ at: Date.now(), fields: values(), ...more })); } catch { /* full or forbidden */ } };
  const forget = () => { try { localStorage.removeItem(name); } catch { /* forbidden */ } };
  // What is handed back as refused is in the form again, and not saved.
  let saved = words.answered === undefined ? seal() : "";
  let busy = false;
  let stopped = false;
  let soon = 0;
  let keep = 0;
  const tell = (text, address, title) => {
    said.textContent = text;
    if (!address) return;
    const to = document.createElement("a");
    to.href = address;
    to.textContent = title;
    if (address.startsWith(words.login)) { to.target = "_blank"; to.rel = "noopener"; }
    said.append(" ", to);
  };
  function changed() {
    count();
    if (seal() === saved) return;
    if (!busy && !stopped) tell(words.changed);
    clearTimeout(keep);
    keep = setTimeout(local, 800);
    if (!soon && words.voids === undefined) soon = setTimeout(() => { soon = 0; save(); }, Number(words.every || 10) * 1000);
  }
  const later = () => { if (!soon && !stopped) soon = setTimeout(() => { soon = 0; save(); }, 15000); };
  async function save() {
    if (busy || stopped || words.voids !== undefined) return;
    const sending = seal();
    if (sending === saved) return;
    busy = true;
    local();
    tell(words.saving);
    const body = new FormData(form);
    body.append("autosave", "1");
    let answer = null;
    let told = {};
    try {
      answer = await send(form.action, body);
      if (answer.ok || answer.status === 422 || answer.status === 409) told = await answer.json();
    } catch { /* said below */ }
    busy = false;
    if (!answer) { tell(words.local); later(); return; }
    if (answer.status === 401 || answer.type === "opaqueredirect" || answer.status === 403) { tell(words.expired, words.login, words.relogin); later(); return; }
    if (told.state === "saved") {
      form.elements.base.value = told.number;
      saved = sending;
      if (!words.beat) begun(told);
      if (seal() === saved) { forget(); tell(`${words.saved} ${told.at}`); } else changed();
      return;
    }
    if (told.state === "conflict") { stopped = true; forget(); tell(words.conflict.replace("{by}", told.by), told.url, words.compare); return; }
    if (told.state === "refused") stopped = true;
    tell(told.why || words.local);
    if (!told.why) later();
  }
  // A document that has just come to be: from now on this is its page.
  function begun(told) {
    forget();
    name = `gongkai:draft:${words.user}:${told.key}`;
    form.setAttribute("action", told.url);
    words.beat = told.beat;
    history.replaceState(null, "", told.url);
  }
  form.addEventListener("input", (event) => { if (!rich.contains(event.target) && event.target !== shape) changed(); });
  form.addEventListener("submit", () => {
    sync();
    clearTimeout(soon);
    form.elements.csrfmiddlewaretoken.value = token();
    local({ sent: true });
    stopped = true;
  });

  // What an earlier visit left behind is offered, never put in unasked.
  const recovered = document.getElementById("recovered");
  const body = (html) => new DOMParser().parseFromString(html, "text/html").body;
  const bare = (fields) => Object.fromEntries(Object.entries(fields).map(([key, value]) => {
    const text = key === "body" ? [...body(value).querySelectorAll("*")].map((node) => node.localName).filter((tag) => tag !== "br").join() + body(value).textContent : value;
    return [key, text.replace(/\s+/g, "")];
  }));
  // The server writes spaces and line ends in its own way: they make no difference.
  const same = (one, other) => { const [here, there] = [bare(one), bare(other)]; return [...new Set([...Object.keys(here), ...Object.keys(there)])].every((key) => key === "base" || (here[key] || "") === (there[key] || "")); };
  const kept = (key) => { try { return JSON.parse(localStorage.getItem(key) || "null"); } catch { return null; } };
  const begin = `gongkai:draft:${words.user}:new-${words.agency}`;
  const begins = kept(begin);
  if (words.beat && begins?.sent && same(begins.fields, values())) localStorage.removeItem(begin);
  const left = words.answered === undefined ? kept(name) : null;
  if (left?.fields) {
    const arrived = left.sent && Number(left.fields.base) < Number(form.elements.base.value);
    if (arrived || same(left.fields, values())) forget();
    else {
      const note = recovered.querySelector("[data-words]");
      note.textContent = note.dataset.words.replace("{at}", new Date(left.at).toLocaleString("zh-CN", { hour12: false }));
      recovered.hidden = false;
    }
  }
  recovered.addEventListener("click", (event) => {
    if (event.target.closest("[data-restore]")) {
      for (const [key, value] of Object.entries(left.fields)) {
        if (key === "body") rich.innerHTML = body(value).innerHTML;
        else if (form.elements[key]) form.elements[key].value = value;
      }
      changed();
      rich.focus();
    } else if (event.target.closest("[data-forget]")) forget();
    else return;
    recovered.hidden = true;
  });

  // Who else is here.
  const presence = document.getElementById("presence");
  const notice = (text) => {
    if ((presence.textContent || "").trim() === text) return;
    presence.replaceChildren();
    if (!text) return;
    const line = document.createElement("p");
    line.className = "notice notice-warning";
    line.textContent = text;
    presence.append(line);
  };
  const beat = async () => {
    if (!words.beat) return;
    try {
      const answer = await send(words.beat, new FormData());
      if (!answer.ok) return;
      const there = await answer.json();
      const newer = !there.own && there.head > Number(form.elements.base.value) ? words.newer.replace("{by}", there.by).replace("{at}", there.at) : "";
      notice([there.others.length ? words.present.replace("{names}", there.others.join("、")) : "", newer].filter(Boolean).join(" "));
    } catch { /* the next one will do */ }
  };
  setInterval(beat, 15000);
  addEventListener("pagehide", () => {
    if (seal() !== saved && !stopped) local();
    if (!words.beat) return;
    const body = new FormData();
    body.append("leaving", "1");
    body.append("csrfmiddlewaretoken", token());
    navigator.sendBeacon(words.beat, body);
  });
  remember();
  count();
})();
