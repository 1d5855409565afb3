/// Pages of spreadsheets.
extension Templates {
    static let sheets = ["import": start, "preview": preview, "import_problem": problem]

    private static let start = #"""
        {{>import_problem}}
        {{>refused}}
        <p>{{t.import_about}}</p>
        {{#may_write}}<form class="record" method="post" action="/import" enctype="multipart/form-data">
        <input type="hidden" name="token" value="{{token}}">
        <div class="field"><label for="m-table">{{t.table}}</label><select id="m-table" name="table">{{#tables}}\#
        <option value="{{value}}"{{#chosen}} selected{{/chosen}}>{{text}}</option>{{/tables}}</select></div>
        <div class="field"><label for="m-sheet">{{t.sheet}}</label><input id="m-sheet" name="sheet" \#
        value="{{sheet}}"></div>
        <div class="field"><label for="m-encoding">{{t.encoding}}</label><input id="m-encoding" name="encoding" \#
        value="{{encoding}}" placeholder="GB18030, windows-1251"></div>
        <div class="field"><label for="m-file">{{t.file}}</label><input id="m-file" type="file" name="file" \#
        required accept=".xlsx,.csv,.tsv,.txt"></div>
        <p class="acts"><button>{{t.import_look}}</button></p>
        </form>{{/may_write}}
        """#

    private static let problem = #"""
        {{#problem}}<div class="warning" role="alert"><p>{{sentence}}</p>{{#detail}}<p class="detail">{{>told}}</p>\#
        {{/detail}}</div>{{/problem}}
        """#

    private static let preview = #"""
        {{>import_problem}}
        <p>{{table}}{{#sheet}} · {{.}}{{/sheet}}{{#encoding}} · {{.}}{{/encoding}}</p>
        <ul>{{#summary}}<li>{{text}}</li>{{/summary}}{{#notices}}<li>{{>told}}</li>{{/notices}}</ul>
        {{#writes}}<form method="post" action="/import/{{id}}">{{>hidden}}<input type="hidden" name="digest" \#
        value="{{digest}}"><p class="acts"><button>{{t.import_do}}\#
        </button> <a href="/import">{{t.cancel}}</a></p></form>{{/writes}}
        {{#looked}}{{^writes}}<p class="lead">{{t.import_nothing}}</p>{{/writes}}{{/looked}}
        <details{{#problem}} open{{/problem}}><summary>{{t.import_headers}}</summary>
        <form class="record" method="get" action="/import/{{id}}"><input type="hidden" name="again" value="1">\#
        <input type="hidden" name="table" value="{{table_name}}"><input type="hidden" name="sheet" \#
        value="{{sheet}}"><input type="hidden" name="encoding" value="{{encoding}}">
        {{#headers}}<div class="field"><label>{{text}} <select name="{{name}}"><option value="?"{{#guessed}} \#
        selected{{/guessed}}>{{t.import_guess}}</option><option value=""{{#left}} selected{{/left}}>\#
        {{t.import_leave}}</option>{{#columns}}<option value="{{value}}"{{#chosen}} selected{{/chosen}}>{{text}}\#
        </option>{{/columns}}</select></label></div>{{/headers}}
        <p class="acts"><button>{{t.import_look}}</button></p></form></details>
        {{#refusals}}<p class="warning">{{t.line}} {{line}}{{#column}} · {{.}}{{/column}}: \#
        {{#reason}}{{>told}}{{/reason}}</p>{{/refusals}}
        {{#alike}}<p class="filter">{{t.line}} {{line}}: {{t.alike}} <a href="{{link}}">{{name}}</a> <small>\#
        {{#reason}}{{>told}}{{/reason}}</small></p>{{/alike}}
        {{#looked}}<div class="wide"><table>
        <thead><tr><th scope="col">{{t.line}}</th><th scope="col">{{t.what}}</th><th scope="col">{{t.cells}}</th>\#
        </tr></thead>
        <tbody>{{#changes}}<tr><td>{{line}}</td><td>{{#new}}{{t.import_is_new}}{{/new}}{{^new}}\#
        {{t.import_is_changed}}{{/new}}</td><td>{{#cells}}<p>{{label}}: {{#hadOld}}<del>{{old}}</del> {{/hadOld}}\#
        <ins>{{new}}</ins></p>{{/cells}}</td></tr>{{/changes}}</tbody></table></div>{{#cut}}<p>{{t.import_cut}}</p>{{/cut}}{{/looked}}
        """#
}
