/// The view of one conflict wherever it stands, and the page of one that could not be settled as it was shown.
enum ConflictTemplates {
    static let all = [
        "conflict": conflict, "last": last, "settle": settle, "settled": settled, "other": other, "refused": refused,
    ]

    /// The view of a conflict, with a form for each way to settle it.
    private static let conflict = #"""
        <article class="conflict" aria-label="{{kind}}">
        <h2>{{kind}}: <a href="{{link}}">{{name}}</a> <small>{{table}}</small></h2>
        {{#cell}}
        <p><strong>{{column}}</strong></p>
        <div class="sides">{{#sides}}<div class="side">
        <p class="long">{{#empty}}<span class="empty">—</span>{{/empty}}{{^empty}}{{before}}<mark>{{differs}}</mark>\#
        {{after}}{{#.rest}} <a href="{{.}}">{{t.show_all}}</a>{{/.rest}}{{/empty}}</p>
        <p><small>{{who}}, {{#when}}{{>time}}{{/when}}{{#shown}} · <strong>{{t.is_shown}}</strong>{{/shown}}</small>\#
        </p>
        {{#may_write}}<form method="post" action="/conflicts/settle">{{>settled}}<input type="hidden" name="act" \#
        value="take"><input type="hidden" name="column" value="{{column_name}}"><input type="hidden" name="write" \#
        value="{{write}}"><button>{{t.take_this}}</button></form>{{/may_write}}
        </div>{{/sides}}</div>
        {{#may_write}}{{#other}}<details><summary>{{t.write_other}}</summary>{{>other}}</details>{{/other}}{{#edit}}<p><a href="{{.}}">{{t.write_other}}</a></p>{{/edit}}{{/may_write}}
        {{/cell}}
        {{#row}}
        <p>{{sentence}}</p>
        <ul>{{#writes}}<li>{{t.conflict_deleted_by}}: {{who}}, {{#when}}{{>time}}{{/when}}</li>{{/writes}}{{#edits}}<li>\#
        {{t.conflict_edited_by}}: {{label}} – {{#value}}{{>value}}{{/value}} <small>{{who}}, {{#when}}{{>time}}{{/when}}\#
        </small></li>{{/edits}}{{#referrers}}<li>{{table}}: <a \#
        href="{{link}}">{{name}}</a></li>{{/referrers}}</ul>
        {{#last}}{{>last}}{{/last}}
        {{#may_write}}<div class="acts">
        <form method="post" action="/conflicts/settle">{{>settled}}<input type="hidden" name="act" value="keep">\#
        <button>{{t.keep_row}}</button></form>
        <form method="post" action="/conflicts/settle">{{>settled}}<input type="hidden" name="act" value="delete">\#
        <button class="danger">{{t.delete_row}}</button></form>
        </div>{{/may_write}}
        {{/row}}
        {{#duplicate}}
        <p>{{t.duplicate_sentence}}</p>
        <ul>{{#rows}}<li><a href="{{link}}">{{name}}</a>{{#.key}} <code>{{.}}</code>{{/.key}}{{#.last}} {{>last}}\#
        {{/.last}}{{#may_write}}{{#.merge}} <a class="button" href="{{.}}">{{t.merge_into_first}}</a>{{/.merge}}\#
        {{/may_write}}<dl class="cells">{{#cells}}<dt>{{label}}</dt><dd>{{#value}}{{>value}}{{/value}}</dd>{{/cells}}\#
        </dl></li>{{/rows}}</ul>
        {{/duplicate}}
        {{#invalid}}
        <p>{{t.invalid_sentence}} <code>{{constraint}}</code></p>{{#rules}}<p>{{label}}: {{text}}</p>{{/rules}}
        {{#last}}{{>last}}{{/last}}
        {{#may_write}}<p><a class="button" href="{{edit}}">{{t.edit}}</a></p>{{/may_write}}
        {{/invalid}}
        </article>
        """#

    /// The writer of the last write into a record.
    private static let last = #"<small>{{t.last_written}}: {{who}}, {{#when}}{{>time}}{{/when}}</small>"#

    /// The reason why this node may not write.
    private static let refused = #"{{#refusal}}<p class="note">{{>told}}</p>{{/refusal}}"#

    /// Hidden fields of every form that settles a conflict: the record, as it was shown.
    private static let settled = #"""
        {{>hidden}}<input type="hidden" name="table" value="{{table_name}}"><input type="hidden" name="key" \#
        value="{{key}}"><input type="hidden" name="version" value="{{version}}"><input type="hidden" name="back" \#
        value="{{back}}">
        """#

    /// The form that writes another value.
    private static let other = #"""
        <form method="post" action="/conflicts/settle">{{>settled}}<input type="hidden" name="act" value="value">\#
        <input type="hidden" name="column" value="{{column_name}}">{{>field}}<button>{{t.save}}</button></form>
        """#

    private static let settle = #"""
        {{>problem}}
        <p><a href="{{link}}">{{name}}</a> <small>{{table}}</small></p>
        {{#there}}<dl class="fields"><dt>{{column}}</dt><dd class="long">{{#value}}{{>value}}{{/value}}</dd></dl>
        {{#other}}<section><h2>{{t.write_other}}</h2>{{>other}}</section>{{/other}}{{/there}}
        {{#conflicts}}{{>conflict}}{{/conflicts}}
        {{^conflicts}}<p>{{t.settle_none}}</p>{{/conflicts}}
        <p><a href="/conflicts">{{t.place_conflicts}}</a></p>
        """#
}
