/// The limits of what a definition may hold, the same on the wire and where a schema is written, each with its reason.
package enum SchemaLimits {
    /// SQLite ships with a limit of 2,000, and a node adds some of its own.
    package static let columnsMax = 1_900
    /// The bytes of a name of a table, a column or an index. SQLite has no limit; an identifier longer than this is a
    /// mistake.
    package static let identifierBytesMax = 1_024
    /// The bytes of an expression or a declared type.
    package static let expressionBytesMax = 65_536
}
