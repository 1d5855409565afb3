/// Pages of changesets.
extension Templates {
    static let changes = ["changes": log, "changeset": changeset]

    private static let log = #"""
        <form class="search" method="get" action="/changes">
        <label>{{t.table}} <select name="table"><option value="">{{t.any}}</option>{{#tables}}<option \#
        value="{{value}}"{{#chosen}} selected{{/chosen}}>{{text}}</option>{{/tables}}</select></label>
        <label>{{t.member}} <select name="site"><option value="">{{t.any}}</option>{{#sites}}<option \#
        value="{{value}}"{{#chosen}} selected{{/chosen}}>{{text}}</option>{{/sites}}</select></label>
        <label>{{t.since}} <input name="since" value="{{since}}" placeholder="{{t.hint_day}}" size="10"\#
        {{#wrong}} aria-invalid="true" aria-describedby="e-since"{{/wrong}}></label>
        <button>{{t.find}}</button>
        </form>
        {{#wrong}}<p class="warning" role="alert" id="e-since">{{.}}</p>{{/wrong}}
        <div data-live id="live-log">
        {{#none}}<p class="lead">{{t.nothing_found}}</p>{{/none}}
        <ul class="log">{{#changes}}<li{{#void}} class="void"{{/void}}>{{#when}}{{>time}}{{/when}} <strong>{{who}}\#
        </strong> <a href="{{link}}">{{what}}</a>{{#void}} · {{t.void}}{{/void}}</li>{{/changes}}</ul>
        {{#paused}}<p class="lead">{{sentence}} <a class="button" href="{{link}}">{{t.search_on}}</a></p>{{/paused}}
        <nav class="pages" aria-label="{{t.pages}}">{{#first}}<a href="{{.}}">{{t.first}}</a>{{/first}} {{#next}}<a \#
        rel="next" href="{{.}}">{{t.older}}</a>{{/next}}</nav>
        </div>
        """#

    private static let changeset = #"""
        <p class="lead">{{#when}}{{>time}}{{/when}} <strong>{{who}}</strong> {{what}}</p>
        {{#reason}}<p class="warning">{{t.void}}: {{>told}}</p>{{/reason}}
        {{#ask}}<p class="acts"><a class="button" href="{{.}}">{{t.undo_plan}}</a></p>{{/ask}}
        {{#untried}}<section class="plan" aria-label="{{t.undo_plan}}">
        <p class="lead">{{sentence}}</p><pre>{{command}}</pre>
        <form method="post" action="/undo">{{>hidden}}<input type="hidden" name="changeset" value="{{name}}">\#
        <button>{{t.undo}}</button></form>
        </section>{{/untried}}
        {{#plan}}
        <section class="plan" aria-label="{{t.undo_plan}}">
        {{#nothing}}<p class="lead">{{t.undo_nothing}}</p>{{/nothing}}
        <h2>{{restored_count}}</h2><ul>{{#restored}}<li>{{table}}: <a href="{{link}}">{{name}}</a> {{what}} <small>\#
        {{columns}}</small></li>{{/restored}}</ul>
        <h2>{{kept_count}}</h2><ul>{{#kept}}<li>{{table}}: <a href="{{link}}">{{name}}</a> <small>{{columns}}\#
        </small> {{#by}}<small>{{who}}, {{#when}}{{>time}}{{/when}}</small>{{/by}}</li>{{/kept}}</ul>
        <h2>{{failed_count}}</h2><ul>{{#failed}}<li>{{table}}: <a href="{{link}}">{{name}}</a> <small>\#
        {{#reason}}{{>told}}{{/reason}}</small></li>{{/failed}}</ul>
        {{^nothing}}<form method="post" action="/undo">{{>hidden}}<input type="hidden" name="changeset" \#
        value="{{name}}"><button>{{t.undo}}</button></form>{{/nothing}}
        </section>
        {{/plan}}
        <ul class="log">{{#operations}}<li>{{act}} <a href="{{link}}">{{name}}</a> <small>{{table}}</small>
        <dl class="cells">{{#cells}}<dt>{{label}}</dt><dd>{{#value}}{{>value}}{{/value}}</dd>{{/cells}}</dl></li>\#
        {{/operations}}</ul>
        {{#more}}<p>…</p>{{/more}}
        """#
}
