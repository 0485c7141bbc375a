"use strict";
(() => {
  const list = document.getElementById("cards");
  if (!list) return;
  const by = (id) => document.getElementById(id);
  const search = by("search"), count = by("count"), form = document.querySelector(".bar");
  const fields = ["document", "severity", "rule", "grade"].map(by);
  const sort = by("sort");

  // Bodies of cards wait as the text of <noscript>: a browser with scripts keeps it unparsed, one without shows it.
  const cards = [...list.children].map((el, worst) => {
    const data = el.dataset;
    const counts = data.n.split(" ").map(Number);
    return {
      el, worst, counts, document: data.d, place: +data.o, grade: data.g ?? "-", amount: data.m ? +data.m : -Infinity,
      keys: data.k ? data.k.split(" ") : [], text: null, shown: true,
    };
  });

  const fill = (el) => {
    const waiting = el.querySelector(":scope > noscript");
    if (!waiting) return;
    const holder = document.createElement("template");
    holder.innerHTML = waiting.textContent;
    waiting.replaceWith(holder.content);
    if (fields[1].value || fields[2].value) dim(el);
  };

  // What a search looks through: the card's words, widths folded, without markup.
  const entities = { "&lt;": "<", "&gt;": ">", "&#34;": '"', "&#39;": "'", "&amp;": "&" };
  const fold = (text) => text.normalize("NFKC").toLowerCase();
  const words = (card) => {
    if (card.text === null) {
      const waiting = card.el.querySelector(":scope > noscript");
      const body = waiting ? waiting.textContent : card.el.innerHTML;
      const plain = body.replace(/<(?:sup>[^<]*<\/sup|[^>]*)>/g, (tag) => (/^<\/?(?:mark|b|u|ins|su)/.test(tag) ? "" : "\n"));
      const head = card.el.firstElementChild.textContent;
      card.text = fold(head + "\n" + plain.replace(/&(?:lt|gt|amp|#34|#39);/g, (found) => entities[found]));
    }
    return card.text;
  };
  let next = 0;
  const prepare = (deadline) => {
    while (next < cards.length && (deadline.timeRemaining() > 2 || deadline.didTimeout)) words(cards[next++]);
    if (next < cards.length) later(prepare);
    else document.documentElement.dataset.ready = "";
  };
  const later = window.requestIdleCallback
    ? (task) => requestIdleCallback(task)
    : (task) => setTimeout(() => { const end = performance.now() + 10; task({ timeRemaining: () => end - performance.now() }); }, 1);

  const wanted = (key, severity, rule) => (!rule || key.slice(0, -1) === rule) && (!severity || key.slice(-1) === severity);
  const dim = (el) => {
    const [, severity, rule] = fields.map((field) => field.value);
    for (const item of el.querySelectorAll("li[data-r]"))
      item.classList.toggle("off", severity !== "0" && !wanted(item.dataset.r + item.className[1], severity, rule));
  };

  // The first hundred that match appear at once; what lies further down follows in pieces, so that typing never waits.
  let queue = [];
  const settle = (most = Infinity) => {
    for (const card of queue.splice(0, most)) card.el.hidden = !card.shown;
    if (queue.length) setTimeout(settle, 0, 250);
  };
  const apply = () => {
    const terms = fold(search.value).split(/\s+/).filter(Boolean);
    const [doc, severity, rule, grade] = fields.map((field) => field.value);
    let shown = 0;
    queue = [];
    for (const card of cards) {
      card.shown =
        (!doc || card.document === doc) &&
        (!grade || card.grade === grade) &&
        (severity === "0" ? !rule && !card.keys.length : !(severity || rule) || card.keys.some((key) => wanted(key, severity, rule))) &&
        (!terms.length || terms.every((term) => words(card).includes(term)));
      if (card.shown) shown++;
      if (card.shown && card.el.open) dim(card.el);
      if (card.el.hidden !== card.shown) continue;
      if (shown <= 100) card.el.hidden = !card.shown;
      else queue.push(card);
    }
    const whole = shown === cards.length ? "" : ` / ${cards.length}`;
    count.textContent = `${shown}${whole} ${list.dataset.unit}`;
    by("none").hidden = shown > 0;
    if (queue.length) setTimeout(settle, 0, 250);
  };

  const orders = {
    worst: (a, b) => a.worst - b.worst,
    errors: (a, b) => b.counts[0] - a.counts[0] || b.counts[1] - a.counts[1] || a.worst - b.worst,
    findings: (a, b) => total(b) - total(a) || a.worst - b.worst,
    place: (a, b) => a.place - b.place,
    amount: (a, b) => b.amount - a.amount || a.worst - b.worst,
    name: (a, b) => names.compare(name(a), name(b)) || a.worst - b.worst,
  };
  const total = (card) => card.counts[0] + card.counts[1] + card.counts[2];
  const names = new Intl.Collator("zh");
  const name = (card) => (card.name ??= card.el.querySelector(".u b").textContent);
  const arrange = () => list.append(...cards.sort(orders[sort.value]).map((card) => card.el));

  // An address such as #p12 opens a project; #rule=T503 filters.
  const follow = () => {
    const at = location.hash.slice(1);
    if (at.startsWith("rule=")) {
      form.reset();
      fields[2].value = at.slice(5);
      apply();
      by("list").scrollIntoView();
      return;
    }
    const el = at && by(at);
    if (!el || el.parentElement !== list) return;
    if (el.hidden) { form.reset(); apply(); settle(); }
    fill(el);
    el.open = true;
    el.scrollIntoView();
    el.firstElementChild.focus({ preventScroll: true });
  };

  const visible = () => cards.filter((card) => card.shown).map((card) => card.el);
  const step = (by) => {
    const all = visible();
    const at = all.indexOf(document.activeElement?.closest?.(".card"));
    const to = all[at < 0 ? 0 : Math.min(all.length - 1, Math.max(0, at + by))];
    to?.firstElementChild.focus();
    to?.scrollIntoView({ block: "nearest" });
  };

  list.addEventListener("toggle", (event) => {
    if (event.target.parentElement === list && event.target.open) fill(event.target);
  }, true);
  search.addEventListener("input", apply);
  for (const field of fields) field.addEventListener("change", apply);
  sort.addEventListener("change", () => { arrange(); apply(); });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(() => { arrange(); apply(); }));
  by("open").addEventListener("click", () => { for (const el of visible()) { fill(el); el.open = true; } });
  by("close").addEventListener("click", () => { for (const el of list.children) el.open = false; });
  by("print").addEventListener("click", () => print());
  addEventListener("hashchange", follow);
  addEventListener("click", (event) => {
    const link = event.target.closest?.("a");
    if (link && link.getAttribute("href") === location.hash) { event.preventDefault(); follow(); }
  });
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const typing = /^(?:INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
    if (event.key === "Escape" && event.target === search) { search.value = ""; apply(); }
    else if (typing) return;
    else if (event.key === "/") { event.preventDefault(); search.focus(); search.select(); }
    else if (event.key === "j" || event.key === "k") { event.preventDefault(); step(event.key === "j" ? 1 : -1); }
  });

  // Paper gets the projects that are shown: where some are open these in full, else those with findings.
  addEventListener("beforeprint", () => {
    settle();
    const some = list.querySelector(":scope > .card[open]:not([hidden])");
    for (const el of visible()) {
      if (some ? el.open : el.dataset.k) fill(el);
      else el.classList.add("fold");
    }
  });
  addEventListener("afterprint", () => { for (const el of list.children) el.classList.remove("fold"); });

  apply();
  follow();
  later(prepare);
})();
