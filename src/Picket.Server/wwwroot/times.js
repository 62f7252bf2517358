// Times are told in the viewer's own zone, in the language of the page. The title is made when it is about to be shown:
// whatever Blazor rendered meanwhile, it is right.
(() => {
  const page = document.documentElement.lang;
  // English of which country is the browser's affair.
  const language = navigator.languages.find((each) => each === page || each.startsWith(`${page}-`)) ?? page;

  document.addEventListener("pointerover", (event) => {
    const time = event.target.closest?.("time[datetime]");
    const at = new Date(time?.dateTime ?? NaN);
    if (!Number.isNaN(at.getTime())) {
      time.title = at.toLocaleString(language, {
        weekday: "short", year: "numeric", month: "short", day: "numeric",
        hour: "2-digit", minute: "2-digit", second: "2-digit", timeZoneName: "short",
      });
    }
  });
})();
