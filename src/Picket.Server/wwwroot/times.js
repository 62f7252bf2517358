// Times are told in the viewer's own zone. The title is made when it is about to be shown: whatever Blazor rendered
// meanwhile, it is right.
document.addEventListener("pointerover", (event) => {
  const time = event.target.closest?.("time[datetime]");
  const at = new Date(time?.dateTime ?? NaN);
  if (!Number.isNaN(at.getTime())) {
    time.title = at.toLocaleString(undefined, {
      weekday: "short", year: "numeric", month: "short", day: "numeric",
      hour: "2-digit", minute: "2-digit", second: "2-digit", timeZoneName: "short",
    });
  }
});
