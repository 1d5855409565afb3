import SQLiteAccess

/// The error of all work with a replica: what SQLite and the disk say is most of it, so it is theirs, and whoever uses
/// a replica need not know them.
package typealias StoreError = SQLiteAccess.StoreError
