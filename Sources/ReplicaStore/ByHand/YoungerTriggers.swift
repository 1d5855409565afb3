import ReplicaModel
import ReplicaSchema
import SQLiteAccess

/// Triggers of a person's own that are younger than the node's on one table, as they are wherever a program makes its
/// own anew each time it starts. SQLite runs the youngest first, and one that ends in RAISE(IGNORE) or RAISE(FAIL), or
/// fails under OR FAIL, leaves the row and keeps those after it from running.
struct YoungerTriggers {
    private let transaction: Transaction
    private let table: TableState
    /// The triggers, each as the words of its text, from behind its name on.
    private let texts: [[String]]

    /// - Parameters:
    ///   - ours: the node's own on the table, by name.
    ///   - catalog: what the file has.
    init(
        of table: TableState, than ours: [Identifier: String], _ transaction: Transaction, _ catalog: SchemaCatalog
    ) {
        self.transaction = transaction
        self.table = table
        let names = Set(ours.keys.map(\.folded))
        var isOursSeen = false
        var texts: [[String]] = []
        for trigger in catalog.objects(on: table.name) where trigger.type == "trigger" {
            let isOurs = names.contains(trigger.name.folded)
            // SQLite keeps it as CREATE TRIGGER, the name, and what stood behind. The name may be any word.
            if isOursSeen, !isOurs { texts.append(Array(Self.words(of: trigger.sql).dropFirst(3))) }
            isOursSeen = isOursSeen || isOurs
        }
        self.texts = texts
    }

    var isEmpty: Bool { texts.isEmpty }

    /// Whether one of them may have kept a write from being noticed. The log is folded again then, so a program that
    /// makes its triggers anew waits for that only where they end in RAISE(IGNORE), where something in the file ends
    /// in FAIL, or where rows came or went that nobody noted, as under OR FAIL. What an UPDATE OR FAIL alone left so,
    /// `verify --deep` finds.
    ///
    /// - Parameter isFailing: what `isAnyFailing` says.
    func mayHaveHidden(isFailing: Bool) throws(StoreError) -> Bool {
        // One that runs before the row is written leaves nothing behind.
        let after = texts.filter { Self.isAfter($0) }
        if after.isEmpty { return false }
        if after.contains(where: { $0.contains("IGNORE") && $0.contains("RAISE") }) { return true }
        if isFailing { return true }
        guard after.contains(where: Self.writes) else { return false }
        return try UnseenRows(table, transaction).isAny()
    }

    private static func words(of sql: [UInt8]) -> [String] {
        SQLTokens(String(decoding: sql, as: UTF8.self)).tokens.map(\.word)
    }

    private static func isAfter(_ text: [String]) -> Bool { text.first == "AFTER" }

    private static func writes(_ text: [String]) -> Bool {
        text.drop { $0 != "BEGIN" }.contains { $0 == "INSERT" || $0 == "UPDATE" || $0 == "DELETE" || $0 == "REPLACE" }
    }

    /// Whether something that a trigger or a table does ends in FAIL: what the one on the table writes to may have
    /// triggers of its own.
    static func isAnyFailing(_ transaction: Transaction) throws(StoreError) -> Bool {
        let texts = try transaction.connection.rows(
            "SELECT sql FROM sqlite_master WHERE type IN ('trigger', 'table') AND name NOT LIKE 'caravan!_%' ESCAPE '!'"
        )
        return texts.contains { row in
            guard case .text(let sql)? = row.first else { return false }
            let tokens = words(of: sql)
            return zip(tokens, tokens.dropFirst()).contains { before, token in
                token == "FAIL" && ["OR", "CONFLICT", "("].contains(before)
            }
        }
    }
}
