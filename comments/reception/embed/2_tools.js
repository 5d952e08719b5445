// Elements, requests and what the browser keeps.
const TIMEOUT = 20_000;
const KEPT = "comment-thread";
// Pages that require Trusted Types can allow this policy by name. The service has sanitized the HTML.
const trusted = window.trustedTypes?.createPolicy(KEPT, { createHTML: (html) => html });
const memory = {};

function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === true) made.setAttribute(name, "");
    else if (value || value === 0) made.setAttribute(name, value);
  }
  made.append(...children.flat().filter((child) => child || child === 0));
  return made;
}

const button = (what, text, name) =>
  element("button", { type: "button", part: `button ${what}`, "data-do": what }, text,
    name && element("span", { part: "unseen" }, ` – ${name}`));

function sanitized(html) {
  const made = document.createElement("template");
  made.innerHTML = trusted?.createHTML(html) ?? html;
  return made.content;
}

// A browser may forbid pages to keep anything: then it lasts as long as the page.
function keep(name, value) {
  memory[name] = value;
  try {
    if (value === null) localStorage.removeItem(`${KEPT}:${name}`);
    else localStorage.setItem(`${KEPT}:${name}`, JSON.stringify(value));
  } catch {}
}

function kept(name) {
  try {
    return JSON.parse(localStorage.getItem(`${KEPT}:${name}`)) ?? memory[name];
  } catch {
    return memory[name];
  }
}

// crypto.randomUUID exists on HTTPS and localhost only.
const random = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(20)), (byte) => byte.toString(16).padStart(2, "0")).join("");

function secret() {
  const known = kept("secret") ?? random();
  keep("secret", known);
  return known;
}

const failure = (message, facts) => Object.assign(new Error(message), facts);

// Ask the service; throws an error whose message is a sentence for the reader.
async function request(address, { say, language }, { method = "GET", body, key } = {}) {
  const headers = { "Accept-Language": language };
  if (body) headers["Content-Type"] = "application/json";
  if (key) headers["Idempotency-Key"] = key;
  const signal = AbortSignal.timeout?.(TIMEOUT);
  const cache = method === "GET" ? "no-cache" : "default";
  let answer, sent;
  try {
    answer = await fetch(address, { method, headers, body, signal, cache, credentials: "omit" });
    sent = await answer.text();
  } catch {
    throw failure(say("offline"));
  }
  const { status, ok } = answer;
  if (ok && /html/.test(answer.headers.get("Content-Type"))) return sanitized(sent);
  let found = {};
  try {
    found = JSON.parse(sent);
  } catch {}
  if (ok) return found;
  const wait = Number(answer.headers.get("Retry-After")) || 0;
  throw failure(found.message ?? say("failed"), { status, errors: found.errors, wait });
}

// During an attack: a number with which the hash of the challenge begins with so many zero bits.
async function prove({ challenge, proof_bits: bits }) {
  if (!bits || !crypto.subtle) return "";
  const encoder = new TextEncoder();
  for (let first = 0; ; first += 256) {
    const tried = Array.from({ length: 256 }, (_, place) => first + place);
    const digests = await Promise.all(
      tried.map((number) => crypto.subtle.digest("SHA-256", encoder.encode(`${challenge}:${number}`))),
    );
    const found = digests.findIndex((digest) => new DataView(digest).getUint32(0) >>> (32 - bits) === 0);
    if (found >= 0) return String(first + found);
  }
}

// "5 minutes ago" within a week, with the exact time on hover; otherwise the date, as it stands.
const relative = {};

function showTime(time, lang) {
  time.title ||= time.textContent;
  const past = (Date.now() - new Date(time.dateTime)) / 1000;
  if (past > 7 * 86_400) return;
  const [unit, seconds] = [["day", 86_400], ["hour", 3600], ["minute", 60]].find((each) => past >= each[1]) ?? ["second", 1e9];
  relative[lang] ??= new Intl.RelativeTimeFormat(lang, { numeric: "auto" });
  time.textContent = relative[lang].format(-Math.floor(past / seconds) || 0, unit);
}
