/// The part of the page of members and peers that is about files, and the page of one file.
enum StickTemplates {
    static let all = ["sticks": forms, "stick": page]

    private static let forms = #"""
        <section aria-labelledby="h-stick">
        <h2 id="h-stick">{{t.stick_title}}</h2>
        <p>{{t.stick_about}}</p>
        <div class="sides">
        <form class="side" method="post" action="/sticks/export">{{>hidden}}
        <div class="field"><label for="s-to">{{t.stick_for}}</label><select id="s-to" name="to"><option value="">\#
        {{t.stick_anyone}}</option>{{#members}}{{^own}}<option value="{{site}}">{{name}}</option>{{/own}}{{/members}}\#
        </select></div>
        <p><label><input type="checkbox" name="encrypt" value="1"> {{t.stick_encrypt}}</label></p>
        <p><button>{{t.stick_export}}</button></p></form>
        <form class="side" method="post" action="/sticks" enctype="multipart/form-data">\#
        <input type="hidden" name="token" value="{{token}}">
        <div class="field"><label for="s-file">{{t.stick_file}}</label><input id="s-file" type="file" name="file" \#
        required></div>
        <p><button>{{t.stick_look}}</button></p></form>
        <form class="side" method="post" action="/sticks/request">{{>hidden}}
        <p>{{t.stick_request_about}}</p>
        <p><button class="plain">{{t.stick_request}}</button></p></form>
        </div>
        </section>
        """#

    private static let page = #"""
        <dl class="fields">
        <dt>{{t.stick_from}}</dt><dd>{{from}}</dd>
        <dt>{{t.stick_readers}}</dt><dd>{{for}}</dd>
        <dt>{{t.stick_holds}}</dt><dd>{{holds}}{{#feeds}}<br><small>{{text}}</small>{{/feeds}}\#
        <br><small>{{size}}</small></dd>
        {{#lacks}}<dt>{{t.stick_lacks}}</dt><dd>{{.}}</dd>{{/lacks}}
        </dl>
        {{#missing}}<p class="warning">{{t.stick_missing}}: {{text}}</p>{{/missing}}
        <form method="post" action="/sticks/{{id}}">{{>hidden}}<p class="acts"><button>{{t.stick_take}}</button> \#
        <a href="/alliance">{{t.cancel}}</a></p></form>
        """#
}
