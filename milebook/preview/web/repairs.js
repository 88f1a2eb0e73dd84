// Text damaged by pasting: every line as it is and as it would be, and one button that repairs them all.
const make = (tag, set = {}, ...inside) => { const one = Object.assign(document.createElement(tag), set); one.append(...inside); return one; };
const AROUND = 60; // characters shown on either side of what differs

export async function showRepairs(app) {
  const answer = await app.get("repairs");
  if (!answer.ok) { app.say("The repairs cannot be shown now."); return; }
  const plan = await answer.json(), dialog = make("dialog", { className: "sheet-dialog wide" }), form = make("form", { method: "dialog" });
  dialog.setAttribute("aria-labelledby", "repairs-title");
  const shown = plan.files.reduce((sum, file) => sum + file.lines.length, 0);
  const about = !plan.count ? "There is nothing that milebook can repair by itself." : `Signs that were lost or garbled when text was pasted. ${shown < plan.count ? `The first ${shown} of ${plan.count} lines are shown. ` : ""}Nothing else is changed, and Undo takes it back.`;
  form.append(make("p", { className: "soft" }, about), ...plan.files.filter((file) => file.lines.length).map(fileRepairs));
  const repair = make("button", { type: "button", className: "act", hidden: !plan.count }, `Repair ${plan.count} ${plan.count === 1 ? "line" : "lines"}`), close = make("button", { type: "submit", className: "plain" }, "Close");
  repair.addEventListener("click", async () => {
    repair.disabled = true;
    const said = await app.post("repair", { digest: plan.digest });
    dialog.close();
    if (said.status === 200) app.say(`${said.title}.`, "Undo", async () => { const back = await app.post("undo", {}); app.say(back.status === 200 ? back.title : back.why); });
    else app.say(said.why);
  });
  form.append(make("div", { className: "row" }, repair, close));
  dialog.append(make("h2", { id: "repairs-title" }, "Text damaged by pasting"), form);
  document.body.append(dialog);
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  dialog.showModal();
}

function fileRepairs(file) {
  const list = make("ol", { className: "repairs" });
  for (const [number, was, will, why] of file.lines) {
    const before = [...was], after = [...will]; // by characters, so that no emoji is cut in two
    const item = make("li"), head = make("p", { className: "soft" }, `Line ${number}${why ? `: ${why}` : ""}`);
    const [from, to, until] = differing(before, after);
    item.append(head, excerpt("del", before, from, to), excerpt("ins", after, from, until));
    list.append(item);
  }
  return make("section", {}, make("h3", {}, file.file.replace(/^stories\//, "")), list);
}

// where two lines begin to differ, and where that ends in each of them
function differing(before, after) {
  let from = 0, end = 0;
  const least = Math.min(before.length, after.length);
  while (from < least && before[from] === after[from]) from++;
  while (end < least - from && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  return [from, before.length - end, after.length - end];
}

function excerpt(tag, line, from, to) {
  const part = (start, end) => line.slice(start, end).join("");
  const lead = part(Math.max(0, from - AROUND), from), tail = part(to, to + AROUND);
  const label = make("span", { className: "away" }, tag === "del" ? "is " : "becomes ");
  const text = make("p", { className: tag === "del" ? "was" : "will" }, label, from > AROUND ? `…${lead}` : lead, make(tag, {}, part(from, to)), to + AROUND < line.length ? `${tail}…` : tail);
  text.dir = "auto";
  return text;
}
