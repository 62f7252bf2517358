// Works without the server: these buttons are there for when it is gone.
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-reload]")) {
    location.reload();
  }
});
