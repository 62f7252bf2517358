// A link to a place of this page would lead to the overview: addresses are relative to the root of the site.
document.addEventListener("click", (event) => {
  if (event.target.closest?.(".skip")) {
    event.preventDefault();
    event.stopPropagation();
    document.getElementById("content").focus();
  }
}, true);
