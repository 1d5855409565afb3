import Hummingbird
import HTTPTypes
import ReplicaModel
import SyncNode

/// Facts of a page, by the names that its template has for them.
typealias Facts = [String: Any]

/// The request of a person: what is asked for, in which language, and by whom.
struct Visit: Sendable {
    let console: Console
    let request: Request
    let context: ConsoleContext
    let language: Language
    let query: Form
    var session: BrowserSession?
    var form = Form()
    /// How often something had been written when this was asked for.
    var seen = 0

    /// A part of the path, decoded.
    func part(_ name: String) -> String { context.part(name) }

    /// Whether an open page asks by itself, because something was written, and nobody does.
    var isFollowing: Bool {
        request.uri.path == "/events"
            || HTTPField.Name("Caravan-Following").map { request.headers.contains($0) } ?? false
    }

    func reader() async throws(NodeError) -> Node { try await console.desk.reader() }
    func writer() async throws(NodeError) -> Node { try await console.desk.writer() }
    func looker() async throws(NodeError) -> Node { try await console.desk.looker() }
    func searcher() async throws(NodeError) -> Node { try await console.desk.searcher() }

    func text(_ key: String) -> String { language.text(key) }

    /// Sentences one after the other.
    func joined(_ keys: String...) -> String { language.joined(keys.map(text)) }

    /// A sentence of the node's, as it may stand on a page.
    func said(_ sentence: String) -> String { language.said(sentence).escaped() }

    /// The same for a template, which marks what is left in English, so that it is read aloud as that.
    func told(_ sentence: String) -> Facts {
        let said = language.said(sentence)
        return ["text": said.escaped(), "english": language != .en && said == sentence]
    }

    /// The page of a template, within the frame that all pages have.
    ///
    /// - Parameters:
    ///   - title: of the page, which is its first heading.
    ///   - place: the part of the console that the page is of.
    func page(
        _ template: String, title: String, at place: Place? = nil, _ facts: Facts,
        status: HTTPResponse.Status = .ok
    ) async -> Response {
        var all = facts
        all["t"] = language.messages
        all["lang"] = language.rawValue
        all["title"] = title
        all["body"] = template
        all["style"] = Asset.style.path
        all["script"] = Asset.script.path
        all["languages"] = Language.allCases.map { one in
            ["code": one.rawValue, "name": one.ownName, "link": link(switchingTo: one), "current": one == language]
                as Facts
        }
        if let session {
            all["signed_in"] = true
            all["seen"] = seen
            all["token"] = session.token
            all["once"] = String(Secret().text.prefix(32))
            all["places"] = Place.allCases.map { one in
                ["link": one.path, "name": text("place_" + one.rawValue), "current": one == place] as Facts
            }
            // A sentence is for the page to which its form leads, and not for another one that is still open.
            if !isFollowing, request.method != .head, let note = await console.sessions.takeNote(of: session.id) {
                var shown: Facts = ["text": note.text, "warning": note.isWarning]
                if let undo = note.undo { shown["undo"] = undo }
                all["note"] = shown
            }
        }
        let html = Templates.library.render(all, withTemplate: "layout") ?? ""
        return .html(html, status: status)
    }

    private func link(switchingTo language: Language) -> String {
        let isShown = request.method == .get
        let rest = (isShown ? query.fields : []).filter { $0.name != "lang" && $0.name != "secret" }
            .map { "\($0.name.urlEncoded)=\($0.value.urlEncoded)&" }.joined()
        return (isShown ? request.uri.path : "/") + "?" + rest + "lang=" + language.rawValue
    }

    /// Leaves a sentence for the next page, and leads there.
    func done(_ sentence: String, undo: String? = nil, isWarning: Bool = false, at place: String) async -> Response {
        if let session {
            await console.sessions.leave(.init(text: sentence, undo: undo, isWarning: isWarning), for: session.id)
        }
        return .seeOther(place)
    }
}

/// The parts of the console, in the order in which they stand at the top of each page.
enum Place: String, CaseIterable {
    case overview, records, conflicts, changes, alliance, `import`, help

    var path: String { self == .overview ? "/" : "/" + rawValue }
}

extension String {
    /// Whether it is an address within the console: browsers take a backslash for a slash, and two for another site.
    var isOwnPlace: Bool {
        hasPrefix("/") && !hasPrefix("//") && !contains("\\") && !unicodeScalars.contains { $0.value < 0x20 }
    }

    /// The changeset of this name, as the address of its page.
    static func changeset(_ made: (feed: FeedID, seq: UInt64)) -> String {
        "/changes/\(made.feed.description.urlEncoded)/\(made.seq)"
    }
}
