"use strict";
// Shows the articles of the page: filters that combine, the list, the article that is read. The state is the fragment.
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const [form, list, reading, told, search] =
    ["filters", "list", "article", "told", "text"].map((id) => document.getElementById(id));
  const boxes = [...form.querySelectorAll("input[type=checkbox]")];
  const LANE = 3; // pixels of one line under the text
  const state = { article: "" };
  let found = [];

  for (const one of data.articles) {
    one.searched = [one.title, one.text, one.outlet, one.id].filter(Boolean).join("\n").toLowerCase();
    // Offsets are code points, strings of this language UTF-16.
    Object.defineProperty(one, "points", { get: () => Array.from(one.text ?? "") });
  }

  function element(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  }

  // The filters

  function chosen() {
    const values = {};
    for (const box of boxes) if (box.checked) (values[box.name] ??= []).push(box.value);
    return values;
  }

  function fits(one, values, words, but = "") {
    return (!words || one.searched.includes(words)) && Object.entries(values).every(
      ([name, wanted]) => name === but || wanted.some((value) => one.facets[name].includes(value)));
  }

  function filter() {
    const values = chosen();
    const words = search.value.trim().toLowerCase();
    found = data.articles.filter((one) => fits(one, values, words));
    for (const name of new Set(boxes.map((box) => box.name))) {
      // Beside each value stands how many articles it would find with the other filters as they are.
      const counts = {};
      for (const one of data.articles)
        if (fits(one, values, words, name)) for (const value of one.facets[name]) counts[value] = (counts[value] ?? 0) + 1;
      for (const box of boxes)
        if (box.name === name) box.parentElement.querySelector("b").textContent = counts[box.value] ?? 0;
    }
    document.getElementById("found").textContent = `${found.length} of ${data.articles.length} articles`;
    if (!found.some((one) => one.id === state.article)) state.article = found.length ? found[0].id : "";
    list.replaceChildren(...found.map(entry));
    open(state.article);
  }

  function clear() {
    for (const box of boxes) box.checked = false;
    search.value = "";
    filter();
  }

  // The list

  function entry(one) {
    const places = [one.date ?? "no date", one.outlet, one.split];
    const differing = one.differences.length;
    if (differing) places.push(differing === 1 ? "1 difference" : `${differing} differences`);
    if (one.text === null) places.push("withheld");
    return element("li", { role: "option", "data-id": one.id, "aria-selected": "false", tabindex: "-1", dir: "auto" },
      one.title ?? one.id, element("small", { dir: "ltr" }, places.join(" · ")));
  }

  function open(id, isFocused = false) {
    state.article = id;
    for (const item of list.children) {
      const isOpen = item.dataset.id === id;
      item.setAttribute("aria-selected", isOpen);
      item.tabIndex = isOpen ? 0 : -1;
      if (isOpen && isFocused) item.focus();
      if (isOpen) item.scrollIntoView({ block: "nearest" });
    }
    hide();
    const one = found.find((article) => article.id === id);
    reading.replaceChildren(...(one ? article(one) : [element("p", {}, "No article is found by these filters.")]));
    write();
  }

  function step(by) {
    const place = found.findIndex((one) => one.id === state.article);
    const next = found[Math.min(Math.max(place + by, 0), found.length - 1)];
    if (next) open(next.id, true);
  }

  // The article

  function article(one) {
    const parts = [element("h2", { dir: "auto" }, one.title ?? "Withheld"), about(one)];
    parts.push(one.text === null
      ? element("p", { class: "withheld" }, "The text may not be passed on. There are only places and values.")
      : text(one));
    if (one.differences.length)
      parts.push(element("h3", {}, "On what labellers differ"), table(["class", "place", "what"],
        one.differences.map(([sort, start, end, what]) => [sort, `${start}-${end}`, what])));
    if (one.tolls.length)
      parts.push(element("h3", {}, "Tolls"), table(["incident", "harm", "low", "best", "high", "contested"],
        one.tolls.map(([incident, harm, low, best, high, isContested]) =>
          [incident, harm, low, best, high, isContested ? "contested" : ""])));
    if (one.spans.length)
      parts.push(element("h3", {}, "Spans"), table(["words", "place", "label", "attributes"],
        one.spans.map((span) => [surface(one, span), `${span[0]}-${span[1]}`, span[3], span[5]])));
    if (one.relations.length)
      parts.push(element("h3", {}, "Relations"), table(["head", "relation", "tail"],
        one.relations.map(([kind, head, tail]) => [named(one, one.spans[head]), kind, named(one, one.spans[tail])])));
    return parts;
  }

  function about(one) {
    const labellers = Object.entries(one.labellers).map(([name, status]) => `${name}: ${status}`);
    const known = { id: one.id, date: one.date, outlet: one.outlet, split: one.split, ...one.about };
    const { url, ...rest } = known;
    const line = element("p", { class: "about" }, [...Object.entries(rest).filter(([, value]) => value)
      .map(([name, value]) => `${name} ${value}`), ...labellers].join(" · "));
    if (url && /^https?:\/\//.test(url)) line.append(" · ", element("a", { href: url, rel: "noreferrer" }, "page"));
    return line;
  }

  function surface(one, [start, end]) {
    return one.text === null ? "withheld" : one.points.slice(start, end).join("");
  }

  function named(one, span) {
    return `${surface(one, span)} (${span[3]} ${span[0]}-${span[1]})`;
  }

  function table(head, rows) {
    const cells = (name, values) => element("tr", {}, ...values.map((value) =>
      element(name, { dir: "auto" }, String(value ?? ""))));
    return element("table", {}, cells("th", head), ...rows.map((row) => cells("td", row)));
  }

  function lanes(spans) {
    // Each span has its own line under the text for all its length, so that those that overlap stay apart.
    const ends = [];
    return spans.map(([start, end]) => {
      let lane = ends.findIndex((taken) => taken <= start);
      if (lane < 0) lane = ends.length;
      ends[lane] = end;
      return lane;
    });
  }

  function text(one) {
    const points = one.points;
    const lane = lanes(one.spans);
    const borders = [...new Set([0, points.length, ...one.spans.flatMap(([start, end]) => [start, end])])]
      .sort((first, second) => first - second);
    const shown = element("div", { class: "text", dir: "auto" });
    borders.slice(0, -1).forEach((start, place) => {
      const end = borders[place + 1];
      const words = points.slice(start, end).join("");
      const covering = one.spans.map((span, number) => [span, lane[number]])
        .filter(([span]) => span[0] <= start && end <= span[1]);
      shown.append(covering.length ? piece(words, start, end, covering) : words);
    });
    return shown;
  }

  function piece(words, start, end, covering) {
    const inner = covering.at(-1)[0];
    const made = element("span", { class: `piece label-${inner[3]}` }, words);
    const deepest = Math.max(...covering.map(([, lane]) => lane)) + 1;
    const lines = covering.map(([span, lane]) => [`var(--label-${span[3]}, gray)`, deepest - 1 - lane]);
    made.style.backgroundImage = lines.map(([shade]) => `linear-gradient(${shade}, ${shade})`).join(", ");
    made.style.backgroundSize = `100% ${LANE - 1}px`;
    made.style.backgroundRepeat = "no-repeat";
    made.style.backgroundPosition = lines.map(([, lane]) => `0 calc(100% - ${lane * LANE}px)`).join(", ");
    made.style.paddingBottom = `${2 + deepest * LANE}px`;
    for (const [span] of covering)
      if (span[1] === end) made.append(element("sub", { "aria-hidden": "true" }, span[3]));
    // One stop for each place at which a span begins.
    if (covering.some(([span]) => span[0] === start)) made.tabIndex = 0;
    made.setAttribute("aria-describedby", "told");
    made.spans = covering.map(([span]) => span);
    return made;
  }

  // What is said of a span

  function show(shown) {
    told.replaceChildren(...shown.spans.map((span) => element("p", { class: `label-${span[3]}` },
      element("b", {}, span[3]), span[5] ? ` ${span[5]}` : "")));
    told.hidden = false;
    const box = shown.getClientRects()[0];
    const left = Math.max(4, Math.min(box.left, innerWidth - told.offsetWidth - 8));
    const below = box.bottom + 6;
    told.style.left = `${left}px`;
    told.style.top = `${below + told.offsetHeight > innerHeight ? box.top - told.offsetHeight - 6 : below}px`;
  }

  function hide() {
    told.hidden = true;
  }

  // The fragment

  function write() {
    const fragment = new URLSearchParams();
    if (search.value.trim()) fragment.set("text", search.value.trim());
    for (const box of boxes) if (box.checked) fragment.append(box.name, box.value);
    if (state.article) fragment.set("article", state.article);
    history.replaceState(null, "", `#${fragment}`);
  }

  function read() {
    const fragment = new URLSearchParams(location.hash.slice(1));
    search.value = fragment.get("text") ?? "";
    for (const box of boxes) box.checked = fragment.getAll(box.name).includes(box.value);
    state.article = fragment.get("article") ?? "";
    filter();
  }

  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    clear();
  });
  list.addEventListener("click", (event) => {
    const item = event.target.closest("li");
    if (item) open(item.dataset.id, true);
  });
  for (const [name, act] of [["mouseover", show], ["focusin", show], ["mouseout", hide], ["focusout", hide]])
    reading.addEventListener(name, (event) => {
      const shown = event.target.closest(".piece");
      if (shown) act(shown);
    });
  document.getElementById("plots").addEventListener("click", (event) => {
    const link = event.target.closest("a[data-article]");
    if (!link) return;
    event.preventDefault();
    if (!found.some((one) => one.id === link.dataset.article)) clear();
    open(link.dataset.article, true);
    reading.scrollIntoView();
  });
  addEventListener("hashchange", read);
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const isTyping = event.target === search;
    if (event.key === "Escape") {
      hide();
      (list.querySelector("[aria-selected=true]") ?? search).focus();
    } else if (isTyping) {
      return;
    } else if (event.key === "/") {
      search.focus();
      search.select();
    } else if (event.key === "j" || event.key === "k") {
      step(event.key === "j" ? 1 : -1);
    } else if (list.contains(event.target)) {
      const by = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -Infinity, End: Infinity }[event.key];
      if (by !== undefined) step(by);
      else if (event.key === "Enter") reading.focus();
      else return;
    } else {
      return;
    }
    event.preventDefault();
  });
  read();
})();
