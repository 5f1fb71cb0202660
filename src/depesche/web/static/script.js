// Comfort only: every page works without it.
"use strict";

// Blank fields stay out of the address.
for (const form of document.querySelectorAll("form.filters, form.find")) {
  form.addEventListener("submit", () => {
    for (const field of form.elements) if (field.name && !field.value) field.disabled = true;
  });
}
window.addEventListener("pageshow", () => {
  for (const field of document.querySelectorAll("form.filters [name]:disabled, form.find [name]:disabled")) field.disabled = false;
});

// The layers that are switched on stay in the address.
const layers = document.querySelectorAll(".layers input[type=checkbox]");
for (const box of layers) {
  box.addEventListener("change", () => {
    const on = [...layers].filter((one) => one.checked).map((one) => one.id.replace("layer-", ""));
    const to = new URL(location.href);
    to.searchParams.set("layers", on.join(","));
    history.replaceState(null, "", to);
  });
}

// Keys: / searches, j and k go from row to row, Enter opens; on the review page c confirms and r rejects.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
  if (event.key === "/") {
    event.preventDefault();
    document.getElementById("find")?.focus();
    return;
  }
  const rows = [...document.querySelectorAll("main .row, main .doubt")].filter((row) => row.checkVisibility());
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  if (event.key === "j" || event.key === "k") {
    const next = rows[Math.min(Math.max(at + (event.key === "j" ? 1 : -1), 0), rows.length - 1)];
    next?.querySelector("a")?.focus();
    next?.scrollIntoView({ block: "nearest" });
    return;
  }
  const button = at >= 0 ? rows[at].querySelector(`button[data-key="${CSS.escape(event.key)}"]`) : null;
  if (button) button.click();
});
