import Hummingbird
import HTTPTypes
import ReplicaModel
import SyncNode

/// The page that says what went wrong, and what to do.
enum ErrorPage {
    static func show(_ visit: Visit, _ status: HTTPResponse.Status, _ key: String) async -> Response {
        await visit.page(
            "error", title: visit.text("error_title"), ["sentence": visit.text(key)], status: status)
    }

    static func show(_ visit: Visit, _ error: NodeError) async -> Response {
        await visit.page(
            "error", title: visit.text("error_title"),
            ["sentence": sentence(of: error, visit), "detail": visit.told(error.message)], status: status(of: error))
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

    private static func status(of error: NodeError) -> HTTPResponse.Status {
        switch error.kind {
        case .notFound: .notFound
        case .usage, .wrongSQL, .schema: .badRequest
        case .noRight, .exposedKey: .forbidden
        case .unreachable, .refused: .badGateway
        default: .serviceUnavailable
        }
    }
}
