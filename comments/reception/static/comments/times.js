/* Keep relative times up to date on an open page: see comments/reception/templatetags/times.py. */
(() => {
  const MINUTE = 60_000;
  const UNITS = [["day", 1440 * MINUTE], ["hour", 60 * MINUTE], ["minute", MINUTE]];
  const format = new Intl.RelativeTimeFormat(document.documentElement.lang);

  function said(age) {
    if (age >= 7 * UNITS[0][1]) return "";
    const unit = UNITS.find(([, length]) => age >= length);
    return unit ? format.format(-Math.floor(age / unit[1]), unit[0]) : "";
  }

  function update() {
    if (document.hidden) return;
    for (const time of document.querySelectorAll("time.ago")) {
      const now = said(Date.now() - new Date(time.dateTime));
      if (now && now !== time.textContent) time.textContent = now;
    }
  }

  setInterval(update, MINUTE);
  document.addEventListener("visibilitychange", update);
})();
