// What a reader does with the page: sort, filter, save, click a trip, a place and a bar, use keys.
// Its findings are left in the attribute data-tour of the page's root.
"use strict";
addEventListener("load", () => {
  const seen = { errors: [] };
  const $ = (what) => document.querySelector(what);
  const $$ = (what) => [...document.querySelectorAll(what)];
  const key = (target, name) =>
    target.dispatchEvent(new KeyboardEvent("keydown", { key: name, bubbles: true }));
  const column = (n) => $$("#trips tbody tr").filter((row) => !row.hidden)
    .map((row) => row.cells[n].textContent);
  addEventListener("error", (event) => seen.errors.push(event.message));
  try {
    seen.trips = column(0).length;
    const people = $$("#trips thead th").findIndex((th) => th.textContent === "people");
    const heading = $$("#trips thead th")[people];
    heading.querySelector("button").click();
    seen.ascending = column(people).map(Number);
    heading.querySelector("button").click();
    seen.descending = column(people).map(Number);
    seen.sorted = heading.getAttribute("aria-sort");

    const input = $("#trips input");
    input.value = "pingnan";
    input.dispatchEvent(new Event("change"));
    seen.filtered = column(0);
    seen.told = $("#trips output").textContent;
    const Made = Blob;
    window.Blob = class extends Made {
      constructor(parts, options) {
        super(parts, options);
        seen.csv = parts.join("");
      }
    };
    $("#trips .csv").click();
    input.value = "";
    input.dispatchEvent(new Event("change"));
    seen.unfiltered = column(0).length;

    $("#trips tbody tr:not([hidden]) button").click();
    seen.panel = $("#panel").innerText;
    seen.shown = !$("#panel").hidden;
    seen.hash = location.hash;
    seen.lines = $$("#chosen path").length;
    seen.marked = $$("tr.chosen, .gantt .trip.chosen").length;
    key(document, "Escape");
    seen.closed = $("#panel").hidden && !$("#chosen").children.length;

    $(".pin.origin").dispatchEvent(new MouseEvent("click", { bubbles: true }));
    seen.place = $("#panel").innerText;
    key(document, "Escape");

    const bars = $$(".gantt .trip");
    bars[0].focus();
    key(bars[0], "ArrowDown");
    seen.below = document.activeElement.getAttribute("aria-label");
    key(document.activeElement, "Enter");
    seen.opened = $("#panel h3").textContent;
    key(document, "Escape");

    const view = () => $("#atlas").getAttribute("viewBox").split(" ").map(Number);
    const before = view();
    $("[data-zoom=in]").click();
    seen.zoomed = view()[2] < before[2];
    $("[data-zoom=all]").click();
    seen.whole = view().join() === before.join();
    seen.names = $$("#atlas .labels > g").filter((g) => g.style.display !== "none")
      .map((g) => g.textContent);
    const boxes = $$("#atlas .labels > g").filter((g) => g.style.display !== "none")
      .map((g) => g.querySelector("text").getBoundingClientRect());
    const frame = $("#atlas").getBoundingClientRect();
    seen.clipped = boxes.filter((box) => box.left < frame.left - 1 || box.right > frame.right + 1)
      .length;
    seen.overlaps = boxes.filter((a, i) => boxes.some((b, j) => j > i && a.left < b.right - 2 &&
      b.left < a.right - 2 && a.top < b.bottom - 3 && b.top < a.bottom - 3)).length;
    seen.high = frame.height / innerHeight;
    const atlas = $("#atlas");
    key(atlas, "+");
    seen.nearer = view()[2] < before[2];
    key(atlas, "0");
    seen.back = view().join() === before.join();
    seen.wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    const days = $$("[data-day]");
    days[1].click();
    seen.day = column(0).length;
    days[0].click();
    $("#empty").click();
    seen.hidden = $$("#atlas .flows .empty").filter((path) => path.style.display === "none").length;
    seen.requests = performance.getEntriesByType("resource").map((entry) => entry.name);
  } catch (trouble) {
    seen.errors.push(`${trouble}\n${trouble.stack}`);
  }
  document.documentElement.dataset.tour = JSON.stringify(seen);
});
