/// The page of members and peers.
extension Templates {
    static let alliance = ["alliance": page]

    private static let page = #"""
        {{#code}}
        <section class="note" aria-labelledby="h-code">
        <h2 id="h-code">{{t.invitation_made}}</h2>
        <p>{{t.invitation_how}}</p>
        <pre class="code">{{text}}</pre>
        <div class="picture" role="img" aria-label="{{t.invitation_picture}}">{{{picture}}}</div>
        </section>
        {{/code}}
        <section data-live id="live-peers" aria-labelledby="h-peers">
        <h2 id="h-peers">{{t.peers}}</h2>
        {{>peer_table}}
        <ul class="log">{{#peers}}{{#dialled}}<li><strong>{{name}}</strong> {{addresses}} {{windows}} {{rate}}
        {{^retired}}<form method="post" action="/alliance/sync">{{>hidden}}<input type="hidden" name="name" \#
        value="{{own_name}}"><button>{{t.sync_now}}</button></form>{{/retired}}
        <form method="post" action="/alliance/remove">{{>hidden}}<input type="hidden" name="name" \#
        value="{{own_name}}">\#
        <button class="plain">{{t.remove}}</button></form></li>{{/dialled}}{{/peers}}</ul>
        <form method="post" action="/alliance/sync">{{>hidden}}<button>{{t.sync_all}}</button></form>
        </section>
        <div data-live id="live-sync">{{#sync}}
        <section class="note" aria-labelledby="h-sync" role="status">
        <h3 id="h-sync">{{t.sync_title}}</h3>
        <p>{{sentence}}</p>
        <ul>{{#lines}}<li{{#bad}} class="warning"{{/bad}}>{{text}}{{#of}} <progress max="{{of}}" value="{{done}}" \#
        aria-label="{{peer}}"></progress>{{/of}}</li>{{/lines}}</ul>
        </section>
        {{/sync}}</div>
        <details{{#add}}{{#open}} open{{/open}}{{/add}}><summary>{{t.peer_add}}</summary>
        {{#add}}{{>problem}}<form class="record" method="post" action="/alliance/peer">{{>hidden}}
        <div class="field"><label for="p-name">{{t.name}}</label><input id="p-name" name="name" value="{{name}}" \#
        required></div>
        <div class="field"><label for="p-addresses">{{t.addresses}}</label><input id="p-addresses" name="addresses" \#
        value="{{addresses}}" placeholder="campus.example:7410"></div>
        <div class="field"><label for="p-windows">{{t.windows}}</label><input id="p-windows" name="windows" \#
        value="{{windows}}" placeholder="02:00-05:00"></div>
        <div class="field"><label for="p-rate">{{t.rate}}</label><input id="p-rate" name="rate" value="{{rate}}" \#
        placeholder="32k"></div>
        <p class="acts"><button>{{t.save}}</button></p></form>{{/add}}</details>
        <section data-live id="live-members" aria-labelledby="h-members">
        <h2 id="h-members">{{t.members}}</h2>
        <div class="wide"><table>
        <thead><tr><th scope="col">{{t.name}}</th><th scope="col">{{t.role}}</th><th scope="col">{{t.site}}</th><th \#
        scope="col">{{t.act}}</th></tr></thead>
        <tbody>{{#members}}<tr><th scope="row">{{name}}{{#own}} <small>{{t.this_node}}</small>{{/own}}\#
        {{#institution}}<br><small>{{.}}</small>{{/institution}}</th><td>{{role}}{{#waits}} <span class="warning">\#
        {{t.role_waits}}</span>{{/waits}}</td><td><code title="{{site}}">{{short}}</code></td>
        <td>{{#admin}}{{^own}}
        <form method="post" action="/alliance/role">{{>hidden}}<input type="hidden" name="site" value="{{site}}">\#
        <label class="aside">{{t.role}} <select name="role">{{#roles}}<option value="{{value}}"{{#chosen}} \#
        selected{{/chosen}}>{{text}}</option>{{/roles}}</select></label><button>{{t.role_set}}</button></form>
        {{#active}}<details><summary>{{t.retire}}</summary><p>{{t.retire_means}}</p><form method="post" \#
        action="/alliance/retire">{{>hidden}}<input type="hidden" name="site" value="{{site}}"><label><input \#
        type="checkbox" name="sure" value="1" required> {{t.retire_yes}}</label><button class="danger">{{t.retire}}\#
        </button></form></details>{{/active}}
        <form method="post" action="/alliance/release">{{>hidden}}<input type="hidden" name="site" value="{{site}}">\#
        <button class="plain">{{t.release}}</button></form>
        {{/own}}{{/admin}}</td></tr>{{/members}}</tbody></table></div>
        </section>
        <section aria-labelledby="h-invite">
        <h2 id="h-invite">{{t.invite}}</h2>
        {{^admin}}<p>{{t.invite_admins}}</p>{{/admin}}
        {{#admin}}{{#ask}}{{>problem}}
        <form class="record" method="post" action="/alliance/invite">{{>hidden}}
        <div class="field"><label for="i-role">{{t.role}}</label><select id="i-role" name="role">{{#roles}}<option \#
        value="{{value}}"{{#chosen}} selected{{/chosen}}>{{text}}</option>{{/roles}}</select></div>
        <div class="field"><label for="i-days">{{t.days}}</label><input id="i-days" name="days" value="{{days}}" \#
        inputmode="numeric"></div>
        <div class="field"><label for="i-addresses">{{t.addresses_own}}</label><input id="i-addresses" \#
        name="addresses" value="{{addresses}}" placeholder="campus.example:7410"></div>
        <p class="acts"><button>{{t.invite}}</button></p></form>
        {{/ask}}{{/admin}}
        <div class="wide"><table>
        <thead><tr><th scope="col">{{t.invitation}}</th><th scope="col">{{t.role}}</th><th scope="col">{{t.state}}\#
        </th><th scope="col">{{t.expires}}</th><th scope="col">{{t.act}}</th></tr></thead>
        <tbody>{{#invitations}}<tr><th scope="row"><code>{{id}}</code></th><td>{{role}}</td><td>{{state}}\#
        {{#by}} ({{.}}){{/by}}</td><td>{{#expires}}{{>time}}{{/expires}}</td><td>{{#open}}<form method="post" \#
        action="/alliance/withdraw">{{>hidden}}<input type="hidden" name="id" value="{{id}}"><button>{{t.withdraw}}\#
        </button></form>{{/open}}</td></tr>{{/invitations}}</tbody></table></div>
        </section>
        {{>sticks}}
        """#
}
