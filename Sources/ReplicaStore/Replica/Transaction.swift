import ReplicaModel
import SQLiteAccess
import SyncWire

/// An open transaction on a replica: what is read in it is of one moment, and what is written in it is there as a whole
/// or not at all.
///
/// Only `Replica.read` and `Replica.write` make one. Whatever reads or changes a replica is a part of it, such as `log`
/// or `sealer`, so that nothing of it can be reached outside. One that is not committed is rolled back when nobody
/// holds it any more, and leaves file and state as they were.
final class Transaction {
    /// How what others wrote is folded.
    struct Manner {
        /// Whether each changeset is folded as a part of its own that can be undone alone.
        var isCareful = false
        /// A table of which a row is not what its clock says is put right before the fold is tried again; otherwise the
        /// one changeset waits.
        var mendsUnseen = false
        /// Whether all of a changeset is judged before anything of it is folded.
        var judgesFirst = false
    }

    private enum Kind {
        case reading, writing
    }

    let file: ReplicaFile
    let manner: Manner
    /// The state that the replica knows, with what this transaction did.
    var state: ReplicaState
    /// The changes of this transaction that may alter what follows for rows together.
    var dirtyRows = DirtyRows()
    /// The changesets that it has applied.
    var applied = ChangeCount()
    /// The part of `state` that the file has not yet.
    var unwritten = UnwrittenState()
    /// The schema version before this transaction changed what the schema says of an index.
    var schemaVersionBefore: Int64 = 0
    var layouts: [LayoutKey: OperationLayout]
    var schemas: [VersionVector: MergedSchema]
    /// The layout that was asked for last: the next changeset nearly always asks for the same.
    var lastLayout: (key: LayoutKey, layout: OperationLayout)?
    /// The table whose operations were read last: changesets name their tables in the same words.
    var lastTable: OperationCursor.ReadTable?
    /// The feeds of control among so many feeds.
    var controlFeeds: (known: Int, ordinals: [FeedOrdinal]) = (0, [])
    /// The places of authors in the rosters of contexts, as they were asked for last.
    var entriesOfThen: [SiteID: RosterOfThen.Known] = [:]
    /// The rosters of contexts, by the part of control.
    var judgements: [VersionVector: RosterJudgement] = [:]
    private var statements: [Int64: TableStatements]
    private var dataVersion: Value
    private let kind: Kind
    private var isOpen = true
    /// Whether nothing of it is to stay: where it would be committed, it is rolled back.
    var keepsNothing = false
    /// Whether a part of it has begun that can be undone alone.
    private var hasPart = false

    /// Begins a transaction in which only is read.
    init(reading file: ReplicaFile) throws(StoreError) {
        try file.connection.begin(isWriting: false)
        (kind, self.file, manner) = (.reading, file, Manner())
        (state, dataVersion) = (file.knowledge.state, file.knowledge.dataVersion)
        (layouts, schemas, statements) = (file.knowledge.layouts, file.knowledge.schemas, file.knowledge.statements)
        try refresh()
    }

    /// Begins a transaction that may write: no other connection can until it ends.
    init(writing file: ReplicaFile, as manner: Manner) throws(StoreError) {
        try file.connection.begin(isWriting: true)
        file.onWriteLock?(true)
        (kind, self.file, self.manner) = (.writing, file, manner)
        (state, dataVersion) = (file.knowledge.state, file.knowledge.dataVersion)
        (layouts, schemas, statements) = (file.knowledge.layouts, file.knowledge.schemas, file.knowledge.statements)
        try refresh()
    }

    deinit { rollBack() }

    /// Ends it as if it had not been.
    func rollBack() {
        guard isOpen else { return }
        isOpen = false
        file.resetStatements()
        file.connection.rollBack()
        switch kind {
        case .reading: keepKnowledge()
        case .writing:
            file.onWriteLock?(false)
            file.forget()
        }
    }

