/// A record as it stands, with who wrote what.
public struct RecordReport: Sendable {
    /// The name of the record's table.
    public let table: Identifier
    /// The values of the key's columns, in the order of the key.
    public let key: [Value]
    /// The shown value of every column beside the key.
    public let values: [Identifier: Value]
    /// The write of every column whose shown value somebody wrote; one that shows its default is absent.
    public let writers: [Identifier: WriteReport]
    /// The columns beside the key that hold a write which no delete of the record had seen.
    package let living: Set<Identifier>
    /// The conflicts that are listed of it, groups of equal rows of which it is one among them.
    public let reports: [ConflictReport]

    package init(
        table: Identifier, key: [Value], values: [Identifier: Value], writers: [Identifier: WriteReport],
        living: Set<Identifier> = [], reports: [ConflictReport]
    ) {
        self.table = table
        self.key = key
        self.values = values
        self.writers = writers
        self.living = living
        self.reports = reports
    }
}

/// The part of one changeset in the history of a record.
public struct VersionReport: Sendable {
    /// The changeset that wrote this version, with its author and time.
    public let write: WriteReport
    /// The author's name in the roster; nil if it has none.
    public let name: String?
    /// The judgement of that changeset: a version of one that does not count was never shown.
    public let standing: Standing
    /// The act on the record, with the values that it wrote.
    public let action: RowOperation.Action
    /// The earlier versions, in the order in which this replica applied them, that its author had not seen: by feed and
    /// seq.
    public let concurrentWith: [WriteReport]

    package init(
        write: WriteReport, name: String?, standing: Standing, action: RowOperation.Action,
        concurrentWith: [WriteReport]
    ) {
        self.write = write
        self.name = name
        self.standing = standing
        self.action = action
        self.concurrentWith = concurrentWith
    }
}
