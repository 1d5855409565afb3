import ReplicaModel
import SQLiteAccess
import SyncWire

/// A copy of the shared records: a SQLite file with the people's tables, the log of changesets, and the clock of every
/// row.
///
/// Not thread-safe: whoever holds it uses it from one thread at a time. Several processes may hold the same file; each
/// reads what it decides from the file, in the transaction in which it writes.
package final class Replica {
    let file: ReplicaFile

    /// Opens the replica at `path` for merging: triggers, foreign keys and CHECK are off on its connection.
    ///
    /// - Throws: `missing`, `notAReplica`, `newerFormat`, `damaged`, `readOnly`, `locked`.
    package convenience init(path: String, valueBytesMax: Int = Replica.valueBytesDefault) throws(StoreError) {
        try self.init(path: path, valueBytesMax: valueBytesMax, on: nil)
    }

    package init(path: String, valueBytesMax: Int, on disk: MountedDisk?) throws(StoreError) {
        let connection = try Connection(path: path, access: .readWrite, on: disk)
        let identity = ReplicaFile.identity(of: path, on: disk)
        guard try connection.value("SELECT 1 FROM sqlite_master WHERE name = 'caravan_meta'") != nil else {
            throw .notAReplica(path: path)
        }
        try ReplicaFile.refuseOtherEncoding(connection, path: path)
        let format = try ReplicaFile.format(connection, path: path)
        guard format <= ReplicaFormat.version else {
            throw .newerFormat(found: format, known: ReplicaFormat.version)
        }
        try ReplicaFile.prepareForMerging(connection)
        if format < ReplicaFormat.version { try ReplicaFile.raiseFormat(connection) }
        try ReplicaFile.addLaterTables(connection)
        file = try ReplicaFile(
            connection: connection, path: path, valueBytesMax: min(valueBytesMax, WireLimits.valueBytesMax),
            identity: identity)
        try bringUpToDate()
    }

    /// Does what earlier software left undone in the file.
    private func bringUpToDate() throws(StoreError) {
        if try read().founding.lacksRoster() { try writeOnce(as: .init()) { try $0.founding.readRoster() } }
        let (isAltered, unlisted) = try whatIsToDo()
        file.hasAlteredTexts = isAltered
        file.slice.isLeft = try !read().waiting.unexamined().isEmpty
        if !unlisted.isEmpty {
            try write { transaction in
                for (index, table) in unlisted { try transaction.uniqueIndexes.listDuplicates(index, table) }
            }
        }
        if try read().capture.isCaptureStale { try write { try $0.capture.refreshCapture() } }
    }

    private func whatIsToDo() throws(StoreError) -> (isAltered: Bool, unlisted: [(IndexDefinition, TableState)]) {
        let transaction = try read()
        return (try transaction.repair.areTextsAltered(), try transaction.uniqueIndexes.unlisted())
    }

    package var path: String { file.path }
    /// The largest value that a row may hold, in bytes.
    package var valueBytesMax: Int { file.valueBytesMax }
    package var site: SiteID { state.site }
    package var alliance: Bytes32 { state.alliance }
    package var incarnation: Incarnation { state.incarnation }
    /// The state as the last transaction knew it.
    var state: ReplicaState { file.knowledge.state }
    var connection: Connection { file.connection }

    package var reports: ReplicaReports { ReplicaReports(replica: self) }
    package var admin: ReplicaAdmin { ReplicaAdmin(replica: self) }
    package var addressBook: AddressBook { AddressBook(replica: self) }

    /// The key of this replica's own site, which signs all that is sealed here. Whoever seals gives it, once; one that
    /// only reads needs none.
    package var key: SigningKey? {
        get { file.key }
        set { file.key = newValue }
    }

    /// 64 random bits, for a new incarnation. Whoever seals gives it; one that only reads needs none.
    package var drawIncarnation: (() -> UInt64)? {
        get { file.drawIncarnation }
        set { file.drawIncarnation = newValue }
    }

    package var sealing: SealingLimits {
        get { file.sealing }
        set { file.sealing = newValue }
    }

    /// How much is applied in one transaction.
    package var slice: ApplySlice {
        get { file.slice }
        set { file.slice = newValue }
    }

    /// Called when this process got the write lock of the file, and when it gave it back.
    package var onWriteLock: ((_ isHeld: Bool) -> Void)? {
        get { file.onWriteLock }
        set { file.onWriteLock = newValue }
    }

    /// Called when an act begins, and when it has ended, also where nothing comes of it.
    package var onAct: ((ReplicaAct, _ isBegun: Bool) -> Void)? {
        get { file.onAct }
        set { file.onAct = newValue }
    }

    /// The changesets that were applied, and are durable, since the replica was opened: those of others, and what this
    /// node changed of the roster and the schema.
    package var applied: ChangeCount { file.applied }

    /// The limits of what a member may cost; nil where the log is this node's own.
    package var quota: IntakeQuota? {
        get { file.quota }
        set { file.quota = newValue }
    }

    // MARK: Transactions

    /// Begins a transaction in which only is read. It ends when nobody holds it any more.
    func read() throws(StoreError) -> Transaction { try Transaction(reading: file) }

    /// Does something in one transaction that may write. What it throws leaves file and state as they were before.
    ///
    /// Where an own object of this node may have refused, all is undone and done again without it.
    ///
    /// - Parameter body: throws nothing but `StoreError`.
    @discardableResult
    func write<Result>(
        as manner: Transaction.Manner = .init(), _ body: (Transaction) throws -> Result
    ) throws(StoreError) -> Result {
        func repaired(_ transaction: Transaction) throws -> Result {
            // What somebody did to the schema by hand is made good before anything else.
            try transaction.repair.repairIfChanged()
            return try body(transaction)
        }
        do { return try writeOnce(as: manner, repaired) } catch {
            guard error.mayBeOfOwnObject else { throw error }
            let cause = error
            let result = try? writeOnce(as: manner) { transaction in
                let result = try transaction.ownObjects.sparing(after: cause) { () throws(StoreError) in
                    try Self.throwingStoreErrors { try repaired(transaction) }
                }
                guard let result else { throw cause }
                return result
            }
            guard let result else { throw cause }
            return result
        }
    }

    private func writeOnce<Result>(
        as manner: Transaction.Manner, _ body: (Transaction) throws -> Result
    ) throws(StoreError) -> Result {
        let transaction = try Transaction(writing: file, as: manner)
        return try Self.throwingStoreErrors {
            let result = try body(transaction)
            if transaction.keepsNothing { transaction.rollBack() } else { try transaction.commit() }
            return result
        }
    }

    private static func throwingStoreErrors<Result>(_ body: () throws -> Result) throws(StoreError) -> Result {
        do { return try body() } catch let error as StoreError { throw error } catch {
            preconditionFailure("a transaction throws nothing but StoreError: \(error)")
        }
    }

    /// The same for a transaction that applies what others wrote. Most are folded together; where that fails because of
    /// one changeset, all is undone and folded again with a savepoint for each, so that only that one waits. Nothing
    /// that goes well pays for it.
    func writeApplying<Result>(_ body: (Transaction) throws -> Result) throws(StoreError) -> Result {
        if let result = try writeMending(body) { return result }
        return try write(as: .init(isCareful: true), body)
    }

    /// A table that turns out not to be what its clocks say is folded anew from the log, and then all is tried again:
    /// what nobody had noted there is sealed before what met it, as the edit apart that it is. Where a changeset turns
    /// out void in its midst, all is tried again with each judged first, so that one that is void takes nothing from
    /// the others. Nil if it fails all the same because of one changeset.
    private func writeMending<Result>(_ body: (Transaction) throws -> Result) throws(StoreError) -> Result? {
        var manner = Transaction.Manner(mendsUnseen: true)
        var mended: Set<Int64> = []
        while true {
            (file.unseen, file.hasFoundVoid) = ([], false)
            do { return try write(as: manner, body) } catch {
                guard error.isOfOneChangeset else { throw error }
            }
            if file.hasFoundVoid, !manner.judgesFirst {
                manner.judgesFirst = true
                continue
            }
            let met = file.unseen.subtracting(mended)
            guard !met.isEmpty else { return nil }
            mended.formUnion(met)
            try write(as: manner) { transaction in
                let tables = transaction.state.tables.filter { met.contains($0.id) }
                _ = try transaction.unseenWrites.mendUnseen(tables, progress: { _, _ in })
            }
        }
    }
}
