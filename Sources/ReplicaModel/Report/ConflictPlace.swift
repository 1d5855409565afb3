/// The place of a report in the list of conflicts, behind which the list can be gone on with later.
public struct ConflictPlace: Hashable, Sendable {
    /// The table of the row.
    public let table: Identifier
    /// The key of the row; of rows that are equal in a UNIQUE, the least.
    public let key: [Value]
    /// The kind as `conflicts --kind` names it.
    public let kindName: String
    /// The column, the index or the check in question; empty where it is the row.
    public let part: String

    /// Makes the place from its parts, as a list that was shown before names them.
    public init(table: Identifier, key: [Value], kindName: String, part: String) {
        (self.table, self.key, self.kindName, self.part) = (table, key, kindName, part)
    }
}

extension ConflictReport {
    /// The place in the list.
    public var place: ConflictPlace {
        let part =
            switch kind {
            case .cell(let column, _, _): column.text
            case .duplicate(let index, _): index.text
            case .invalid(let constraint): constraint
            case .deletedEdited, .kept: ""
            }
        return ConflictPlace(table: table, key: key, kindName: kindName, part: part)
    }
}
