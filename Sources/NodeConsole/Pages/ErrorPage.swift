import Hummingbird
import HTTPTypes
import ReplicaModel
import SyncNode

/// The page that says what went wrong, and what to do.
enum ErrorPage {
    static func show(_ visit: Visit, _ status: HTTPResponse.Status, _ key: String) async -> Response {
        await visit.page(
            "error", title: visit.text("error_title"), typed(visit).merging(["sentence": visit.text(key)]) { $1 },
            status: status)
    }

    static func show(_ visit: Visit, _ error: NodeError) async -> Response {
        await visit.page(
            "error", title: visit.text("error_title"),
            typed(visit).merging(
                ["sentence": sentence(of: error, visit), "detail": visit.told(error.message)]) { $1 },
            status: status(of: error))
    }

    /// The texts that a form brought which cannot be shown again, so that they can be copied.
    private static func typed(_ visit: Visit) -> Facts {
        let texts = visit.form.values(behind: "v.") + visit.form.values(behind: "value")
        let shown = texts.filter { !$0.value.isEmpty }.map { ["label": $0.name.escaped(), "text": $0.value] as Facts }
        return shown.isEmpty ? [:] : ["typed": ["list": shown] as Facts]
    }

    /// The kind of an error in the reader's language.
    static func sentence(of error: NodeError, _ visit: Visit) -> String {
        switch error.kind {
        case .notFound: visit.text("error_not_found")
        case .noRight, .exposedKey: visit.text("error_no_right")
        case .locked: visit.text("error_locked")
        case .diskFull, .disk: visit.text("error_disk")
        case .wrongSQL, .schema: visit.text("error_rule")
        case .usage: visit.text("error_usage")
        case .unreachable, .refused: visit.text("error_peer")
        default: visit.text("error_replica")
        }
    }

    static func status(of error: NodeError) -> HTTPResponse.Status {
        switch error.kind {
        case .notFound: .notFound
        case .usage, .wrongSQL, .schema: .badRequest
        case .noRight, .exposedKey: .forbidden
        case .unreachable, .refused: .badGateway
        default: .serviceUnavailable
        }
    }
}
