extension Asset {
    /// The style of all pages: system fonts, light and dark, one accent.
    static let styleText = #"""
        :root { color-scheme: light dark; --ink: #1c1f23; --paper: #fff; --soft: #f2f4f6; --line: #cfd5db; --dim: #59626c;
          --accent: #0b5c8a; --on-accent: #fff; --bad: #9a1b1b; --good: #1c6b32; --mark: #ffe9a8; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e8eaed; --paper: #16191d; --soft: #22262b; --line: #3d444c;
          --dim: #a4adb7; --accent: #7cc4ee; --on-accent: #0b1a24; --bad: #ff9d94; --good: #83d79a; --mark: #5a4a12; } }
        * { box-sizing: border-box; }
        body { margin: 0; font: 1rem/1.5 system-ui, "Noto Sans", "Noto Sans SC", sans-serif; color: var(--ink);
          background: var(--paper); overflow-wrap: anywhere; }
        header, main, footer, .news { max-width: 72rem; margin: 0 auto; padding: .5rem 1rem; }
        header { display: flex; flex-wrap: wrap; gap: .25rem 1rem; align-items: center; border-bottom: 1px solid var(--line); }
        header ul, .chips { list-style: none; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: .25rem; }
        header a { padding: .25rem .5rem; border-radius: .25rem; text-decoration: none; display: inline-block; }
        header a[aria-current] { background: var(--accent); color: var(--on-accent); }
        .mark { font-weight: 700; }
        .languages { margin-left: auto; font-size: .875rem; }
        .skip { position: absolute; left: -99rem; }
        .skip:focus { left: 1rem; top: 1rem; background: var(--paper); padding: .5rem; z-index: 2; }
        a { color: var(--accent); }
        :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
        h1 { font-size: 1.5rem; line-height: 1.25; margin: .75rem 0 .5rem; }
        h2 { font-size: 1.15rem; margin: 1.5rem 0 .5rem; }
        h3 { font-size: 1rem; margin: .5rem 0; }
        .lead { font-size: 1.1rem; }
        small, .writer, .count { color: var(--dim); font-size: .875rem; }
        table { border-collapse: collapse; width: 100%; }
        th, td { text-align: left; vertical-align: top; padding: .4rem .6rem; border-bottom: 1px solid var(--line);
          min-width: 6.5rem; }
        th { overflow-wrap: break-word; }
        thead th { background: var(--soft); font-size: .875rem; }
        tbody th { font-weight: 600; min-width: 10rem; }
        tbody th small, h2 small { font-weight: 400; }
        .wide { overflow-x: auto; }
        td { overflow-wrap: break-word; }
        .stack th, .stack td { min-width: 0; overflow-wrap: anywhere; }
        .tables { list-style: none; padding: 0; display: grid; grid-template-columns: repeat(auto-fill, minmax(16rem, 1fr));
          gap: .5rem 1rem; }
        .log { list-style: none; padding: 0; }
        .log > li { padding: .4rem 0; border-bottom: 1px solid var(--line); }
        .beside, .log form { display: inline-block; margin: 0 .25rem; }
        .void { text-decoration: line-through; color: var(--dim); }
        dl.fields { display: grid; grid-template-columns: minmax(8rem, 16rem) 1fr; gap: .25rem 1rem; }
        dl.cells { display: grid; grid-template-columns: minmax(6rem, 14rem) 1fr; gap: 0 1rem; font-size: .875rem; margin: .25rem 0; }
        dt { color: var(--dim); }
        dd { margin: 0; }
        .writer { display: block; }
        .long { white-space: pre-wrap; }
        .empty { color: var(--dim); }
        .timeline { padding-left: 1.25rem; }
        .then { background: var(--soft); }
        button, .button { font: inherit; padding: .4rem .9rem; border: 1px solid var(--accent); border-radius: .25rem;
          background: var(--accent); color: var(--on-accent); cursor: pointer; text-decoration: none; display: inline-block; }
        button.plain { background: none; color: var(--accent); border-color: var(--line); }
        button.danger { background: none; color: var(--bad); border-color: var(--bad); }
        input, select, textarea { font: inherit; color: var(--ink); background: var(--paper); border: 1px solid var(--dim);
          border-radius: .25rem; padding: .35rem .5rem; max-width: 100%; }
        textarea { width: 100%; }
        details { margin: .5rem 0; }
        td form { margin: .25rem 0; }
        td p { margin: .15rem 0; }
        .aside { margin-right: .5rem; }
        .search { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; margin: .5rem 0; }
        .search input[type=search] { flex: 1 1 12rem; }
        .acts { display: flex; flex-wrap: wrap; gap: .75rem; align-items: center; }
        .field { margin: .75rem 0; max-width: 44rem; }
        .field label { display: block; font-weight: 600; }
        .field input:not([type=file], [type=checkbox]), .field select { width: 100%; }
        .needed { color: var(--dim); font-weight: 400; font-size: .875rem; }
        .wrong input, .wrong select, .wrong textarea { border-color: var(--bad); border-width: 2px; }
        .warning { color: var(--bad); }
        .good { color: var(--good); }
        .detail { color: var(--dim); font-family: ui-monospace, monospace; font-size: .875rem; }
        .note, .conflict, div.warning { border: 1px solid var(--line); border-left: .3rem solid var(--accent); border-radius: .25rem;
          background: var(--soft); padding: .5rem 1rem; margin: .75rem 0; }
        div.warning { border-left-color: var(--bad); }
        .note { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; }
        section.note { display: block; }
        .conflict h2 { font-size: 1rem; margin: .5rem 0; }
        .news { background: var(--mark); }
        .now { background: var(--mark); padding: .25rem .5rem; }
        .sides { display: grid; grid-template-columns: repeat(auto-fit, minmax(14rem, 1fr)); gap: .75rem; }
        .side { background: var(--paper); border: 1px solid var(--line); border-radius: .25rem; padding: .25rem .75rem .75rem; }
        mark { background: var(--mark); color: inherit; }
        .chips a { border: 1px solid var(--line); border-radius: 1rem; padding: .15rem .75rem; text-decoration: none;
          display: inline-block; }
        .chips a[aria-current] { border-color: var(--accent); border-width: 2px; }
        progress { accent-color: var(--accent); vertical-align: middle; }
        .pages { display: flex; gap: 1rem; margin: 1rem 0; }
        pre { background: var(--soft); padding: .75rem; white-space: pre-wrap; word-break: break-all; }
        .qr { width: 18rem; max-width: 100%; height: auto; display: block; }
        footer { border-top: 1px solid var(--line); margin-top: 2rem; display: flex; gap: 1rem; align-items: center; }
        @media (max-width: 40rem) { dl.fields, dl.cells { grid-template-columns: 1fr; } dl.fields dd { margin-bottom: .5rem; }
          .languages { margin-left: 0; }
          table.stack, .stack thead, .stack tbody { display: block; }
          .stack tr { display: grid; grid-template-columns: 1fr 1fr; }
          .stack tr > :first-child, .stack td[colspan] { grid-column: 1 / -1; } }
        """#

    /// The one script: parts of a page follow what is written elsewhere, and pickers search as one types. What a person
    /// has typed is never touched. Everything works without it.
    static let scriptText = #"""
        "use strict";
        (() => {
          const news = document.getElementById("news");
          const isTouched = (place) => place.contains(document.activeElement) && document.activeElement !== document.body
            || [...place.querySelectorAll("details[open]")].length > 0
            || [...place.querySelectorAll("input, textarea, select")].some((field) => field.dataset.touched);
          document.addEventListener("input", (event) => { event.target.dataset.touched = "1"; });
          let isLoading = false;
          let isBehind = false;
          async function follow() {
            if (isLoading) { isBehind = true; return; }
            isLoading = true;
            const began = performance.now();
            try {
              if (!document.querySelector("[data-live], [data-live-form]")) return;
              const answer = await fetch(document.body.dataset.follow || location.href,
                { headers: { Accept: "text/html", "Caravan-Following": "1" } });
              if (answer.redirected || answer.status === 401) return;
              const page = new DOMParser().parseFromString(await answer.text(), "text/html");
              for (const place of document.querySelectorAll("[data-live]")) {
                const fresh = page.getElementById(place.id);
                if (!fresh || same(fresh, place)) continue;
                if (isTouched(place)) news.hidden = false;
                else place.replaceChildren(...fresh.childNodes);
              }
              for (const form of document.querySelectorAll("[data-live-form]")) compare(form, page.getElementById(form.id));
            } catch (error) {
              // The next write tries again.
            } finally {
              // Where much is written at once, a page asks no more often than it can well be shown.
              const pause = Math.max(250, 3 * (performance.now() - began));
              setTimeout(() => { isLoading = false; if (isBehind) { isBehind = false; follow(); } }, pause);
            }
          }
          const plain = (html) => html.replace(/name="(once|token)" value="[^"]*"/g, "");
          const same = (one, other) => plain(one.innerHTML) === plain(other.innerHTML);
          // Of a form that is being filled in, fields that nobody touched follow; beside the others is said what came.
          function compare(form, fresh) {
            const version = form.elements.version;
            if (!fresh || !version || fresh.elements.version.value === version.value) return;
            news.hidden = false;
            for (const field of form.querySelectorAll("[name^='v.']")) {
              const name = field.name.slice(2);
              const held = (of) => of.elements["was." + name] || of.elements["had." + name];
              const [was, now, other] = [held(form), held(fresh), fresh.elements["v." + name]];
              if (!was || !now || !other || was.value === now.value) continue;
              const holder = field.closest(".field");
              let said = holder.querySelector(".now");
              if (!said) {
                said = document.createElement("p");
                said.className = "now";
                said.setAttribute("role", "status");
                holder.append(said);
              }
              said.textContent = (form.dataset.meanwhile || "") + " " + other.value;
            }
          }
          document.addEventListener("input", async (event) => {
            const field = event.target;
            if (!field.dataset.pick) return;
            const typed = field.value;
            await new Promise((done) => setTimeout(done, 150));
            if (field.value !== typed) return;
            const answer = await fetch(field.dataset.pick + "?q=" + encodeURIComponent(typed));
            if (!answer.ok || field.value !== typed) return;
            const options = new DOMParser().parseFromString("<datalist>" + await answer.text() + "</datalist>", "text/html");
            field.list.replaceChildren(...options.querySelectorAll("option"));
          });
          let source;
          function listen() {
            const address = document.body.dataset.events;
            if (!address || document.hidden || source) return;
            source = new EventSource(address);
            source.addEventListener("written", follow);
          }
          document.addEventListener("visibilitychange", () => {
            if (document.hidden && source) { source.close(); source = undefined; return; }
            if (!document.hidden) { listen(); follow(); }
          });
          listen();
        })();
        """#
}
