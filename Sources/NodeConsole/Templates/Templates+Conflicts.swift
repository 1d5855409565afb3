/// Pages of conflicts.
extension Templates {
    static let conflicts = ["conflicts": inbox, "merge": merge]

    private static let inbox = #"""
        <div data-live id="live-inbox">
        <p class="lead">{{sentence}}{{#by_key}} {{t.conflicts_by_key}}{{/by_key}}</p>
        <ul class="chips">{{#kinds}}<li><a href="{{link}}"{{#current}} aria-current="true"{{/current}}>\#
        {{name}} <span class="count">{{count}}</span></a></li>{{/kinds}}{{#tables}}<li><a \#
        href="{{link}}"{{#current}} aria-current="true"{{/current}}>{{name}} <span class="count">{{count}}</span>\#
        </a></li>{{/tables}}{{#filtered}}<li><a href="/conflicts">{{t.filter_drop}}</a></li>{{/filtered}}</ul>
        {{#none}}<p class="good">{{t.conflicts_none}}</p>{{/none}}
        {{>refused}}
        {{^none}}{{#may_write}}
        <details><summary>{{t.settle_many}}</summary>
        <p>{{t.settle_many_about}}</p>
        <form method="post" action="/conflicts/all">{{>hidden}}<input type="hidden" \#
        name="state" value="{{state}}"><input type="hidden" name="table" \#
        value="{{table_name}}"><input type="hidden" name="kind" value="{{kind_name}}"><input type="hidden" \#
        name="act" value="shown"><button>{{t.take_shown_all}}</button></form>
        {{#mergeable}}<form method="post" action="/conflicts/all">{{>hidden}}<input type="hidden" \#
        name="state" value="{{state}}"><input type="hidden" name="table" \#
        value="{{table_name}}"><input type="hidden" name="act" value="merge"><button>{{t.merge_all}}</button></form>\#
        {{/mergeable}}
        <form method="post" action="/conflicts/all">{{>hidden}}<input type="hidden" \#
        name="state" value="{{state}}"><input type="hidden" name="table" \#
        value="{{table_name}}"><input type="hidden" name="kind" value="{{kind_name}}"><input type="hidden" \#
        name="act" value="site"><label>{{t.take_site_all}} <select name="site">{{#sites}}<option value="{{hex}}">\#
        {{name}}</option>{{/sites}}</select></label><button>{{t.settle}}</button></form>
        </details>
        {{/may_write}}{{/none}}
        {{#conflicts}}{{>conflict}}{{/conflicts}}
        <nav class="pages" aria-label="{{t.pages}}">{{#first}}<a href="{{.}}">{{t.first}}</a>{{/first}} {{#next}}<a \#
        rel="next" href="{{.}}">{{t.next}}</a>{{/next}}</nav>
        </div>
        """#

    private static let merge = #"""
        {{>problem}}
        <p>{{t.merge_about}}</p>
        <form class="record" method="post" action="{{action}}">{{>hidden}}<input type="hidden" name="into" \#
        value="{{into}}"><input type="hidden" name="version" value="{{version}}"><input type="hidden" \#
        name="into_version" value="{{into_version}}">
        <div class="wide"><table class="stack">
        <thead><tr><th scope="col">{{table}}</th><th scope="col"><a href="{{stays_link}}">{{stays}}</a><br><small>\#
        {{stays_key}} · {{t.merge_stays}}</small></th><th scope="col"><a href="{{goes_link}}">{{goes}}</a><br><small>\#
        {{goes_key}} · {{t.merge_goes}}</small></th></tr></thead>
        <tbody>{{#fields}}<tr><th scope="row">{{label}}</th>
        {{#differs}}<td><label><input type="radio" name="take.{{name}}" value="stays"{{^takes}} \#
        checked{{/takes}}> {{stays}}</label></td><td><label><input type="radio" name="take.{{name}}" \#
        value="goes"{{#takes}} checked{{/takes}}> {{goes}}</label></td>{{/differs}}
        {{^differs}}<td colspan="2">{{stays}}</td>{{/differs}}</tr>{{/fields}}</tbody>
        </table></div>
        <p class="acts"><button>{{t.merge}}</button> <a href="/conflicts">{{t.cancel}}</a></p>
        </form>
        """#
}
