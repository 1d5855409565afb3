/// Forms of records.
extension Templates {
    static let forms = [
        "form": form, "field": field, "delete": delete, "pick": pick, "problem": problem, "wrong": wrong,
        "typed": typed,
    ]

    private static let problem = #"""
        {{#error}}<div class="warning" role="alert"><p>{{sentence}}</p>{{#detail}}<p class="detail">{{>told}}</p>\#
        {{/detail}}</div>{{/error}}
        """#

    private static let form = #"""
        {{>problem}}
        <form class="record" method="post" action="{{action}}"{{#live}} data-live-form id="live-form" data-meanwhile="{{t.meanwhile}}"{{/live}}>
        {{>hidden}}
        {{#version}}<input type="hidden" name="version" value="{{.}}">{{/version}}{{#kept}}<input type="hidden" \#
        name="key" value="{{key}}">{{/kept}}
        {{#fields}}{{>field}}{{/fields}}
        <p class="acts"><button>{{t.save}}</button> <a href="{{back}}">{{t.cancel}}</a></p>
        </form>
        """#

    /// One field of a form, with what is wrong about it, and with what it held when the form was made.
    private static let field = #"""
        <div class="field{{#wrong}} wrong{{/wrong}}">
        {{#fixed}}<p><strong>{{label}}</strong> {{text}}</p>{{/fixed}}{{^fixed}}
        <label for="f-{{id}}">{{label}}{{#needed}} <span class="needed">{{t.needed}}</span>{{/needed}}</label>
        {{#choices}}<select id="f-{{id}}" name="{{field}}"{{>wrong}}{{#needed}} required{{/needed}}>{{#list}}<option \#
        value="{{value}}"{{#chosen}} selected{{/chosen}}>{{text}}</option>{{/list}}</select>{{/choices}}
        {{#line}}<input id="f-{{id}}" name="{{field}}" type="{{type}}" value="{{value}}"{{#numeric}} \#
        inputmode="decimal"{{/numeric}}{{#hint}} placeholder="{{.}}"{{/hint}}{{>wrong}}{{#needed}} required{{/needed}} \#
        autocomplete="off">{{/line}}
        {{#long}}<textarea id="f-{{id}}" name="{{field}}" rows="4"{{>wrong}}{{#needed}} required{{/needed}}>
        {{value}}</textarea>{{/long}}
        {{#picker}}<input id="f-{{id}}" name="{{field}}" value="{{value}}" list="l-{{id}}" \#
        data-pick="{{source}}" autocomplete="off"{{>wrong}}{{#needed}} required{{/needed}}><datalist id="l-{{id}}">\#
        </datalist> <small>{{hint}} <a href="{{list}}" target="_blank">{{t.search}}</a></small>{{/picker}}
        {{#now}}<p class="now" role="alert">{{t.meanwhile}} <q>{{text}}</q></p>{{/now}}
        {{#wrong}}<p class="warning" role="alert" id="e-{{id}}">{{.}}</p>{{/wrong}}
        {{#was}}<input type="hidden" name="{{name}}" value="{{text}}">{{/was}}{{/fixed}}
        </div>
        """#

    /// The texts that somebody typed and that are written nowhere, to be copied.
    private static let typed = #"""
        {{#typed}}<section aria-labelledby="h-typed"><h2 id="h-typed">{{t.typed}}</h2><dl class="fields">\#
        {{#list}}<dt>{{label}}</dt><dd class="long">{{text}}</dd>{{/list}}</dl></section>{{/typed}}
        """#

    /// Marks a field with which something is wrong, for those who cannot see it.
    private static let wrong = #"{{#wrong}} aria-invalid="true" aria-describedby="e-{{id}}"{{/wrong}}"#

    private static let delete = #"""
        {{>problem}}
        <p class="lead">{{t.delete_ask}}</p>
        <ul>{{#effects}}<li>{{text}}</li>{{/effects}}{{#least}}<li>{{t.delete_least}}</li>{{/least}}</ul>
        {{#referrers}}<section><h2>{{t.refers_to_it}}: {{table}} · {{column}}</h2><ul>{{#rows}}<li><a \#
        href="{{link}}">{{name}}</a></li>{{/rows}}{{#more}}<li>…</li>{{/more}}</ul></section>{{/referrers}}
        <form method="post" action="{{action}}">{{>hidden}}<input type="hidden" name="version" value="{{version}}">\#
        <input type="hidden" name="outlook" value="{{outlook}}">
        <p class="acts"><button class="danger">{{t.delete}}</button> <a href="{{back}}">{{t.cancel}}</a></p></form>
        """#

    private static let pick = #"{{#options}}<option value="{{value}}">{{text}}</option>{{/options}}"#
}
