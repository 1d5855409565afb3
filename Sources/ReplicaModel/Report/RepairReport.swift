/// The changes that `repair` made to one table.
public struct RepairReport: Sendable {
    /// The name of the table.
    public let table: Identifier
    /// Rows that the log has and the table lacked.
    public let restored: Int
    /// Rows that the table had otherwise than the log, or that the log had not: they are edits now, or lie in
    /// `TABLE__local` where this node may not write.
    public let offered: Int
    /// Rows of which what was kept of who wrote them did not follow from the log.
    public let clocks: Int
    /// Whether this node may write, so that what it offers is sealed as edits.
    public let mayWrite: Bool

    /// The name of the table in which a node that may not write keeps what it offers.
    public var aside: Identifier { table + "__local" }

    package init(table: Identifier, restored: Int, offered: Int, clocks: Int, mayWrite: Bool) {
        self.table = table
        self.restored = restored
        self.offered = offered
        self.clocks = clocks
        self.mayWrite = mayWrite
    }
}
