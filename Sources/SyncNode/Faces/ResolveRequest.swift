import ReplicaModel
import ReplicaStore

/// The way in which `resolve` is to settle a report, as people name it.
public enum ResolveRequest: Sendable {
    /// `source`: `shown`, a name in the roster, or the beginning of a site id.
    case take(column: String, source: String)
    /// Write the column with the value of an SQL literal, such as `'text'`, `5` or `NULL`.
    case value(column: String, literal: String)
    /// Keep the row against the deletes that are reported of it; one that is only kept is written anew.
    case keepRow
    /// Delete the row, with all that was written into it.
    case deleteRow
    /// `taking`: columns whose values the survivor takes from the row that goes, beside those in which it has NULL.
    case mergeInto(key: String, taking: [String])

    func resolution(of table: TableDefinition, in replica: Replica) throws(NodeError) -> Resolution {
        switch self {
        case .take(let column, "shown"): .takeShown(column: Identifier(column))
        case .take(let column, let source):
            .takeSite(column: Identifier(column), site: try MemberNames(replica).member(source))
        case .value(let column, let literal): .value(column: Identifier(column), literal: literal)
        case .keepRow: .keepRow
        case .deleteRow: .deleteRow
        case .mergeInto(let other, let columns):
            .mergeInto(key: try replica.key(other, of: table), taking: columns.map { Identifier($0) }, fillsGaps: true)
        }
    }
}
