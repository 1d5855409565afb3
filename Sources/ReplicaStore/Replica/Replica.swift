import CSQLite
import Foundation
import ReplicaModel
import SyncWire

/// One copy of the shared records: a SQLite file with the people's tables, the log of changesets, and the clock of every row.
///
/// Not thread-safe: whoever holds it uses it from one thread at a time. Several processes may hold the same file; each reads what it
/// decides from the file, in the transaction in which it writes.
public final class Replica {
    let connection: Connection
    public let path: String
    /// As of the present or the last transaction.
    var state: ReplicaState
    /// The largest value that a row may hold, in bytes.
    public let valueBytesMax: Int
    private var dataVersion: Value = .null
    /// By text, of which Swift would take two for one where a literal in them is written in two ways of Unicode.
    private var statements: [Bytewise<String>: Statement] = [:]
    var folders: [Int64: TableFolder] = [:]
    var layouts: [LayoutKey: OperationLayout] = [:]
    var schemas: [VersionVector: MergedSchema] = [:]
    /// What the present transaction did that may change what follows for rows together.
    var ledger = Ledger()
    /// Of the file that was opened.
    let identity: FileIdentity
    var openWitness: WitnessFile?
    /// As this process saw or wrote it last.
    var witnessed: Witness?
    /// 64 random bits, for a new incarnation. Whoever seals gives it; one that only reads needs none.
    public var drawIncarnation: (() -> UInt64)?
    /// In the present transaction each changeset is folded under a savepoint of its own.
    var isCareful = false
    /// Somebody wrote into the texts of the tables before this process read them, or they could not be found good.
    var hasAlteredTexts = false
    /// Tables, by their ids, of which a fold met a row that is not what its clock says: something wrote while triggers were off.
    var unseen: Set<Int64> = []
    /// Such a table is put right before the fold is tried again; otherwise the one changeset waits.
    var mendsUnseen = false
    /// Chunks of a changeset that is sealed here: what needs more is sealed as several. No more than a header has room for.
    package var chunksMax = Int.max
    /// What a member may cost; nil where the log is this node's own.
    package var quota: IntakeQuota? = .usual
    /// Whether changesets of authors whom nobody admitted are taken, as void ones: older software took them, and its log is folded again.
    var takesStrangers = false
    /// Whether what is taken comes from a log in which it was verified before.
    var takesKnown = false
    /// Of the schema, before the present transaction changed what it says of an index.
    var schemaVersionBefore: Int64 = 0

    /// Opens the replica at `path` for merging: triggers, foreign keys and CHECK are off on its connection.
    ///
    /// - Throws: `missing`, `notAReplica`, `newerFormat`, `damaged`, `readOnly`, `locked`.
    public convenience init(path: String, valueBytesMax: Int = Replica.valueBytesDefault) throws(StoreError) {
        try self.init(path: path, valueBytesMax: valueBytesMax, on: nil)
    }

    package init(path: String, valueBytesMax: Int, on disk: MountedDisk?) throws(StoreError) {
        connection = try Connection(path: path, access: .readWrite, on: disk)
        self.path = path
        self.valueBytesMax = min(valueBytesMax, WireLimits.valueBytesMax)
        identity = Self.identity(of: path, on: disk)
        guard try connection.value("SELECT 1 FROM sqlite_master WHERE name = 'caravan_meta'") != nil else {
            throw .notAReplica(path: path)
        }
        if case .integer(let format)? = try connection.value("SELECT value FROM caravan_meta WHERE name = 'format'") {
            guard format <= ReplicaFormat.version else { throw .newerFormat(found: format, known: ReplicaFormat.version) }
        } else {
            throw .damaged("\(path) does not say which format it has")
        }
        try Self.prepareForMerging(connection)
        let connection = self.connection
        try Self.addLaterTables(connection)
        // Of one moment, or what another process commits between the two would never be read.
        (state, dataVersion) = try connection.read { () throws(StoreError) in
            (try StateLoader(connection: connection).load(), try connection.value("PRAGMA data_version") ?? .null)
        }
        hasAlteredTexts = try areTextsAltered()
        let unlisted = try unlistedIndexes()
        if !unlisted.isEmpty { try transact { () throws(StoreError) in for (index, table) in unlisted { try listDuplicates(index, table) } } }
        if try isCaptureStale { try transact { () throws(StoreError) in try refreshCapture() } }
    }

