/// Forms of records.
extension Templates {
    static let forms = ["form": form, "delete": delete, "pick": pick, "problem": problem, "wrong": wrong]

    private static let problem = #"""
        {{#error}}<div class="warning" role="alert"><p>{{sentence}}</p>{{#detail}}<p class="detail">{{>told}}</p>\#
        {{/detail}}</div>{{/error}}
        """#

    private static let form = #"""
        {{>problem}}
        <form class="record" method="post" action="{{action}}"{{#live}} data-live-form id="live-form"{{/live}}>
        {{>hidden}}
        {{#version}}<input type="hidden" name="version" value="{{.}}">{{/version}}
        {{#fields}}
        <div class="field{{#wrong}} wrong{{/wrong}}">
        <label for="f-{{name}}">{{label}}{{#needed}} <span class="needed">{{t.needed}}</span>{{/needed}}</label>
        {{#choices}}<select id="f-{{name}}" name="v.{{name}}"{{>wrong}}{{#needed}} required{{/needed}}>{{#list}}<option \#
        value="{{value}}"{{#chosen}} selected{{/chosen}}>{{text}}</option>{{/list}}</select>{{/choices}}
        {{#line}}<input id="f-{{name}}" name="v.{{name}}" type="{{type}}" value="{{value}}"{{#numeric}} \#
        inputmode="decimal"{{/numeric}}{{#hint}} placeholder="{{.}}"{{/hint}}{{>wrong}}{{#needed}} required{{/needed}} \#
        autocomplete="off">{{/line}}
        {{#long}}<textarea id="f-{{name}}" name="v.{{name}}" rows="4"{{>wrong}}{{#needed}} required{{/needed}}>
        {{value}}</textarea>{{/long}}
        {{#picker}}<input id="f-{{name}}" name="v.{{name}}" value="{{value}}" list="l-{{name}}" \#
        data-pick="{{source}}" autocomplete="off"{{>wrong}}{{#needed}} required{{/needed}}><datalist id="l-{{name}}">\#
        </datalist> <small>{{hint}} <a href="{{list}}" target="_blank">{{t.search}}</a></small>{{/picker}}
        {{#now}}<p class="now" role="alert">{{t.meanwhile}} <q>{{text}}</q></p>{{/now}}
        {{#wrong}}<p class="warning" role="alert" id="e-{{name}}">{{.}}</p>{{/wrong}}
        {{#version}}<input type="hidden" name="was.{{name}}" value="{{was}}">{{/version}}
        </div>
        {{/fields}}
        <p class="acts"><button>{{t.save}}</button> <a href="{{back}}">{{t.cancel}}</a></p>
        </form>
        """#

    /// Marks a field with which something is wrong, for those who cannot see it.
    private static let wrong = #"{{#wrong}} aria-invalid="true" aria-describedby="e-{{name}}"{{/wrong}}"#

    private static let delete = #"""
        {{>problem}}
        <p class="lead">{{t.delete_ask}}</p>
        {{#referrers}}<section><h2>{{t.refers_to_it}}: {{table}} · {{column}}</h2><ul>{{#rows}}<li><a \#
        href="{{link}}">{{name}}</a></li>{{/rows}}{{#more}}<li>…</li>{{/more}}</ul></section>{{/referrers}}
        <form method="post" action="{{action}}">{{>hidden}}<input type="hidden" name="version" value="{{version}}">
        <p class="acts"><button class="danger">{{t.delete}}</button> <a href="{{back}}">{{t.cancel}}</a></p></form>
        """#

    private static let pick = #"{{#options}}<option value="{{value}}">{{text}}</option>{{/options}}"#
}
