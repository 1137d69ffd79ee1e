"use strict";
(() => {
  const plan = JSON.parse(document.getElementById("plan").textContent);
  const say = plan.words;
  const NS = "http://www.w3.org/2000/svg";
  const $ = (what, root = document) => root.querySelector(what);
  const $$ = (what, root = document) => [...root.querySelectorAll(what)];
  document.documentElement.classList.add("scripted");

  /** An element with attributes and children; text is text and never markup. */
  function el(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (key === "onclick") made.addEventListener("click", value);
      else made.setAttribute(key, value);
    }
    made.append(...children);
    return made;
  }
  const grouped = (n) => String(n).replace(/\B(?=(\d{3})+(?!\d))/g, ",");

  // The map: pan and zoom by changing the view, names placed so that none covers another.
  const atlas = $("#atlas");
  const [, , WIDTH, HEIGHT] = atlas.getAttribute("viewBox").split(" ").map(Number);
  let view = { x: 0, y: 0, w: WIDTH };
  const labels = $$(".labels > g").map((g) => ({
    g, text: $("text", g), size: Number(g.dataset.s),
    x: g.transform.baseVal[0].matrix.e, y: g.transform.baseVal[0].matrix.f,
  }));

  function look(x, y, w) {
    w = Math.max(WIDTH / 40, Math.min(WIDTH, w));
    const h = (w * HEIGHT) / WIDTH;
    view = {
      x: Math.max(0, Math.min(WIDTH - w, x)),
      y: Math.max(0, Math.min(HEIGHT - h, y)), w,
    };
    atlas.setAttribute("viewBox", `${view.x} ${view.y} ${w} ${h}`);
    arrange();
  }
  function zoom(factor, cx = view.x + view.w / 2, cy = view.y + (view.w * HEIGHT) / WIDTH / 2) {
    const w = Math.max(WIDTH / 40, Math.min(WIDTH, view.w * factor));
    const f = w / view.w;
    look(cx - (cx - view.x) * f, cy - (cy - view.y) * f, w);
  }
  /** Puts each name right, left, above or below its place; names with no room are left out. */
  function arrange() {
    const k = view.w / (atlas.clientWidth || WIDTH);
    atlas.style.setProperty("--k", k);
    const h = (view.w * HEIGHT) / WIDTH;
    const taken = labels.slice(0, 400).map((one) => {
      const r = one.size * k;
      return [one.x - r, one.y - r, one.x + r, one.y + r];
    });
    for (const one of labels) {
      one.width = one.width || one.text.getComputedTextLength() || 60;
      const w = one.width * k, high = 13 * k, r = (one.size + 3) * k;
      const spots = [
        [one.x + r, one.y - high / 2, one.size + 3, 4, "start"],
        [one.x - r - w, one.y - high / 2, -one.size - 3, 4, "end"],
        [one.x - w / 2, one.y - r - high, 0, -one.size - 5, "middle"],
        [one.x - w / 2, one.y + r, 0, one.size + 13, "middle"],
      ];
      const spot = spots.find(([x, y]) =>
        x >= view.x && x + w <= view.x + view.w && y >= view.y && y + high <= view.y + h &&
        !taken.some((t) => x < t[2] && x + w > t[0] && y < t[3] && y + high > t[1]));
      one.g.style.display = spot ? "inline" : "none";
      if (!spot) continue;
      taken.push([spot[0], spot[1], spot[0] + w, spot[1] + high]);
      one.text.setAttribute("x", spot[2]);
      one.text.setAttribute("y", spot[3]);
      one.text.setAttribute("text-anchor", spot[4]);
    }
  }
  function at(event) {
    const box = atlas.getBoundingClientRect();
    const k = view.w / box.width;
    return [view.x + (event.clientX - box.left) * k, view.y + (event.clientY - box.top) * k];
  }
  atlas.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey && view.w === WIDTH) return; // let the page scroll
    event.preventDefault();
    zoom(event.deltaY > 0 ? 1.25 : 0.8, ...at(event));
  }, { passive: false });
  let drag = null;
  atlas.addEventListener("pointerdown", (event) => {
    if (view.w < WIDTH) drag = { x: event.clientX, y: event.clientY, view: { ...view } };
  });
  window.addEventListener("pointermove", (event) => {
    if (!drag) return;
    const k = view.w / atlas.clientWidth;
    look(drag.view.x - (event.clientX - drag.x) * k, drag.view.y - (event.clientY - drag.y) * k,
      view.w);
  });
  window.addEventListener("pointerup", () => { drag = null; });
  atlas.addEventListener("keydown", (event) => {
    const step = view.w / 8;
    const move = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step],
      ArrowDown: [0, step] }[event.key];
    if (move && view.w < WIDTH) look(view.x + move[0], view.y + move[1], view.w);
    else if (event.key === "+" || event.key === "=") zoom(0.8);
    else if (event.key === "-") zoom(1.25);
    else if (event.key === "0") look(0, 0, WIDTH);
    else return;
    event.preventDefault();
  });
  $$("[data-zoom]").forEach((button) => button.addEventListener("click", () => {
    const way = button.dataset.zoom;
    if (way === "all") look(0, 0, WIDTH);
    else zoom(way === "in" ? 0.6 : 1 / 0.6);
  }));

  // One day, or all; with or without empty vehicles.
  const flows = $$("#atlas .flows > path");
  let day = null;
  function draw() {
    const sums = plan.flows.map((flow) =>
      flow[3].reduce((sum, [t, n]) => day === null || plan.trips[t].d === day
        ? [sum[0] + 1, sum[1] + n] : sum, [0, 0]));
    const most = Math.max(1, ...sums.map((sum) => sum[1]));
    const empty = $("#empty").checked;
    const crowded = sums.filter((sum) => sum[0]).length > 120;
    atlas.classList.toggle("crowded", crowded);
    const [least, widest] = crowded ? [0.5, 4.5] : [1, 9];
    flows.forEach((path, f) => {
      const [trips, people] = sums[f];
      const hidden = !trips || (!empty && plan.flows[f][2] === "empty");
      path.style.display = hidden ? "none" : "";
      const width = people ? least + (widest - least) * Math.sqrt(people / most)
        : crowded ? 0.6 : 1.2;
      path.setAttribute("stroke-width", width.toFixed(1));
    });
  }
  $("#empty").addEventListener("change", draw);
  $$("[data-day]").forEach((button) => button.addEventListener("click", () => {
    day = button.dataset.day === "" ? null : Number(button.dataset.day);
    $$("[data-day]").forEach((b) => b.setAttribute("aria-pressed", String(b === button)));
    draw();
    listings.forEach((listing) => listing.filter());
  }));

  // What was clicked, beside the map.
  const panel = $("#panel");
  let chosen = null;
  let opener = null;
  const name = (id) => (plan.places[id] || [id])[0];
  function table(heads, rows) {
    return el("table", { class: "plain" },
      el("thead", {}, el("tr", {}, ...heads.map(([text, n]) =>
        el("th", n ? { scope: "col", class: "n" } : { scope: "col" }, text)))),
      el("tbody", {}, ...rows.map((row) => el("tr", {}, ...row.map((cell, i) =>
        el("td", heads[i][1] ? { class: "n" } : {}, cell instanceof Node ? cell : String(cell)))))));
  }
  function tripButton(t) {
    return el("button", { type: "button", class: "link", onclick: () => choose(t) },
      plan.trips[t].id);
  }
  function open(title, ...parts) {
    panel.replaceChildren(
      el("button", { type: "button", class: "close", "aria-label": say.close, onclick: close }, "×"),
      el("h3", {}, title), ...parts);
    panel.hidden = false;
    panel.scrollTop = 0;
  }
  function close() {
    panel.hidden = true;
    mark(null);
    if (location.hash.startsWith("#trip-")) history.replaceState(null, "", "#map");
    if (opener && opener.isConnected) opener.focus({ preventScroll: true });
    arrange();
  }
  function mark(t) {
    chosen = t;
    $("#chosen").replaceChildren();
    atlas.classList.toggle("dimmed", t !== null);
    $$(".gantt .trip.chosen, tr.chosen").forEach((one) => one.classList.remove("chosen"));
    if (t === null) return;
    const stops = plan.trips[t].stops;
    plan.flows.forEach((flow, f) => {
      if (!flow[3].some(([trip]) => trip === t)) return;
      const path = document.createElementNS(NS, "path");
      path.setAttribute("d", flows[f].getAttribute("d"));
      path.setAttribute("class", `flow ${flow[2]}`);
      path.setAttribute("stroke-width", flow[2] === "empty" ? 1.6 : 4);
      $("#chosen").append(path);
    });
    stops.forEach(([place], i) => {
      if (!plan.places[place]) return;
      const [, , x, y] = plan.places[place];
      const ring = document.createElementNS(NS, "circle");
      ring.setAttribute("class", "ring");
      ring.setAttribute("r", 9);
      const g = document.createElementNS(NS, "g");
      g.setAttribute("transform", `translate(${x} ${y})`);
      ring.classList.add("k");
      g.append(ring);
      $("#chosen").append(g);
    });
    $$(`.gantt [data-t="${t}"]`).forEach((bar) => bar.classList.add("chosen"));
    $$(`tr[data-t="${t}"]`).forEach((row) => row.classList.add("chosen"));
  }
  function choose(t, { move = true } = {}) {
    const trip = plan.trips[t];
    opener = document.activeElement;
    mark(t);
    const facts = [
      [say.vehicle, trip.vehicle], [say.type, trip.type],
      [say.carriages, trip.carriages.join(", ")], [say.status, trip.status],
      [say.seats, `${trip.filled} / ${trip.allowed}`], [say.staff, trip.staff.join(", ")],
      [say.km, `${grouped(trip.km)} (${say.empty} ${grouped(trip.empty)})`],
      [say.cost, `${plan.currency} ${grouped(trip.cost)}`], [say.drivers, trip.drivers || ""],
    ].filter(([, value]) => value !== "");
    const parts = [
      el("p", { class: `tag ${trip.kind}` }, `${trip.run} · ${plan.days[trip.d]}`),
      el("dl", {}, ...facts.flatMap(([key, value]) =>
        [el("dt", {}, key), el("dd", {}, String(value))])),
      el("h4", {}, say.stops),
      table([[say.place], [say.arrives], [say.leaves], [say.boarded, 1], [say.alighted, 1],
        [say.aboard, 1]],
      trip.stops.map(([place, arrive, depart, on, off, aboard]) =>
        [name(place), arrive, depart, on || "", off || "", aboard])),
      el("h4", {}, say.loads),
      table([[say.cohort], [say.people, 1], [say.place]],
        trip.loads.map(([cohort, n, from, to, site]) => {
          const way = [name(from), name(to)];
          if (site && site !== to) way.push(name(site));
          return [cohort, n, way.join(" → ")];
        })),
    ];
    if (trip.crew.length) {
      parts.push(el("h4", {}, say.crew),
        table([[say.driver], [say.from_time], [say.to_time]], trip.crew));
    }
    if (trip.names.length) {
      parts.push(el("h4", {}, say.names), el("ol", { class: "names" },
        ...trip.names.map((row) => el("li", {}, row.join(" · ")))));
    }
    if (trip.duty.length > 1) {
      parts.push(el("h4", {}, say.same_unit),
        el("p", {}, ...trip.duty.flatMap((other, i) => [i ? " " : "",
          other === t ? el("b", {}, trip.id) : tripButton(other)])));
    }
    open(trip.id, ...parts);
    if (!move) return;
    history.replaceState(null, "", `#trip-${encodeURIComponent(trip.id)}`);
    panel.focus({ preventScroll: true });
    panel.scrollIntoView({ block: "nearest" });
    arrange();
  }
  function list(title, kind, trips) {
    opener = document.activeElement;
    const shown = trips.filter((t) => day === null || plan.trips[t].d === day);
    open(title, el("p", { class: "tag" }, kind),
      table([[""], [""], [say.seats, 1]], shown.map((t) => {
        const trip = plan.trips[t];
        return [tripButton(t), `${plan.days[trip.d]} · ${trip.run}`, `${trip.filled}/${trip.allowed}`];
      })));
    panel.focus({ preventScroll: true });
    panel.scrollIntoView({ block: "nearest" });
    arrange();
  }
  atlas.addEventListener("click", (event) => {
    const pin = event.target.closest(".pin");
    const flow = event.target.closest("[data-f]");
    if (pin) {
      const id = pin.dataset.p;
      const here = plan.trips.flatMap((trip, t) =>
        trip.stops.some((stop) => stop[0] === id) ? [t] : []);
      list(name(id), `${plan.kinds[plan.places[id][1]]} · ${say.trips_here}`, here);
    } else if (flow) {
      const [from, to, kind, trips] = plan.flows[Number(flow.dataset.f)];
      const along = trips.map(([t]) => t);
      if (along.length === 1) choose(along[0]);
      else list(`${name(from)} → ${name(to)}`, `${plan.kinds[kind]} · ${say.trips_along}`, along);
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !panel.hidden) close();
  });

  // The board: arrows go from bar to bar, Enter opens one.
  const bars = $$(".gantt .trip");
  if (bars.length) bars[0].setAttribute("tabindex", "0");
  $("#board").addEventListener("click", (event) => {
    const bar = event.target.closest(".trip");
    if (bar) choose(Number(bar.dataset.t));
  });
  $("#board").addEventListener("keydown", (event) => {
    const here = bars.indexOf(document.activeElement);
    if (here < 0) return;
    if (event.key === "Enter" || event.key === " ") {
      choose(Number(bars[here].dataset.t));
      event.preventDefault();
      return;
    }
    const row = bars[here].parentNode;
    const next = (step) => {
      for (let i = here + step; bars[i]; i += step) if (bars[i].parentNode !== row) return i;
      return -1;
    };
    const there = { ArrowRight: here + 1, ArrowLeft: here - 1, ArrowDown: next(1),
      ArrowUp: next(-1) }[event.key];
    if (there === undefined || !bars[there]) return;
    event.preventDefault();
    bars[here].setAttribute("tabindex", "-1");
    bars[there].setAttribute("tabindex", "0");
    bars[there].focus();
  });

  // Tables: sorted by a heading, filtered by words, saved as a spreadsheet reads them.
  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const numberIn = (text) => Number(text.replace(/[,\s]/g, "").split("/")[0]);
  class Listing {
    constructor(section) {
      this.name = section.id;
      this.body = $("tbody", section);
      this.rows = [...this.body.rows];
      this.words = this.rows.map((row) => row.textContent.toLowerCase());
      this.input = $("input", section);
      this.output = $("output", section);
      this.headings = $$("th", section);
      this.headings.forEach((heading, column) =>
        $("button", heading).addEventListener("click", () => this.sort(heading, column)));
      let waiting = 0;
      this.input.addEventListener("input", () => {
        clearTimeout(waiting);
        waiting = setTimeout(() => this.filter(), 80);
      });
      this.input.addEventListener("change", () => this.filter());
      $(".csv", section).addEventListener("click", () => this.save());
      this.body.addEventListener("click", (event) => {
        const button = event.target.closest("button[data-t]");
        if (button) choose(Number(button.dataset.t));
      });
      this.tell(this.rows.length);
    }
    sort(heading, column) {
      const down = heading.getAttribute("aria-sort") === "ascending";
      this.headings.forEach((other) => other.removeAttribute("aria-sort"));
      heading.setAttribute("aria-sort", down ? "descending" : "ascending");
      const numeric = heading.classList.contains("n");
      const keyed = this.rows.map((row) => {
        const text = row.cells[column].textContent;
        return [numeric ? numberIn(text) : text, row];
      });
      keyed.sort(numeric ? (a, b) => a[0] - b[0] : (a, b) => collator.compare(a[0], b[0]));
      if (down) keyed.reverse();
      this.body.append(...keyed.map(([, row]) => row));
    }
    filter() {
      const wanted = this.input.value.toLowerCase().split(/\s+/).filter(Boolean);
      let seen = 0;
      this.rows.forEach((row, i) => {
        const t = row.dataset.t;
        const today = day === null || t === undefined || plan.trips[t].d === day;
        const fits = today && wanted.every((word) => this.words[i].includes(word));
        row.hidden = !fits;
        seen += fits;
      });
      this.tell(seen);
    }
    tell(seen) {
      this.output.textContent = seen ? say.rows.replace("{n}", grouped(seen))
        .replace("{all}", grouped(this.rows.length)) : say.nothing;
    }
    save() {
      const cell = (text, numeric) => {
        let safe = numeric ? text.replace(/,/g, "") : text;
        if (!numeric && /^[=+\-@\t\r＝＋－＠]/.test(safe)) safe = `'${safe}`;
        return /[",\n\r]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
      };
      const numeric = this.headings.map((heading) => heading.classList.contains("n"));
      const lines = [this.headings.map((heading) => cell(heading.textContent, false))];
      for (const row of this.body.rows) {
        if (!row.hidden) lines.push([...row.cells].map((c, i) => cell(c.textContent, numeric[i])));
      }
      const text = "\ufeff" + lines.map((line) => line.join(",")).join("\r\n") + "\r\n";
      const url = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
      const link = el("a", { href: url, download: `${plan.name}-${this.name}.csv` });
      link.click();
      setTimeout(() => URL.revokeObjectURL(url), 1000);
    }
  }
  const listings = $$(".listing").map((section) => new Listing(section));

  function follow() {
    const id = decodeURIComponent(location.hash.replace(/^#trip-/, ""));
    if (!location.hash.startsWith("#trip-")) return;
    const t = plan.trips.findIndex((trip) => trip.id === id);
    if (t >= 0 && t !== chosen) choose(t);
  }
  window.addEventListener("hashchange", follow);
  window.addEventListener("resize", arrange);
  window.addEventListener("beforeprint", () => look(0, 0, WIDTH));
  matchMedia("print").addEventListener("change", arrange);
  arrange();
  follow();
})();
