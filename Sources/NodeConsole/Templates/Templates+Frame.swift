/// The frame of every page, and pages that stand alone.
extension Templates {
    static let frame = [
        "layout": layout, "overview": overview, "tables": tables, "table_rows": tableRows, "sign_in": signIn,
        "entered": entered, "error": error, "sessions": sessions, "help": help, "time": time, "hidden": hidden,
        "peer_table": peerTable, "told": told,
    ]

    private static let layout = #"""
        <!doctype html>
        <html lang="{{lang}}">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        {{#leads}}<meta http-equiv="refresh" content="0; url=/">{{/leads}}
        <title>{{title}} · Caravan</title>
        <link rel="icon" href="data:,">
        <link rel="stylesheet" href="{{style}}">
        <script src="{{script}}" defer></script>
        </head>
        <body{{#signed_in}} data-events="/events?seen={{seen}}"{{/signed_in}}{{#follow}} data-follow="{{.}}"{{/follow}}>
        <a class="skip" href="#main">{{t.skip}}</a>
        <header>
        <a class="mark" href="/">Caravan</a>
        {{#signed_in}}
        <nav aria-label="{{t.navigation}}"><ul>{{#places}}<li><a href="{{link}}"{{#current}} \#
        aria-current="page"{{/current}}>{{name}}</a></li>{{/places}}</ul></nav>
        {{/signed_in}}
        <ul class="languages" aria-label="{{t.languages}}">{{#languages}}<li><a href="{{link}}" lang="{{code}}" \#
        hreflang="{{code}}"{{#current}} aria-current="true"{{/current}}>{{name}}</a></li>{{/languages}}</ul>
        </header>
        <p class="news" id="news" role="status" hidden>{{t.news}} <a href="">{{t.reload}}</a></p>
        <main id="main">
        {{#note}}<div class="note{{#warning}} warning{{/warning}}" role="status"><p>{{text}}</p>{{#undo}}<form \#
        method="post" action="/undo">{{>hidden}}<input type="hidden" name="changeset" value="{{.}}"><button>\#
        {{t.undo}}</button></form>{{/undo}}</div>{{/note}}
        <h1>{{title}}</h1>
        {{>*body}}
        </main>
        {{#signed_in}}
        <footer>
        <form method="post" action="/sign-out">{{>hidden}}<button class="plain">{{t.sign_out}}</button></form>
        <a href="/sessions">{{t.sessions_title}}</a>
        </footer>
        {{/signed_in}}
        </body>
        </html>
        """#

    /// Hidden fields that every form carries.
    private static let hidden = #"""
        <input type="hidden" name="token" value="{{token}}"><input type="hidden" name="once" value="{{once}}">
        """#

    /// A sentence of the node's, in the reader's language as far as it is known.
    private static let told = #"<span{{#english}} lang="en"{{/english}}>{{text}}</span>"#

    private static let time = #"<time datetime="{{iso}}" title="{{utc}}">{{text}}</time>"#

    private static let overview = #"""
        <div data-live id="live-sync">
        {{#ended}}<p class="lead warning">{{sentence}}</p><p>{{what}}</p>{{/ended}}
        {{^ended}}<p class="lead">{{sentence}}</p>{{/ended}}
        <p>{{who}}</p>
        {{#waiting}}<p class="warning">{{text}}</p>{{/waiting}}
        </div>
        <section data-live id="live-conflicts" aria-labelledby="h-conflicts">
        <h2 id="h-conflicts">{{t.place_conflicts}}</h2>
        <p><a href="/conflicts">{{conflict_count}}</a></p>
        {{#conflicts}}<ul class="chips">{{#kinds}}<li><a href="{{link}}">{{name}} <span class="count">{{count}}\#
        </span></a></li>{{/kinds}}</ul>{{/conflicts}}
        </section>
        <section data-live id="live-peers" aria-labelledby="h-peers">
        <h2 id="h-peers">{{t.peers}}</h2>
        {{>peer_table}}
        <p><a href="/alliance">{{t.place_alliance}}</a></p>
        </section>
        <section aria-labelledby="h-check">
        <h2 id="h-check">{{t.check_title}}</h2>
        {{#checked}}
        {{#well}}<p class="good">{{t.check_well}}</p>{{/well}}
        <ul>{{#findings}}<li>{{message}}{{#link}} <a href="{{.}}">{{t.look}}</a>{{/link}}{{#sync}} <form \#
        class="beside" method="post" action="/alliance/sync">{{>hidden}}<button>{{t.sync_all}}</button></form>{{/sync}}</li>{{/findings}}</ul>
        {{/checked}}
        <p><a class="button" href="/?check=1">{{t.check}}</a></p>
        </section>
        <section data-live id="live-today" aria-labelledby="h-today">
        <h2 id="h-today">{{t.today}}</h2>
        {{^changes}}{{^more}}<p>{{t.today_nothing}}</p>{{/more}}{{/changes}}
        <ul class="log">{{#changes}}<li>{{#when}}{{>time}}{{/when}} <strong>{{who}}</strong> <a href="{{link}}">\#
        {{what}}</a></li>{{/changes}}</ul>
        <p><a href="/changes">{{t.all_changes}}</a></p>
        </section>
        <section data-live id="live-tables" aria-labelledby="h-tables">
        <h2 id="h-tables">{{t.place_records}}</h2>
        {{>table_rows}}
        </section>
        """#

    private static let peerTable = #"""
        {{^peers}}<p>{{t.no_peers}}</p>{{/peers}}
        <div class="wide"><table>
        <thead><tr><th scope="col">{{t.name}}</th><th scope="col">{{t.state}}</th><th scope="col">{{t.met}}</th><th \#
        scope="col">{{t.lag}}</th></tr></thead>
        <tbody>{{#peers}}<tr><th scope="row">{{name}}</th>
        <td><span class="{{#connected}}good{{/connected}}">{{state}}</span>{{#clock}}<br><span class="warning">{{.}}\#
        </span>{{/clock}}</td>
        <td>{{#met}}{{>time}}{{/met}}{{^met}}{{t.never}}{{/met}}{{#error}}<br><span class="warning">{{>told}}</span>\#
        {{/error}}</td>
        <td>{{#sync}}{{t.same}}{{/sync}}{{^sync}}{{lag}}{{/sync}}</td></tr>{{/peers}}</tbody>
        </table></div>
        """#

    private static let tables = #"<div data-live id="live-tables">{{>table_rows}}</div>"#

    private static let tableRows = #"""
        <ul class="tables">{{#tables}}<li><a href="{{link}}">{{name}}</a> <span class="count">{{count}}</span>\#
        {{#about}}<br><small>{{.}}</small>{{/about}}</li>{{/tables}}</ul>
        """#

    private static let signIn = #"""
        {{#lost}}<p class="lead warning">{{t.sign_in_back}}</p>{{/lost}}
        <p class="lead">{{t.sign_in_how}}</p>
        <pre>caravan console</pre>
        <p>{{t.sign_in_once}}</p>
        """#

    private static let entered = #"<p><a href="/">{{t.sign_in_on}}</a></p>"#

    private static let error = #"""
        <p class="lead">{{sentence}}</p>
        {{#detail}}<p class="detail">{{>told}}</p>{{/detail}}
        {{>typed}}
        <p><a href="/">{{t.place_overview}}</a></p>
        """#

    private static let sessions = #"""
        <p>{{t.sessions_about}}</p>
        <div class="wide"><table>
        <thead><tr><th scope="col">{{t.begun}}</th><th scope="col">{{t.seen}}</th><th scope="col">{{t.address}}</th>\#
        <th scope="col">{{t.browser}}</th><th scope="col">{{t.act}}</th></tr></thead>
        <tbody>{{#sessions}}<tr><td>{{#begun}}{{>time}}{{/begun}}</td><td>{{#seen}}{{>time}}{{/seen}}</td><td>\#
        {{address}}</td><td>{{agent}}{{#own}} <strong>{{t.this_one}}</strong>{{/own}}</td>
        <td><form method="post" action="/sessions/end">{{>hidden}}<input type="hidden" name="id" value="{{id}}">\#
        <button>{{t.end}}</button></form></td></tr>{{/sessions}}</tbody>
        </table></div>
        """#

    private static let help = #"""
        <p>{{t.help_about}}</p>
        <dl>{{#words}}<dt>{{word}}</dt><dd>{{means}}</dd>{{/words}}</dl>
        """#
}
