// Comforts only: every page works without this file.
document.documentElement.classList.add("scripted");

for (const select of document.querySelectorAll("select[data-submit]")) {
  select.addEventListener("change", () => select.form.requestSubmit());
}

for (const button of document.querySelectorAll("button[data-copy]")) {
  button.addEventListener("click", async () => {
    const input = document.getElementById(button.dataset.copy);
    input.select();
    try {
      await navigator.clipboard.writeText(input.value);
    } catch {
      document.execCommand("copy");
    }
    button.textContent = "Copied";
  });
}

for (const button of document.querySelectorAll("button[data-ask]")) {
  button.addEventListener("click", (event) => {
    if (!confirm(button.dataset.ask)) event.preventDefault();
  });
}

// Inherit closes the fields that it governs; the server ignores them then anyhow.
for (const choice of document.querySelectorAll("input[data-setting=governs]")) {
  const apply = () => {
    if (!choice.checked) return;
    for (const fields of choice.form.querySelectorAll("fieldset[data-governed]")) {
      fields.disabled = choice.value === "Inherit";
    }
  };
  choice.addEventListener("change", apply);
  apply();
}

const tree = document.querySelector("[data-rights]");
if (tree) {
  const boxes = (part) => [...part.querySelectorAll("input[type=checkbox]")];
  const modeOf = (part) => {
    const reads = boxes(part).filter((box) => box.dataset.mode === "Read");
    const edits = boxes(part).filter((box) => box.dataset.mode === "Edit");
    const all = (some) => some.every((box) => box.checked);
    if ([...reads, ...edits].every((box) => !box.checked)) return "None";
    if (all(reads) && all(edits)) return "Edit";
    return all(reads) && edits.every((box) => !box.checked) ? "Read" : "Mixed";
  };
  const show = () => {
    for (const part of tree.querySelectorAll("[data-category]")) {
      const circle = part.querySelector(":scope > .category-head .circle summary");
      circle.dataset.mode = modeOf(part);
    }
  };
  tree.addEventListener("change", show);
  tree.addEventListener("click", (event) => {
    const choice = event.target.closest("button[data-choose]");
    if (!choice) return;
    event.preventDefault();
    for (const box of boxes(choice.closest("[data-category]"))) {
      box.checked = choice.dataset.choose === "Edit" || (choice.dataset.choose === "Read" && box.dataset.mode === "Read");
    }
    const menu = choice.closest("details");
    menu.open = false;
    menu.querySelector("summary").focus();
    show();
  });
  const search = document.querySelector("[data-search]");
  search.addEventListener("input", () => {
    const wanted = search.value.trim().toLowerCase();
    for (const row of tree.querySelectorAll("[data-row]")) {
      row.hidden = wanted !== "" && !row.dataset.row.toLowerCase().includes(wanted);
    }
    for (const part of [...tree.querySelectorAll("[data-category]")].reverse()) {
      part.hidden = !part.querySelector("[data-row]:not([hidden])");
      if (wanted !== "") part.querySelector(":scope > .category-body").open = true;
    }
  });
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
}

// One open pop-up at a time; Escape and a click elsewhere close it.
const popups = () => document.querySelectorAll("details.popup[open]");
document.addEventListener("click", (event) => {
  for (const popup of popups()) {
    if (!popup.contains(event.target)) popup.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const popup of popups()) {
    popup.open = false;
    popup.querySelector("summary").focus();
  }
});