    /// 16 MiB: far above what a record needs, and small enough that a chain of such values passes through a laptop's memory.
    public static let valueBytesDefault = 16 << 20

    /// What nobody may be told to allow more than.
    public static let valueBytesLimit = WireLimits.valueBytesMax

    /// Makes an empty replica at `path`, which must not exist yet. `alliance` is nil while it is being founded.
    public static func create(
        path: String, site: SiteID, alliance: Bytes32?, valueBytesMax: Int = Replica.valueBytesDefault
    ) throws(StoreError) -> Replica {
        try create(path: path, site: site, alliance: alliance, valueBytesMax: valueBytesMax, on: nil)
    }

    package static func create(
        path: String, site: SiteID, alliance: Bytes32?, valueBytesMax: Int, on disk: MountedDisk?
    ) throws(StoreError) -> Replica {
        do {
            if disk == nil { try makeFile(path) }
            let connection = try Connection(path: path, access: .create, on: disk)
            try connection.run("PRAGMA encoding = 'UTF-8'; PRAGMA journal_mode = WAL")
            try connection.write { () throws(StoreError) in
                try connection.run(ReplicaFormat.sql)
                try connection.run(ReplicaFormat.later)
                let facts: [(String, Value)] = [
                    ("format", .integer(ReplicaFormat.version)), ("site", .blob(site.bytes)), ("incarnation", .integer(0)),
                    ("alliance", .blob((alliance ?? .zero).bytes)), ("followed", .integer(0)), ("file", .text(identity(of: path, on: disk).text)),
                    ("place", .text(FilePlace.text(of: path, on: disk))),
                ]
                for (name, value) in facts {
                    try connection.rows("INSERT INTO caravan_meta VALUES (?1, ?2)", [.text(name), value])
                }
            }
        }
        return try Replica(path: path, valueBytesMax: valueBytesMax, on: disk)
    }

