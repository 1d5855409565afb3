import Hummingbird

/// The words of the system in the reader's language.
enum HelpPage {
    private static let words = [
        "replica", "node", "member", "peer", "changeset", "seal", "sync", "conflict", "undo", "waiting", "void",
        "role", "invitation", "stick",
    ]

    static func show(_ visit: Visit) async throws -> Response {
        let shown = words.map { word in
            ["word": visit.text("word_" + word), "means": visit.text("means_" + word)] as Facts
        }
        return await visit.page("help", title: visit.text("place_help"), at: .help, ["words": shown])
    }
}
