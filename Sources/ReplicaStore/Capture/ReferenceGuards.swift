import ReplicaModel

/// The text of the triggers that refuse what would leave a reference without its row, where a client has `foreign_keys`
/// off, as the shell and Python have by default. Where it is on SQLite does it itself, and the last term of each
/// condition ends the matter.
struct ReferenceGuards {
    /// A foreign key with both its ends.
    struct Link {
        let source: TableDefinition
        let columns: [Identifier]
        let target: TableDefinition
    }

    let id: Int64
    let table: TableDefinition
    /// The foreign keys of the table, and those to it.
    let outgoing: [Link]
    let incoming: [Link]

    private static let isOff = "NOT (SELECT foreign_keys FROM pragma_foreign_keys)"

    var sql: [String] {
        var out: [String] = []
        if !outgoing.isEmpty {
            let columns = Set(outgoing.flatMap(\.columns)).sorted().map(\.quoted).joined(separator: ", ")
            let condition = any(outgoing.map(isMissing))
            out.append(trigger(.referInsertGuard, "AFTER INSERT", condition, missing))
            out.append(trigger(.referUpdateGuard, "AFTER UPDATE OF \(columns)", condition, missing))
        }
        if !incoming.isEmpty {
            let isNew = any(table.key.map { "OLD.\($0.quoted) IS NOT NEW.\($0.quoted)" })
            let isGone =
                """
                NOT EXISTS (SELECT 1 FROM \(table.name.quoted) AS p WHERE \
                \(all(table.key.map { "p.\($0.quoted) = OLD.\($0.quoted)" })))
                """
            let condition = any(incoming.map(isReferredTo))
            out.append(trigger(.referredDeleteGuard, "AFTER DELETE", condition, referred))
            out.append(
                trigger(
                    .referredUpdateGuard, "AFTER UPDATE OF \(CaptureTriggers.namesOfKey(of: table))",
                    "\(isNew) AND \(condition) AND \(isGone)", referred, where: isOffOrMiscounted))
        }
        return out
    }

    /// - Parameter isOurs: where SQLite does not do it itself.
    private func trigger(
        _ event: CaptureTriggers.Event, _ when: String, _ condition: String, _ sentence: String,
        where isOurs: String = isOff
    ) -> String {
        """
        CREATE TRIGGER \(CaptureTriggers.name(event, id)) \(when) ON \(table.name.quoted) FOR EACH ROW
        WHEN \(condition) AND \(isOurs) BEGIN
        \(isOurs == Self.isOff ? "" : "SELECT RAISE(ABORT, \(changeFirst.literal)) WHERE NOT \(Self.isOff);\n")\
        SELECT RAISE(ABORT, \(sentence.literal));
        END
        """
    }

    /// `foreign_keys` is off; or SQLite counts wrongly: a row that takes the key of the row to which it refers, by
    /// UPDATE OR REPLACE, is counted twice as one that is right again, and then another is missed that still refers to
    /// its key of before (seen in 3.40).
    private var isOffOrMiscounted: String {
        let own = incoming.filter { $0.source.name == table.name }.map { link in
            all(
                zip(link.columns, table.key).flatMap { column, key in
                    ["OLD", "NEW"].map { "\($0).\(column.quoted) = NEW.\(key.quoted)" }
                })
        }
        return own.isEmpty ? Self.isOff : any([Self.isOff] + own)
    }

    private var missing: String {
        "FOREIGN KEY constraint failed: \(table.name) refers to a row that does not exist; enter that row first"
    }

    private var referred: String { "\(changeFirst), or turn PRAGMA foreign_keys on" }

    private var changeFirst: String {
        "FOREIGN KEY constraint failed: another row refers to this one of \(table.name); change that first"
    }

    /// NEW refers to a row that is not there.
    private func isMissing(_ link: Link) -> String {
        let isSet = link.columns.map { "NEW.\($0.quoted) IS NOT NULL" }
        let isIt = zip(link.target.key, link.columns).map { "p.\($0.quoted) = NEW.\($1.quoted)" }
        return "(\(all(isSet)) AND NOT EXISTS (SELECT 1 FROM \(link.target.name.quoted) AS p WHERE \(all(isIt))))"
    }

    /// The term for whether something refers to OLD.
    private func isReferredTo(_ link: Link) -> String {
        let isIt = zip(link.columns, table.key).map { "c.\($0.quoted) = OLD.\($1.quoted)" }
        return "EXISTS (SELECT 1 FROM \(link.source.name.quoted) AS c WHERE \(all(isIt)))"
    }

    private func all(_ terms: [String]) -> String { SQLTerms.balanced(terms, by: "AND") }

    private func any(_ terms: [String]) -> String { "(\(SQLTerms.balanced(terms, by: "OR")))" }
}
