/* By manage.py build_embed */
(() => {
const STYLES = `@layer comment-thread{:where(comment-thread){--ct-accent:light-dark(#0b5a73,#7fc8e0);--ct-accent-ink:light-dark(#fff,#0a2530);--ct-wrong:light-dark(#b3261e,#ff9d94);--ct-quiet:color-mix(in srgb,currentcolor 76%,transparent);--ct-line:color-mix(in srgb,currentcolor 18%,transparent);--ct-field:color-mix(in srgb,currentcolor 55%,transparent);--ct-own:color-mix(in srgb,#c98a00 14%,transparent);--ct-radius:4px;--ct-gap:1.1rem;--ct-font:inherit;display:block;max-width:46rem;font:var(--ct-font);line-height:1.5;overflow-wrap:anywhere}:where(comment-thread){:where(*){box-sizing:border-box}:where([part~=waiting]){min-height:100vh}:where(h2,h3,h4,h5,p,ol,fieldset){margin:0;padding:0;border:0;list-style:none;font-size:1em}:where(h2){font-size:1.5em;line-height:1.2}:where(h3[part~=title]){font-size:1.15em}:where([part~=bar],[part~=order],[part~=actions],[part~=head]){display:flex;flex-wrap:wrap;align-items:center;gap:0 .75rem}:where([part~=bar]){justify-content:space-between;margin-bottom:.5rem}:where([part~=head]){align-items:baseline;margin-bottom:.25rem}:where([part~=quiet],time){color:var(--ct-quiet);font-size:.9em}:where([part~=unseen]){position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}:where(a){color:var(--ct-accent)}:where([part=date],[part=author] a){color:inherit}:where([part=date]){padding-block:.3rem}:where(:focus-visible){outline:3px solid var(--ct-accent);outline-offset:2px}:where([part~=button]){display:inline-block;padding:0 .25rem;border:0;background:none;color:var(--ct-accent);font:inherit;line-height:2.75rem;font-size:.95em;font-weight:600;cursor:pointer}:where([part~=report],[part~=order] [part~=button]){color:var(--ct-quiet);font-weight:400}:where([aria-current]){color:inherit;font-weight:600;text-decoration:underline 2px;text-underline-offset:.4em}:where([part~=main-button],[part~=fresh],[part~=more]){padding:0 1.25rem;border:1px solid var(--ct-accent);border-radius:var(--ct-radius)}:where([part~=main-button]){background:var(--ct-accent);color:var(--ct-accent-ink)}:where([part~=fresh],[part~=more]){display:block;width:100%;margin-block:var(--ct-gap)}:where([part~=fresh]){position:sticky;top:.5rem;z-index:1;background:var(--ct-accent);color:var(--ct-accent-ink)}:where([part~=form],[part~=panel]){margin-block:.75rem var(--ct-gap)}:where([part=field]){display:block;margin-top:.75rem}:where(legend,label){font-weight:600}:where([part=fields]){display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,12rem),1fr));column-gap:1rem}:where(textarea,[part=field] input){display:block;width:100%;min-height:2.75rem;margin-top:.25rem;padding:.55rem .7rem;border:1px solid var(--ct-field);border-radius:var(--ct-radius);background:transparent;color:inherit;font:inherit;font-weight:400}:where(textarea){resize:vertical}:where([part=remember],[part=choice]){display:flex;align-items:center;gap:.6rem;min-height:2.75rem;font-size:.95em;font-weight:400}:where([part=remember]){margin-block:.5rem}:where([type=checkbox],[type=radio]){flex:none;width:1.3rem;height:1.3rem;margin:0;accent-color:var(--ct-accent)}:where([aria-invalid]){border:2px solid var(--ct-wrong)}:where([part=error],[part=told],[part=wrong],[part=star]){color:var(--ct-wrong);font-weight:600}:where([part=error],[part=told]:not(:empty),[part=wrong])::before{content:"⚠ ";content:"⚠ " / ""}:where([part=extra]){position:absolute;left:-100rem}:where([part~=thread],[part~=own] [part~=comment] + [part~=comment]){padding-block:var(--ct-gap);border-top:1px solid var(--ct-line)}:where([part~=comment]){display:flex;gap:.8rem;scroll-margin-top:4rem;border-radius:var(--ct-radius)}:where([part~=comment]:focus){outline:none}:where([part~=linked],[part~=comment]:focus,[part~=comment]:target){background:color-mix(in srgb,var(--ct-accent) 12%,transparent)}:where([part=main]){flex:1;min-width:0}:where([part=avatar]){flex:none;display:flex;align-items:center;justify-content:center;width:2.5rem;height:2.5rem;border-radius:50%;background:#3b4d8f;color:#fff;font-weight:700}:where([part=text] > * + *){margin-top:.6em}:where(blockquote){margin-inline:0;padding-left:.8rem;border-left:3px solid var(--ct-line)}:where([part=replies]){margin:.75rem 0 0 .9rem;padding-left:.9rem;border-left:2px solid var(--ct-line)}:where([part=replies] > li + li){margin-top:.75rem}:where([part=replies] [part=avatar]){width:2rem;height:2rem;font-size:.85em}:where([part=fold]){margin-left:.9rem}:where([part=fold] > [part=replies]){margin-left:0}:where(summary){display:list-item}:where([part=own]){margin-block:var(--ct-gap);padding:.9rem 1rem;border:1px solid var(--ct-line);border-left:5px solid #c98a00;border-radius:var(--ct-radius);background:var(--ct-own)}:where([part=own] [part=title]){margin-bottom:.6rem;font-size:.95em}:where([part~=mark]){padding:.05rem .5rem;border:1px solid;border-radius:1rem;font-size:.8em;font-weight:600}:where([part~=rejected]){color:var(--ct-wrong)}:where([part=verdict]){margin-bottom:.4rem;font-weight:600}:where([part~=note],[part~=closed]){padding-block:1rem}:where([hidden]){display:none}}}`;
const WORDS={
uk: {
loading: "Завантажуємо коментарі…", again: "Спробувати ще раз",
unread: "Не вдалося завантажити коментарі.",
offline: "Немає зв’язку із сервісом коментарів. Написане збережено в цьому браузері.",
failed: "Сервіс коментарів не відповів як слід. Спробуйте ще раз.",
wrong: "Коментарі не показано через помилку в коді сторінки: атрибут «#»",
missing: "порожній або відсутній.", address: "має бути повною адресою (https://…).",
language: "називає мову, якої сервіс не має.", sorting: "може бути лише newest або oldest.",
},
en: {
loading: "Loading the comments…", again: "Try again",
unread: "The comments could not be loaded.",
offline: "There is no connection to the comment service. What you typed is kept in this browser.",
failed: "The comment service did not answer properly. Please try again.",
wrong: "The comments are not shown because of a mistake in the page’s code: the attribute “#”",
missing: "is empty or missing.", address: "must be a complete address (https://…).",
language: "names a language that the service does not have.", sorting: "can be newest or oldest only.",
},
};
const TIMEOUT=20_000;
const KEPT="comment-thread";
const trusted=window.trustedTypes?.createPolicy(KEPT, {createHTML: (html)=>html});
const memory={};
function element(tag, attributes, ...children){
const made=document.createElement(tag);
for (const [name, value] of Object.entries(attributes??{})){
if (value===true) made.setAttribute(name, "");
else if (value||value===0) made.setAttribute(name, value);
}
made.append(...children.flat().filter((child)=>child||child===0));
return made;
}
const button=(what, text, name) =>
element("button", {type: "button", part: `button ${what}`, "data-do": what}, text,
name&&element("span", {part: "unseen"}, ` – ${name}`));
function sanitized(html){
const made=document.createElement("template");
made.innerHTML=trusted?trusted.createHTML(html) : html;
return made.content;
}
function keep(name, value){
memory[name]=value;
try {
if (value===null) localStorage.removeItem(`${KEPT}:${name}`);
else localStorage.setItem(`${KEPT}:${name}`, JSON.stringify(value));
} catch {}
}
function kept(name){
try {
return JSON.parse(localStorage.getItem(`${KEPT}:${name}`))??memory[name];
} catch {
return memory[name];
}
}
const random=() =>
Array.from(crypto.getRandomValues(new Uint8Array(20)), (byte)=>byte.toString(16).padStart(2, "0")).join("");
function secret(){
const known=kept("secret")??random();
keep("secret", known);
return known;
}
class Failure extends Error {
constructor(message, {status=0, errors=[], wait=0}={}){
super(message);
Object.assign(this, {status, errors, wait});
}
}
async function request(address, {say, language}, {method="GET", body, key}={}){
const headers={"Accept-Language": language};
if (body) headers["Content-Type"]="application/json";
if (key) headers["Idempotency-Key"]=key;
const signal=AbortSignal.timeout?.(TIMEOUT);
const cache=method==="GET"?"no-cache" : "default";
let answer, sent;
try {
answer=await fetch(address, {method, headers, body, signal, cache, credentials: "omit"});
sent=await answer.text();
} catch {
throw new Failure(say("offline"));
}
const {status, ok}=answer;
if (ok&&/html/.test(answer.headers.get("Content-Type"))) return sanitized(sent);
let found={};
try {
found=JSON.parse(sent);
} catch {}
if (ok) return found;
const wait=Number(answer.headers.get("Retry-After"))||0;
throw new Failure(found.message??say("failed"), {status, errors: found.errors, wait});
}
async function prove({challenge, proof_bits: bits}){
if (!bits||!crypto.subtle) return "";
const encoder=new TextEncoder();
for (let first=0;;first+=256){
const tried=Array.from({length: 256}, (_, place)=>first + place);
const digests=await Promise.all(
tried.map((number)=>crypto.subtle.digest("SHA-256", encoder.encode(`${challenge}:${number}`))),
);
const found=digests.findIndex((digest)=>new DataView(digest).getUint32(0) >>> (32 - bits)===0);
if (found >= 0) return String(first + found);
}
}
const relative={};
function showTime(time, lang){
time.title ||= time.textContent;
const past=(Date.now() - new Date(time.dateTime)) / 1000;
if (past>7*86_400) return;
const [unit, seconds]=[["day", 86_400], ["hour", 3600], ["minute", 60]].find((each)=>past >= each[1])??["second", 1e9];
relative[lang]??=new Intl.RelativeTimeFormat(lang, {numeric: "auto"});
time.textContent=relative[lang].format(-Math.floor(past / seconds)||0, unit);
}
const ICONS={pending: "⏳", held: "✋", rejected: "✕", withdrawn: "↩", published: "✓"};
function allowed({say}, comment){
const name=comment.author_name;
const settled=/rejected|withdrawn/.test(comment.status);
return [
comment.can_change&&button("edit", say("edit"), name),
comment.can_withdraw&&button("withdraw", say("withdraw"), name),
comment.can_appeal&&button("appeal", say("appeal"), name),
settled&&button("away", say("away"), name),
].filter(Boolean);
}
function ownCard(thread, comment){
const {say}=thread;
const {id, status, message, waiting, appeal, text, author_name: name, created_at: created}=comment;
const time=element("time", {datetime: created}, created.slice(0, 10));
showTime(time, thread.language);
return element("article", {part: "comment", id: `comment-${id}`, tabindex: -1, "data-id": id, "aria-labelledby": `author-${id}`},
element("div", {part: "main"},
element("div", {part: "head"}, element("h4", {part: "author", id: `author-${id}`}, name),
element("span", {part: `mark ${status}`}, element("span", {"aria-hidden": "true"}, `${ICONS[status]} `), say(status)), time),
element("p", {part: "verdict"}, message, waiting?.ahead>0&&` ${say("ahead")} ${waiting.ahead}.`),
appeal&&element("p", {part: "quiet"}, [appeal.message, appeal.answer].filter(Boolean).join(" ")),
element("div", {part: "text"}, text.split(/\n+/).map((line)=>element("p", {}, line))),
element("p", {part: "actions"}, allowed(thread, comment))));
}
const FIELDS=["text", "author_name", "author_email", "author_url"];
class Form {
constructor(thread, form){
Object.assign(this, {thread, form, attempt: null, parent: null});
this.home=document.createComment("");
form.before(this.home);
this.input=form.elements;
this.title=form.querySelector("[part~=title]");
this.cancel=form.querySelector("[data-do=cancel]");
this.told=element("p", {part: "told", role: "alert"});
this.length=element("p", {part: "quiet", role: "status"});
this.submit=form.querySelector("[type=submit]");
this.submit.before(this.told);
this.input.text.after(this.length);
this.input.remember.parentNode.hidden=false;
form.addEventListener("submit", (event)=>{event.preventDefault();this.send();});
form.addEventListener("input", ()=>{clearTimeout(this.pause);this.pause=setTimeout(()=>this.save(), 300);});
this.fill();
}
get draft(){return `draft:${this.thread.api}`;}
fill(){
const saved=kept("author");
const draft=kept(this.draft);
this.input.remember.checked=Boolean(saved);
for (const name of FIELDS) this.input[name].value ||= draft?.[name]||saved?.[name]||"";
this.parent=draft?.parent;
if (draft?.text) this.length.textContent=this.thread.say("restored");
}
read(){
return Object.fromEntries(FIELDS.map((name)=>[name, this.input[name].value]));
}
save(){
const {say}=this.thread;
const left=say("limit") - [...this.input.text.value].length;
this.length.textContent=left<200?`${say(left<0?"over" : "left")} ${Math.abs(left)}` : "";
keep(this.draft, {...this.read(), parent: this.parent});
}
answer(card){
const {say}=this.thread;
this.parent=card?Number(card.dataset.id) : null;
(card??this.home).after(this.form);
this.title.textContent=card?say("replyTo").replace("#", card.dataset.name) : say("write");
this.cancel.hidden=!card;
if (this.input.text.value) this.save();
}
clearErrors(){
this.told.replaceChildren();
for (const error of this.form.querySelectorAll("[part=error]")) error.remove();
for (const wrong of this.form.querySelectorAll("[aria-invalid]")){
wrong.removeAttribute("aria-invalid");
wrong.removeAttribute("aria-describedby");
}
}
showErrors(errors){
const rest=[];
for (const {pointer, detail} of errors){
const input=FIELDS.includes(pointer.slice(2))&&this.input[pointer.slice(2)];
if (input){
const id=`${input.id}-error`;
input.after(element("p", {part: "error", id}, detail));
input.setAttribute("aria-invalid", "true");
input.setAttribute("aria-describedby", id);
} else rest.push(detail);
}
this.form.querySelector("[aria-invalid]")?.focus();
return rest.join(" ");
}
async prepared(){
const {thread, parent}=this;
const fields=JSON.stringify([this.read(), parent]);
if (this.attempt?.fields===fields) return this.attempt;
const found=await request(`${thread.root}challenge/`, thread);
const {challenge}=found;
const body=JSON.stringify({
...this.read(), notify: this.input.notify?.checked, parent, article: thread.about, author_secret: secret(), challenge, proof: await prove(found),
});
return (this.attempt={fields, body, key: random()});
}
async send(){
const {form, thread, submit}=this;
if (form.ariaBusy) return;
this.clearErrors();
this.save();
form.ariaBusy="true";
submit.textContent=thread.say("sending");
try {
const {body, key}=await this.prepared();
const stored=await request(thread.api, thread, {method: "POST", body, key});
this.sent(stored, JSON.parse(body));
} catch (failure){
this.fail(failure);
}
form.ariaBusy=null;
submit.textContent=thread.say("send");
}
sent(status, {text, author_name, author_url, author_email, parent}){
this.attempt=null;
keep("author", this.input.remember.checked?{author_name, author_email, author_url} : null);
this.input.text.value=this.length.textContent="";
clearTimeout(this.pause);
this.answer(null);
keep(this.draft, null);
this.thread.addOwn({text, author_name, parent, created_at: new Date().toISOString(), ...status});
}
fail({status, errors=[], wait, message}){
const {say}=this.thread;
if (status===409){setTimeout(()=>this.send(), 1000*(wait||1));return;}
if (status===403){this.told.append(message);this.thread.close(message);return;}
if (errors.some((each)=>each.pointer==="#/challenge")) this.attempt=null;
this.told.append([say("unsent"), errors.length?this.showErrors(errors) : message, wait&&`${say("wait")} ${wait}.`].filter(Boolean).join(" "));
if (!errors.length) this.told.append(" ", element("button", {part: "button"}, say("again")));
}
}
const MAX_KEPT=30;
const MAX_PAUSE=60_000;
class Own extends Map {
constructor(thread){
super();
Object.assign(this, {thread, pause: 1000});
for (const record of kept(this.name)??[]) this.set(record.id, record);
}
get name(){return `own:${this.thread.api}`;}
save(){
keep(this.name, [...this.values()].slice(-MAX_KEPT));
}
forget(id){
this.delete(id);
this.save();
}
update(id, told){
const known=this.get(id);
this.set(id, {...known, ...told});
this.save();
return told.message===known.message?"" : told.message;
}
async ask(ids){
const news=await Promise.all(ids.map(async (id)=>{
try {
return this.update(id, await request(this.get(id).status_url, this.thread));
} catch (failure){
if (failure.status===404) this.forget(id);
}
}));
return news.filter(Boolean);
}
with(test){
return [...this.values()].filter(({status})=>test.test(status));
}
}
function panel(thread, card, {title, ok, act}, ...fields){
card.querySelector("[part=panel]")?.remove();
const told=element("p", {part: "told", role: "alert"});
const made=element("form", {part: "panel", novalidate: true},
element("fieldset", {}, element("legend", {}, title), fields), told,
element("p", {part: "actions"}, element("button", {part: "button main-button"}, ok), button("close", thread.say("cancel"))));
made.addEventListener("submit", async (event)=>{
event.preventDefault();
if (made.ariaBusy) return;
made.ariaBusy="true";
try {
await act(Object.fromEntries(new FormData(made)), ()=>made.remove());
} catch ({message, errors=[]}){
told.textContent=errors.map(({detail})=>detail).join(" ")||message;
}
made.ariaBusy=null;
});
card.querySelector("[part=main]").append(made);
made.querySelector("textarea, input, button").focus();
}
function area(label, name, value=""){
const input=element("textarea", {name, rows: 3});
input.value=value;
return element("label", {part: "field"}, label, input);
}
const ACTIONS={
reply(thread, card){
thread.form.answer(card);
thread.form.input.text.focus();
},
cancel({form, card}){
const answered=card(form.parent);
form.answer(null);
(answered?.querySelector("[data-do=reply]")??form.input.text).focus();
},
close(thread, card){
card.querySelector("[part=panel]").remove();
card.focus();
},
edit(thread, card, id){
const {say}=thread;
const {text, status_url: url}=thread.own.get(id);
const act=(sent, done)=>thread.change(id, url, done, "PATCH", sent);
panel(thread, card, {title: say("edit"), ok: say("save"), act}, area(say("text"), "text", text));
},
withdraw(thread, card, id){
const {say}=thread;
const {status_url: url}=thread.own.get(id);
panel(thread, card, {title: say("sure"), ok: say("withdraw"), act: (sent, done)=>thread.change(id, url, done, "DELETE")});
},
appeal(thread, card, id){
const {say}=thread;
const url=`${thread.own.get(id).status_url}appeal/`;
const act=(sent, done)=>thread.change(id, url, done, "POST", sent);
panel(thread, card, {title: say("appeal"), ok: say("ok"), act}, area(say("because"), "sentence"));
},
away(thread, card, id){
thread.own.forget(id);
thread.showOwn();
thread.list.focus();
},
report(thread, card, id){
const {say}=thread;
const choices=Object.entries(say("reasons")).map(([value, label]) =>
element("label", {part: "choice"}, element("input", {type: "radio", name: "reason", value}), label));
panel(thread, card, {
title: say("why"), ok: say("ok"),
async act(sent, done){
const body=JSON.stringify({...sent, author_secret: secret()});
const {message}=await request(`${thread.api}${id}/reports/`, thread, {method: "POST", body});
done();
card.querySelector("[data-do=report]").replaceWith(element("span", {part: "quiet"}, message));
thread.tell(message);
card.focus();
},
}, ...choices, area(say("sentence"), "sentence"));
},
order: (thread, card, id, pressed)=>thread.load(pressed.dataset.order),
fresh: (thread)=>thread.showFresh(),
more: (thread)=>thread.loadMore(),
retry: (thread)=>thread.load(),
all: (thread, card, id, pressed)=>thread.loadThread(pressed.closest("[data-root]").dataset.root),
};
const {src: source}=document.currentScript??{};
class Discussion extends HTMLElement {
static observedAttributes=["article", "url", "title", "lang", "order", "site", "server"];
connectedCallback(){
this.left=new AbortController();
const {signal}=this.left;
this.addEventListener("click", (event)=>this.pressed(event), {signal});
document.addEventListener("visibilitychange", ()=>this.watch(0), {signal});
if (document.readyState==="loading") document.addEventListener("DOMContentLoaded", ()=>this.start(), {once: true, signal});
else this.start();
}
disconnectedCallback(){
this.left.abort();
this.stop();
}
attributeChangedCallback(name, before, now){
if (name==="title"){
if (now){this.headline=now;this.removeAttribute(name);}
} else if (this.api&&before!==now){
this.replaceChildren();
this.start();
}
}
stop(){
clearTimeout(this.next);
clearTimeout(this.asking);
this.near?.disconnect();
}
say=(name, number)=>{
const found=this.words?.[name]??(WORDS[this.language]??WORDS.en)[name];
return number===undefined?found : found[new Intl.PluralRules(this.language).select(number)].replace("#", number);
};
card=(id)=>this.querySelector(`[data-id="${id}"]`);
find(part){return this.querySelector(`[part~=${part}]`);}
tell(sentence){this.said.textContent=sentence;}
get language(){return this.closest("[lang]")?.lang.slice(0, 2)||"en";}
get server(){return this.getAttribute("server")?.replace(/\/?$/, "/")??(source?new URL("../../", source).href : "");}
get about(){
const url=this.getAttribute("url")??document.querySelector("link[rel=canonical]")?.href??location.href.split("#")[0];
return {url, title: this.headline??(document.querySelector("h1")?.textContent.trim()||document.title)};
}
mistake(){
const url=this.getAttribute("url");
if (!this.getAttribute("article")?.trim()) return ["article", "missing"];
if (url!==null&&!/^https?:\/\/[^/]/.test(url)) return ["url", "address"];
if (!/^(newest|oldest)?$/.test(this.getAttribute("order")??"")) return ["order", "sorting"];
if (!/^https?:/.test(this.server)) return ["server", "address"];
}
fault([name, what]){
this.replaceChildren(element("p", {part: "wrong", role: "alert"}, `${this.say("wrong").replace("#", name)} ${this.say(what)}`));
}
start(){
this.stop();
this.words=null;
const mistake=this.mistake();
const site=this.getAttribute("site");
this.root=`${this.server}api/v1/${site?`sites/${encodeURIComponent(site)}/` : ""}`;
this.api=`${this.root}articles/${encodeURIComponent(this.getAttribute("article")?.trim())}/comments/`;
this.order=this.getAttribute("order")||"newest";
this.own=new Own(this);
if (mistake) this.fault(mistake);
else if (!this.find("discussion")) this.wait();
else if (this.said?.isConnected) this.load();
else this.take();
}
wait(){
this.replaceChildren(element("div", {part: "waiting"}, element("p", {part: "note", role: "status"}, this.say("loading"))));
this.near=new IntersectionObserver(([entry])=>{
if (!entry.isIntersecting) return;
this.near.disconnect();
this.load();
}, {rootMargin: "600px"});
this.near.observe(this);
}
html(order=this.order){return `${this.api}html/?lang=${this.language}&order=${order}`;}
async load(order=this.order){
this.ariaBusy="true";
try {
const focused=this.contains(document.activeElement)&&document.activeElement.dataset.order;
const found=await request(this.html(order), this);
this.order=order;
this.replaceChildren(found);
this.take();
if (focused) this.querySelector(`[data-order=${order}]`)?.focus();
await this.showLinked();
} catch (failure){
this.fail(failure);
}
this.ariaBusy=null;
}
fail({message}){
this.find("note")?.remove();
const note=element("p", {part: "note", role: "alert"}, `${this.said?"" : this.say("unread")} ${message} `, button("retry", this.say("again")));
(this.find("discussion")??this.find("waiting")??this).prepend(note);
this.find("waiting")?.querySelector("[role=status]")?.remove();
}
take(){
const served=this.find("discussion");
const {words, count, closed, live, next, order}=served.dataset;
if (this.lang&&served.lang!==this.language){this.fault(["lang", "language"]);return;}
Object.assign(this, {words: JSON.parse(words), count: +count, closed: closed==="yes", pollAfter: +live, following: next, order});
this.list=this.find("list");
this.said=element("p", {part: "unseen", role: "status"});
this.place=element("div", {part: "own", hidden: true});
this.freshButton=element("button", {type: "button", part: "button fresh", "data-do": "fresh", hidden: true});
this.list.before(this.said, this.place, this.freshButton);
for (const time of this.querySelectorAll("time")) showTime(time, this.language);
const form=this.find("form");
this.form=form&&new Form(this, form);
const answered=this.form?.parent&&this.card(this.form.parent);
if (answered) this.form.answer(answered);
this.askOwn([...this.own.keys()]);
this.watch(this.pollAfter);
}
close(sentence){
this.closed=true;
this.form?.form.replaceWith(element("p", {part: "closed", role: "status"}, sentence));
this.form=null;
for (const reply of this.querySelectorAll("[data-do=reply]")) reply.remove();
}
async showLinked(){
const [, id]=location.hash.match(/^#comment-(\d+)$/)??[];
if (!id) return;
if (!this.card(id)){
const {parent_id: root}=await request(`${this.api}${id}/`, this).catch(()=>({}));
if (root!==undefined) await this.loadThread(root??id);
}
const card=this.card(id);
card?.closest("details")?.setAttribute("open", "");
card?.setAttribute("part", "comment linked");
card?.scrollIntoView();
card?.focus({preventScroll: true});
}
loadMore(){
return this.attempt(async ()=>{
const found=await request(this.following, this);
const {next}=found.querySelector("[data-words]").dataset;
const items=[...found.querySelectorAll("[data-root]")];
this.list.append(...items);
this.following=next;
if (!next) this.find("more").remove();
this.added(items);
items[0]?.querySelector("[data-id]").focus();
});
}
loadThread(root, focus=true){
return this.attempt(async ()=>{
const item=(await request(`${this.html()}&parent=${root}`, this)).querySelector("[data-root]");
const old=this.list.querySelector(`[data-root="${root}"]`);
if (this.form&&old?.contains(this.form.form)) this.form.answer(null);
if (old) old.replaceWith(item);
else this.list.prepend(item);
this.find("empty")?.remove();
const fold=item.querySelector("details");
if (fold&&old) fold.open=focus||old.querySelector("details")?.open;
this.added([item]);
if (focus&&old) fold?.querySelector("[data-id]")?.focus();
});
}
added(items){
for (const time of items.flatMap((item)=>[...item.querySelectorAll("time")])) showTime(time, this.language);
this.showOwn();
}
attempt(act){return act().catch((failure)=>this.fail(failure));}
pressed(event){
const found=event.target.closest("[data-do]");
if (!found||event.ctrlKey||event.metaKey||event.shiftKey) return;
event.preventDefault();
const card=found.closest("[data-id]");
ACTIONS[found.dataset.do](this, card, Number(card?.dataset.id), found);
}
}
const LIVELY=120_000;
const RARELY=30;
class CommentThread extends Discussion {
async look(){
const {comments, is_closed: closed, poll_after: after}=await request(`${this.api}live/`, this);
this.pollAfter=after;
if (closed&&!this.closed){await this.load();return;}
if (comments===this.known) return;
this.known=comments;
this.changed=Date.now();
const fresh=comments - this.count;
this.find("title").textContent=comments?this.say("count", comments) : this.say("title");
if (fresh>0){
if (this.freshButton.hidden) this.tell(this.say("arrived"));
this.freshButton.textContent=this.say("fresh", fresh);
}
this.freshButton.hidden=fresh<=0;
if (fresh<0&&!this.contains(document.activeElement)) await this.load();
}
showFresh(){
return this.attempt(async ()=>{
const known=new Set(Array.from(this.list.querySelectorAll("[data-id]"), (card)=>card.dataset.id));
this.form?.save();
await this.load();
const first=[...this.list.querySelectorAll("[data-id]")].find((card)=>!known.has(card.dataset.id));
first?.closest("details")?.setAttribute("open", "");
(first??this.list).focus();
});
}
watch(after){
clearTimeout(this.next);
if (document.hidden||!this.pollAfter) return;
this.changed??=Date.now();
this.next=setTimeout(async ()=>{
await this.look().catch(()=>{});
const quiet=Date.now() - this.changed>LIVELY;
if (this.isConnected) this.watch(quiet?Math.min(after*1.5 + 1, RARELY) : this.pollAfter);
}, 1000*after);
}
addOwn(record){
this.own.set(record.id, record);
this.own.save();
this.told(record.id, record.message);
}
async change(id, url, done, method, sent){
const told=await request(url, this, {method, body: sent&&JSON.stringify(sent)});
done();
this.own.update(id, told);
const card=this.card(id);
if (told.status!=="published"&&!this.place.contains(card)) card.remove();
this.told(id, told.message);
}
told(id, message){
this.own.pause=1000;
this.showOwn();
this.card(id)?.focus();
this.tell(message);
this.askLater();
}
async askOwn(ids){
const news=await this.own.ask(ids);
for (const {id, parent} of this.own.with(/published/)) if (this.place.contains(this.card(id))) await this.publish(id, parent);
this.showOwn();
if (news.length) this.tell(news.join(" "));
this.askLater();
}
async publish(id, parent){
const focused=this.card(id).contains(document.activeElement);
const answered=parent&&this.card(parent)?.closest("[data-root]");
this.card(id).remove();
await this.loadThread(answered?answered.dataset.root : id, false);
this.count+=1;
const card=this.card(id);
card?.closest("details")?.setAttribute("open", "");
if (focused) card?.focus({preventScroll: true});
}
askLater(){
clearTimeout(this.asking);
const open=this.own.with(/pending|held/);
if (!open.length||!this.isConnected) return;
this.asking=setTimeout(()=>{
if (document.hidden) this.askLater();
else this.askOwn(open.map(({id})=>id));
}, this.own.pause);
this.own.pause=Math.min(2*this.own.pause, MAX_PAUSE);
}
showOwn(){
if (this.place.querySelector("[part=panel]")) return;
const focused=this.place.contains(document.activeElement)&&document.activeElement.closest("[data-id]")?.dataset.id;
const waiting=this.own.with(/^(?!published)./);
this.place.hidden=!waiting.length;
if (waiting.length) this.find("empty")?.remove();
this.place.replaceChildren(element("h3", {part: "title"}, this.say("own")), ...waiting.map((comment)=>ownCard(this, comment)));
for (const comment of this.own.with(/published/)) this.mark(comment);
if (focused) this.card(focused)?.focus({preventScroll: true});
}
mark(comment){
const card=this.card(comment.id);
if (!card||card.querySelector("[part=mark]")) return;
card.querySelector("[data-do=report]")?.remove();
card.querySelector("[part=author]").after(element("span", {part: "mark"}, this.say("mine")));
card.querySelector("[part=actions]")?.append(...allowed(this, comment));
}
}
const sheet=new CSSStyleSheet();
sheet.replaceSync(STYLES);
document.adoptedStyleSheets=[...document.adoptedStyleSheets, sheet];
if (!customElements.get("comment-thread")) customElements.define("comment-thread", CommentThread);
})();