    /// Makes the file, if it is not there, for its owner's eyes alone; SQLite makes what lies beside it with the same rights.
    private static func makeFile(_ path: String) throws(StoreError) {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw errno == ENOSPC || errno == EDQUOT ? .diskFull(path: path) : .readOnly(path: path) }
        close(descriptor)
    }

    /// A replica that was made before there were any has none of them.
    private static func addLaterTables(_ connection: Connection) throws(StoreError) {
        let names = ReplicaFormat.laterTables.map { "'\($0)'" }.joined(separator: ", ")
        let found = try connection.value("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name IN (\(names))")
        guard found != .integer(Int64(ReplicaFormat.laterTables.count)) else { return }
        try connection.write { () throws(StoreError) in try connection.run(ReplicaFormat.later) }
    }

    /// UNIQUE indexes that stand as plain ones and of which earlier software listed the rows that are equal elsewhere, without their groups.
    private func unlistedIndexes() throws(StoreError) -> [(IndexDefinition, TableState)] {
        var out: [(IndexDefinition, TableState)] = []
        for index in state.indexes.filter(\.isPlain).map(\.definition) {
            let isListed = try connection.value("SELECT 1 FROM caravan_equal WHERE name = ?1 LIMIT 1", [.text(index.name)]) != nil
            if !isListed, let table = state.table(named: index.table) { out.append((index, table)) }
        }
        return out
    }

    private static func identity(of path: String, on disk: MountedDisk?) -> FileIdentity {
        disk?.identity(of: path) ?? FileIdentity.of(path)
    }

    /// A file in which `create` was cut off: it holds nothing yet.
    public static func isUnfinished(path: String) throws(StoreError) -> Bool {
        try Connection(path: path, access: .readWrite).value("SELECT count(*) FROM sqlite_master") == .integer(0)
    }

    private static func prepareForMerging(_ connection: Connection) throws(StoreError) {
        try connection.run(
            """
            PRAGMA journal_mode = WAL; PRAGMA journal_size_limit = \(logBytesMax); PRAGMA synchronous = FULL; PRAGMA cache_size = -16000;
            PRAGMA ignore_check_constraints = ON; PRAGMA foreign_keys = OFF; PRAGMA temp_store = FILE
            """)
        try connection.configure(SQLITE_DBCONFIG_ENABLE_TRIGGER, on: false)
        try connection.configure(SQLITE_DBCONFIG_ENABLE_FKEY, on: false)
    }

    public var site: SiteID { state.site }
    public var alliance: Bytes32 { state.alliance }

    /// A statement that is prepared once and kept.
    func statement(_ sql: String) throws(StoreError) -> Statement {
        let text = Bytewise(wrappedValue: sql)
        if let known = statements[text] { return known }
        let prepared = try connection.prepare(sql)
        statements[text] = prepared
        return prepared
    }

    /// One IMMEDIATE transaction in which `state` is true. What it throws leaves file and state as they were before.
    ///
    /// Where an own object of this node may have refused, all is undone and done again without it.
    @discardableResult
    func transact<Result>(_ body: () throws(StoreError) -> Result) throws(StoreError) -> Result {
        do { return try transactOnce { () throws(StoreError) in try repairing(body) } } catch {
            guard error.mayBeOfOwnObject else { throw error }
            let cause = error
            let result = try? transactOnce { () throws(StoreError) -> Result in
                guard let result = try sparing(after: cause, { () throws(StoreError) in try repairing(body) }) else { throw cause }
                return result
            }
            guard let result else { throw cause }
            return result
        }
    }

    private func repairing<Result>(_ body: () throws(StoreError) -> Result) throws(StoreError) -> Result {
        try repairIfChanged()
        return try body()
    }

    private func transactOnce<Result>(_ body: () throws(StoreError) -> Result) throws(StoreError) -> Result {
        do {
            return try connection.write { () throws(StoreError) in
                try refresh()
                let result = try body()
                try noteSchemaVersion()
                precondition(ledger.isEmpty, "what follows for rows together is settled before a transaction commits")
                return result
            }
        } catch {
            dataVersion = .null
            forgetLayouts()
            ledger = Ledger()
            throw error
        }
    }

    /// The same for a transaction that applies what others wrote. Most are folded together; where that fails because of one changeset, all is undone
    /// and folded again with a savepoint for each, so that only that one waits. Nothing that goes well pays for it.
    ///
    /// - Parameter isOver: what went wrong would go wrong again.
    func transactApplying<Result>(unless isOver: () -> Bool, _ body: () throws(StoreError) -> Result) throws(StoreError) -> Result {
        if let result = try transactMending(unless: isOver, body) { return result }
        isCareful = true
        defer { isCareful = false }
        return try transact(body)
    }

    /// A table that turns out not to be what its clocks say is folded anew from the log, and then all is tried again: what nobody had noted there is
    /// sealed before what met it, as the edit apart that it is. Nil if it fails all the same because of one changeset.
    private func transactMending<Result>(unless isOver: () -> Bool, _ body: () throws(StoreError) -> Result) throws(StoreError) -> Result? {
        var mended: Set<Int64> = []
        mendsUnseen = true
        defer { mendsUnseen = false }
        while true {
            unseen = []
            do { return try transact(body) } catch {
                guard error.isOfOneChangeset, !isOver() else { throw error }
            }
            let met = unseen.subtracting(mended)
            guard !met.isEmpty else { return nil }
            mended.formUnion(met)
            try transact { () throws(StoreError) in _ = try mendUnseen(state.tables.filter { met.contains($0.id) }, progress: { _, _ in }) }
        }
    }

    /// Inside a transaction, a part of which was undone.
    func reloadState() throws(StoreError) {
        state = try StateLoader(connection: connection).load()
        forgetLayouts()
        ledger = Ledger()
    }

    /// One read transaction in which `state` is true.
    func look<Result>(_ body: () throws(StoreError) -> Result) throws(StoreError) -> Result {
        try connection.read { () throws(StoreError) in
            try refresh()
            return try body()
        }
    }

    /// Reads the state anew if another connection has written since, or a transaction of ours failed.
    private func refresh() throws(StoreError) {
        // The version is that of the snapshot only once something was read in it.
        _ = try statement("SELECT 1 FROM caravan_meta LIMIT 1").first([])
        let present = try statement("PRAGMA data_version").first([])?.first ?? .null
        guard present != dataVersion else { return }
        state = try StateLoader(connection: connection).load()
        forgetLayouts()
        dataVersion = present
    }

    func setMeta(_ name: String, _ value: Value) throws(StoreError) {
        try statement("INSERT INTO caravan_meta VALUES (?1, ?2) ON CONFLICT DO UPDATE SET value = ?2").run([.text(name), value])
    }

    func meta(_ name: String) throws(StoreError) -> Value? {
        try statement("SELECT value FROM caravan_meta WHERE name = ?1").first([.text(name)])?.first
    }
}
