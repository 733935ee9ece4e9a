"use strict";
(() => {
  const form = document.querySelector(".filters");
  if (!form) return;
  const boxes = [...form.querySelectorAll("[data-filter]")];
  const rows = [...document.querySelectorAll(".changes > li")];
  const output = form.querySelector("output");
  const apply = () => {
    const off = { space: new Set(), reversibility: new Set(), execution: new Set() };
    for (const box of boxes) if (!box.checked) off[box.dataset.filter].add(box.value);
    let shown = 0;
    for (const row of rows) {
      row.hidden = Object.keys(off).some((name) => off[name].has(row.dataset[name]));
      shown += row.hidden ? 0 : 1;
    }
    output.textContent = output.dataset.shown.replace("%shown", shown).replace("%all", output.dataset.all);
  };
  const open = () => {
    const row = document.getElementById(location.hash.slice(1));
    if (row && row.dataset.space !== undefined) { row.hidden = false; row.querySelector("details").open = true; }
  };
  form.addEventListener("change", apply);
  form.querySelector("[data-reset]").addEventListener("click", () => {
    for (const box of boxes) box.checked = true;
    apply();
  });
  addEventListener("hashchange", open);
  form.hidden = false;
  apply();
  open();
})();
