// Runs before the first paint, so that a dark console does not flash white. The choice stays in this browser.
(() => {
  const key = "picket-theme";
  const root = document.documentElement;
  const system = window.matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : system.matches);

  const chosen = localStorage.getItem(key);
  if (chosen === "dark" || chosen === "light") {
    root.dataset.theme = chosen;
  }

  window.picketTheme = {
    isDark,
    // The page is told when the system changes its colours while it is open.
    follow(page) {
      system.addEventListener("change", () => page.invokeMethodAsync("ShowColours", isDark()).catch(() => {}));
    },
    set(dark) {
      root.dataset.theme = dark ? "dark" : "light";
      localStorage.setItem(key, root.dataset.theme);
    },
  };
})();
