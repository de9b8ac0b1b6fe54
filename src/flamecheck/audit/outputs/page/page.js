"use strict";
// 投稿はすべて HTML に書いてある。ここでは隠すか、並べ替えるだけで、文から HTML を作ることはない。
(() => {
  const list = document.getElementById("list");
  const search = document.getElementById("search");
  const sort = document.getElementById("sort");
  const count = document.getElementById("count");
  const none = document.getElementById("none");
  const choices = [...document.querySelectorAll("select[data-by]")];
  const fold = (text) => text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ");
  const posts = [...list.querySelectorAll("article")].map((node) => ({ node, data: node.dataset, words: null }));
  const orders = {
    rank: (a, b) => a.data.rank - b.data.rank,
    newest: (a, b) => (b.data.day > a.data.day) - (b.data.day < a.data.day) || orders.rank(a, b),
    // 日付のない投稿は、どちらの順でも最後に置く。
    oldest: (a, b) => !a.data.day - !b.data.day || (a.data.day > b.data.day) - (a.data.day < b.data.day) || orders.rank(a, b),
    severity: (a, b) => b.data.severity - a.data.severity || orders.rank(a, b),
  };
  let visible = posts;

  const words = (post) => {
    if (post.words === null) {
      // 指摘の番号は文の途中に立つので、探すときは抜く。
      const copy = post.node.cloneNode(true);
      for (const mark of copy.querySelectorAll("sup")) mark.remove();
      post.words = fold(copy.textContent);
    }
    return post.words;
  };

  const chosen = (post, { dataset, value }) => {
    if (!value) return true;
    const wanted = value.slice(1);
    const has = post.data[dataset.by];
    return dataset.by === "categories" ? has.split(" ").includes(wanted) : has === wanted;
  };

  const filter = () => {
    const asked = fold(search.value).split(" ").filter(Boolean);
    for (const post of posts) {
      const hit = choices.every((choice) => chosen(post, choice)) && asked.every((word) => words(post).includes(word));
      post.node.hidden = !hit;
    }
    visible = posts.filter((post) => !post.node.hidden);
    const all = posts.length.toLocaleString("ja");
    count.value = visible.length === posts.length ? `${all} 件` : `${all} 件のうち ${visible.length.toLocaleString("ja")} 件`;
    none.hidden = visible.length > 0;
  };

  const order = () => {
    posts.sort(orders[sort.value]);
    list.append(...posts.map((post) => post.node));
    visible = posts.filter((post) => !post.node.hidden);
  };

  const go = (step) => {
    if (!visible.length) return;
    const here = document.activeElement.closest("article");
    let at = visible.findIndex((post) => post.node === here);
    if (at < 0) {
      // まだどこも選んでいなければ、いま見えている所から始める。
      at = visible.findIndex((post) => post.node.getBoundingClientRect().bottom > 0);
      at = at < 0 ? visible.length - 1 : at;
    } else {
      at = Math.min(Math.max(at + step, 0), visible.length - 1);
    }
    visible[at].node.focus({ preventScroll: true });
    visible[at].node.scrollIntoView({ block: "start" });
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const inside = event.target.closest("article");
    if (event.target.matches("input, select, textarea")) {
      if (event.key === "Escape") {
        event.preventDefault();
        go(1);
      }
      return;
    }
    const steps = { j: 1, k: -1, ...(inside ? { ArrowDown: 1, ArrowUp: -1 } : {}) };
    if (event.key in steps) {
      event.preventDefault();
      go(steps[event.key]);
    } else if (event.key === "/") {
      event.preventDefault();
      search.focus();
      search.scrollIntoView({ block: "center" });
    }
  });

  let waiting = 0;
  search.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(filter, 120);
  });
  for (const choice of choices) choice.addEventListener("change", filter);
  sort.addEventListener("change", order);
  document.getElementById("filters").addEventListener("submit", (event) => {
    event.preventDefault();
    filter();
  });
  document.getElementById("reset").addEventListener("click", () => {
    search.value = "";
    for (const choice of choices) choice.value = "";
    sort.value = "rank";
    order();
    filter();
  });
  document.getElementById("filters").hidden = posts.length === 0;
  order();
  filter();
})();