    /// Settles what follows for rows together, notes the schema that this transaction leaves, and makes durable all
    /// that was written. No kept statement reads on beyond it.
    func commit() throws(StoreError) {
        try constraints.settle()
        try writeState()
        try repair.noteSchemaVersion()
        precondition(!hasPart, "a part of a transaction ends, or is undone, before the transaction commits")
        file.resetStatements()
        try connection.run("COMMIT")
        if case .writing = kind { file.onWriteLock?(false) }
        file.applied = file.applied + applied
        isOpen = false
        keepKnowledge()
    }

    private func keepKnowledge() {
        file.knowledge = .init(
            state: state, dataVersion: dataVersion, statements: statements, layouts: layouts, schemas: schemas)
    }

    /// Reads the state anew if another connection has written since, or a transaction of ours failed.
    private func refresh() throws(StoreError) {
        // The version is that of the snapshot only once something was read in it.
        _ = try statement("SELECT 1 FROM caravan_meta LIMIT 1").first([])
        let present = try statement("PRAGMA data_version").first([])?.first ?? .null
        if present != dataVersion {
            try loadState()
            dataVersion = present
        }
        if !state.roster.areEndsRead { try quarantine.readEnds() }
    }

    private func loadState() throws(StoreError) {
        state = try StateLoader(connection: connection).load()
        (judgements, entriesOfThen, controlFeeds) = ([:], [:], (0, []))
        forgetLayouts()
    }

    /// Writes what `state` has and the file has not yet: before the transaction commits, and before a part that may be
    /// undone, after which the state is read from the file again.
    private func writeState() throws(StoreError) {
        try unwritten.write(to: self)
        unwritten = UnwrittenState()
    }

    /// Begins a part that can be undone alone. It ends, or is undone, before another begins.
    func beginPart() throws(StoreError) {
        precondition(!hasPart, "a part of a transaction has no parts")
        try writeState()
        try connection.run("SAVEPOINT caravan_part")
        hasPart = true
    }

    func endPart() throws(StoreError) {
        try connection.run("RELEASE caravan_part")
        hasPart = false
    }

    /// Undoes what was done since the part began, in the file and in `state`.
    func undoPart() throws(StoreError) {
        file.resetStatements()
        try connection.run("ROLLBACK TO caravan_part; RELEASE caravan_part; PRAGMA writable_schema = OFF")
        hasPart = false
        unwritten = UnwrittenState()
        try loadState()
        try quarantine.readEnds()
        dirtyRows = DirtyRows()
    }

    /// The connection, as long as the transaction is open.
    var connection: Connection {
        precondition(isOpen, "a transaction is not used after its end")
        return file.connection
    }

    /// A statement that is prepared once and kept for later transactions.
    func statement(_ sql: String) throws(StoreError) -> Statement { try file.statement(sql) }

    /// The rows and clocks of a table.
    func tableRows(of table: TableState) throws(StoreError) -> TableRows {
        if let known = statements[table.id] { return TableRows(transaction: self, statements: known) }
        let prepared = try TableStatements(of: table, in: self)
        statements[table.id] = prepared
        return TableRows(transaction: self, statements: prepared)
    }

    /// The rows and clocks of the table with an id; nil if there is none.
    func tableRows(of id: Int64) throws(StoreError) -> TableRows? {
        if let known = statements[id] { return TableRows(transaction: self, statements: known) }
        guard let table = state.table(id: id) else { return nil }
        return try tableRows(of: table)
    }

    /// Forgets what was prepared for tables as they were. To be called whenever definitions change.
    func forgetLayouts() { (layouts, schemas, statements, lastLayout) = ([:], [:], [:], nil) }

    func setMeta(_ name: String, _ value: Value) throws(StoreError) {
        try statement("INSERT INTO caravan_meta VALUES (?1, ?2) ON CONFLICT DO UPDATE SET value = ?2").run([
            .text(name), value,
        ])
    }

    func meta(_ name: String) throws(StoreError) -> Value? {
        try statement("SELECT value FROM caravan_meta WHERE name = ?1").first([.text(name)])?.first
    }
}
