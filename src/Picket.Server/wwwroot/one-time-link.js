// The code of a one-time link stands behind "#", which no browser sends to a server and no log keeps.
(() => {
  const field = document.querySelector("[data-one-time-code]");
  const code = location.hash.slice(1);
  if (field && code && !field.value) {
    field.value = code;
    history.replaceState(null, "", location.pathname);
    document.querySelector("#name, #password")?.focus();
  }
})();
