/// A feature of a table that has a way of its own through capture, sealing and merge. It counts as having happened
/// where a changeset writes into such a table.
package enum SchemaFeature: String, CaseIterable, Sendable {
    /// A column without a type, which takes every value as it is.
    case untypedColumn
    case withoutRowid
    case strict
    /// A key of more than one column.
    case compositeKey
    case blobKey
    /// A table with no column beside the key.
    case keyOnly
    case nocase
    /// A column that nobody may leave empty, and that shows its default.
    case notNullDefault
    case unique
    /// A UNIQUE of more than one column.
    case uniqueOfColumns
    case check
    /// References that delete, that set NULL, and that refuse.
    case cascade, setNull, restrict
    case deferredReference
    /// A table that refers to itself.
    case selfReference
    /// A reference of more than one column.
    case compositeReference
    /// A UNIQUE index of some rows, and one of what is computed.
    case partialIndex, expressionIndex
    /// Names from all of Unicode, with quotes and control characters in them.
    case awkwardName
}
