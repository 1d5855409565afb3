import ReplicaModel
import SQLiteAccess

/// The right of a person's SQL when this software runs it: everything with tables of people's own making, and nothing
/// that the node stands on. What other programs do to that cannot be prevented; it is made good or named.
final class PersonalRight {
    /// The table that the present statement drops, whose triggers go with it.
    private var dropped: Identifier?

    func permits(_ act: Authorizer.Act) -> Bool {
        switch act.action {
        case .read, .select, .function, .transaction, .savepoint: return true
        case .insert, .update, .delete:
            return !Self.isOfNode(act.first) || Self.isOfNode(act.origin) || isOfVacuum(act)
        case .dropTable:
            dropped = act.first.map { Identifier($0) }
            return !Self.isOfNode(act.first)
        case .dropTrigger: return !Self.isOfNode(act.first) || act.second.map { Identifier($0) } == dropped
        case .createTemporaryTrigger: return false
        case _ where AuthorizedAction.definitions.contains(act.action):
            return isOfVacuum(act) || !(Self.isOfNode(act.first) || Self.isOfNode(act.second))
        // VACUUM makes the file anew by way of a database without a name.
        case .attach: return act.first == ""
        case .pragma: return act.second == nil || Self.settings.contains(act.first?.asciiUppercased ?? "")
        default: return true
        }
    }

    /// Notes that one statement ends, and another begins.
    func nextStatement() { dropped = nil }

    /// Why something is refused, and what to do instead.
    static func refusal(of act: (action: AuthorizedAction, first: String?, second: String?)) -> String {
        switch act.action {
        case .attach:
            return
                """
                `caravan sql` opens no other file: use `caravan backup FILE` for a copy, and the sqlite3 shell for \
                ATTACH
                """
        case .pragma:
            return "PRAGMA \(act.first ?? "") is not set by `caravan sql`: the node depends on how it is"
        case .createTemporaryTrigger:
            return "a TEMP trigger can keep the node from seeing what is written: make it without TEMP"
        default:
            let name = isOfNode(act.first) ? act.first : act.second
            return
                """
                \(name ?? "") is the node's own, and is for the node alone to write: use tables of your own, and \
                commands such as `caravan repair`
                """
        }
    }

    /// The pragmas that may be given a value: those that ask about something, and those that hold for this connection
    /// alone and let no wrong row through.
    private static let settings: Set<String> = [
        "TABLE_INFO", "TABLE_XINFO", "TABLE_LIST", "INDEX_LIST", "INDEX_INFO", "INDEX_XINFO", "FOREIGN_KEY_LIST",
        "FOREIGN_KEY_CHECK", "INTEGRITY_CHECK", "QUICK_CHECK",
        "FOREIGN_KEYS", "DEFER_FOREIGN_KEYS", "RECURSIVE_TRIGGERS", "LEGACY_ALTER_TABLE", "CACHE_SIZE", "BUSY_TIMEOUT",
        "ANALYSIS_LIMIT", "AUTOMATIC_INDEX",
        "REVERSE_UNORDERED_SELECTS", "OPTIMIZE", "WAL_CHECKPOINT", "INCREMENTAL_VACUUM", "USER_VERSION",
    ]

    private func isOfVacuum(_ act: Authorizer.Act) -> Bool { act.database?.hasPrefix("vacuum_") ?? false }

    /// Pages themselves count as well, where SQLite lets them be written as rows.
    private static func isOfNode(_ name: String?) -> Bool {
        guard let name = name?.asciiUppercased else { return false }
        return name.hasPrefix("CARAVAN_") || name == "SQLITE_DBPAGE"
    }
}
