/// Pages of records.
extension Templates {
    static let records = ["records": list, "record": record, "value": value]

    /// A value, and where it leads: within the console, or to the web in so many words.
    private static let value = #"""
        {{#.empty}}<span class="empty">—</span>{{/.empty}}{{^.empty}}{{#.link}}<a href="{{.}}">{{text}}</a>\#
        {{/.link}}{{^.link}}{{#.outside}}<a href="{{.}}" rel="noopener noreferrer external" target="_blank">{{text}}\#
        </a>{{/.outside}}{{^.outside}}{{text}}{{/.outside}}{{/.link}}{{#.rest}} <a href="{{.}}">{{t.show_all}}</a>{{/.rest}}{{/.empty}}
        """#

    private static let list = #"""
        {{#about}}<p>{{.}}</p>{{/about}}
        <form class="search" method="get" action="{{here}}" role="search">
        {{#criteria}}<input type="hidden" name="{{name}}" value="{{value}}">{{/criteria}}
        <label for="q">{{t.search}}</label>
        <input id="q" type="search" name="q" value="{{search}}">
        <button>{{t.find}}</button>
        </form>
        {{#filters}}<p class="filter">{{column}} = <strong>{{text}}</strong> <a href="{{drop}}">{{t.filter_drop}}\#
        </a></p>{{/filters}}
        {{>refused}}
        <p class="acts">{{#may_write}}<a class="button" href="{{new}}">{{t.new}}</a>{{/may_write}}
        <span>{{t.export_as}} {{#exports}}<a href="{{link}}" download>{{name}}</a> {{/exports}}</span>
        {{#may_write}}<a href="{{import}}">{{t.place_import}}</a>{{/may_write}}</p>
        <div data-live id="live-rows">
        {{#none}}<p class="lead">{{t.nothing_found}}</p>{{/none}}
        {{^none}}
        <div class="wide"><table>
        <thead><tr>{{#heads}}<th scope="col"{{#up}} aria-sort="ascending"{{/up}}{{#down}} \#
        aria-sort="descending"{{/down}}>{{#.link}}<a href="{{.}}">{{name}}</a>{{/.link}}{{^.link}}{{name}}{{/.link}}</th>{{/heads}}</tr></thead>
        <tbody>{{#rows}}<tr><th scope="row"><a href="{{link}}">{{name}}</a>{{#others}}<br><small>{{.}}</small>\#
        {{/others}}</th>{{#cells}}<td>{{>value}}</td>{{/cells}}</tr>{{/rows}}</tbody>
        </table></div>
        {{/none}}
        {{#paused}}<p class="lead">{{sentence}} <a class="button" href="{{link}}">{{t.search_on}}</a></p>{{/paused}}
        <nav class="pages" aria-label="{{t.pages}}">{{#first}}<a href="{{.}}">{{t.first}}</a>\#
        {{/first}} {{#previous}}<a rel="prev" href="{{.}}">{{t.previous}}</a>{{/previous}} {{#next}}<a rel="next" \#
        href="{{.}}">{{t.next}}</a>{{/next}}</nav>
        </div>
        """#

    private static let record = #"""
        <p><a href="{{list}}">{{table}}</a> · <code>{{key}}</code>{{#others}} · {{.}}{{/others}}</p>
        {{#gone}}<p class="lead">{{t.record_gone}}{{^asked}} <a class="button" href="{{history_link}}">{{t.history}}\#
        </a>{{/asked}}</p>{{#never}}<p>{{t.record_never}}</p>{{/never}}{{/gone}}
        {{^gone}}
        {{>refused}}
        <p class="acts">{{#may_write}}<a class="button" href="{{edit}}">{{t.edit}}</a> <a \#
        href="{{delete}}">{{t.delete}}</a>{{/may_write}}
        {{#who}}<a href="{{here}}">{{t.who_not}}</a>{{/who}}{{^who}}<a href="{{who_link}}">{{t.who}}</a>{{/who}}
        <a href="{{history_link}}">{{t.history}}</a></p>
        <div data-live id="live-record">
        {{#conflicts}}{{>conflict}}{{/conflicts}}
        <dl class="fields">{{#fields}}<dt>{{label}}{{#computed}} <small>{{t.computed}}\#
        </small>{{/computed}}</dt><dd>{{#value}}{{#isLong}}<span class="long">{{>value}}\#
        </span>{{/isLong}}{{^isLong}}{{>value}}{{/isLong}}{{/value}}
        {{#who}}{{#writer}}<small class="writer">{{who}}, {{#when}}{{>time}}{{/when}}, <a href="{{changeset}}">\#
        {{t.changeset}}</a></small>{{/writer}}{{/who}}
        {{#conflict}}{{>conflict}}{{/conflict}}</dd>{{/fields}}</dl>
        </div>
        <section data-live id="live-referrers" aria-labelledby="h-refer">
        <h2 id="h-refer">{{t.referrers}}</h2>
        {{^referrers}}<p>{{t.referrers_none}}</p>{{/referrers}}
        {{#referrers}}<h3>{{table}} · {{column}}</h3><ul>{{#rows}}<li><a href="{{link}}">{{name}}</a></li>{{/rows}}\#
        {{#more}}<li><a href="{{.}}">{{t.all_of_them}}</a></li>{{/more}}</ul>{{/referrers}}
        </section>
        {{/gone}}
        {{#has_history}}<section id="history" aria-labelledby="h-history">
        <h2 id="h-history">{{t.history}}</h2>
        <ol class="timeline">{{#history}}<li id="v{{number}}"{{#void}} class="void"{{/void}}>
        <p>{{#when}}{{>time}}{{/when}} <strong>{{who}}</strong> {{act}}{{#apart}} · {{t.apart}}{{/apart}}\#
        {{#void}} · {{t.void}}{{/void}} · <a href="{{changeset}}">{{t.changeset}}</a> · <a href="{{then_link}}">\#
        {{t.as_then}}</a></p>
        <dl class="cells">{{#cells}}<dt>{{label}}</dt><dd>{{#value}}{{>value}}{{/value}}</dd>{{/cells}}</dl>
        <dl class="cells then">{{#then}}<dt>{{label}}</dt><dd>{{#value}}{{>value}}{{/value}}</dd>{{/then}}</dl>
        </li>{{/history}}</ol>
        </section>{{/has_history}}
        """#
}
