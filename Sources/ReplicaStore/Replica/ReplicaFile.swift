import ReplicaModel
import SQLiteAccess
import SyncWire

/// The file of a replica while it is open: its connection, what was read of it last, and how this process uses it.
final class ReplicaFile {
    /// The knowledge that the last transaction had of the file.
    struct Knowledge {
        var state: ReplicaState
        /// SQLite's count of the commits of other connections; NULL where the file must be read anew.
        var dataVersion: Value
        var statements: [Int64: TableStatements] = [:]
        var layouts: [LayoutKey: OperationLayout] = [:]
        var schemas: [VersionVector: MergedSchema] = [:]
    }

    let connection: Connection
    let path: String
    /// The largest value that a row may hold, in bytes.
    let valueBytesMax: Int
    /// The identity of the file, whatever it is called.
    let identity: FileIdentity
    var knowledge: Knowledge
    /// Kept statements by their text, of which Swift would take two for one where a literal in them is written in two
    /// ways of Unicode.
    private var statements: [Bytewise<String>: Statement] = [:]
    var openWitness: WitnessFile?
    /// The witness as this process saw or wrote it last.
    var witnessed: Witness?
    /// The key of this replica's own site. Whoever seals gives it; one that only reads needs none.
    var key: SigningKey?
    /// 64 random bits, for a new incarnation. Whoever seals gives it; one that only reads needs none.
    var drawIncarnation: (() -> UInt64)?
    /// Whether somebody wrote into the texts of the tables before this process read them, or they could not be found
    /// good.
    var hasAlteredTexts = false
    /// Tables, by their ids, of which a fold met a row that is not what its clock says: something wrote while triggers
    /// were off.
    var unseen: Set<Int64> = []
    /// A changeset turned out void when a part of it was folded.
    var hasFoundVoid = false
    /// The chunks of the log, where they are kept elsewhere.
    var chunks: ChunkSource?
    /// Packs the chunks of the log.
    lazy var packer = ChunkPacker()
    var sealing = SealingLimits()
    /// Called when this process got the write lock, and when it gave it back.
    var onWriteLock: ((_ isHeld: Bool) -> Void)?
    /// Called when an act begins, and when it has ended.
    var onAct: ((ReplicaAct, _ isBegun: Bool) -> Void)?
    /// The changesets that were applied here since the file was opened, and committed.
    var applied = ChangeCount()
    var slice = ApplySlice()
    /// The limits of what a member may cost; nil where the log is this node's own.
    var quota: IntakeQuota? = .usual
    /// Whether changesets of authors whom nobody admitted are taken, as void ones: older software took them, and its
    /// log is folded again.
    var takesStrangers = false
    /// Whether what is taken comes from a log in which it was verified before.
    var takesKnown = false

    init(connection: Connection, path: String, valueBytesMax: Int, identity: FileIdentity) throws(StoreError) {
        self.connection = connection
        self.path = path
        self.valueBytesMax = valueBytesMax
        self.identity = identity
        // One moment for both, or what another process commits between the two would never be read.
        knowledge = try connection.read { () throws(StoreError) in
            Knowledge(
                state: try StateLoader(connection: connection).load(),
                dataVersion: try connection.value("PRAGMA data_version") ?? .null)
        }
        connection.noteFiles()
    }

    /// Prepares a statement once, and keeps it as long as the file is open.
    func statement(_ sql: String) throws(StoreError) -> Statement {
        let text = Bytewise(wrappedValue: sql)
        if let known = statements[text] { return known }
        let prepared = try connection.prepare(sql)
        statements[text] = prepared
        return prepared
    }

    /// Resets every kept statement that stands at a row, as one does whose reader met an error: it would still read
    /// what was there before.
    func resetStatements() { for statement in statements.values where statement.isAtRow { statement.reset() } }

    /// Closes the file for good, wherever it is by now, and leaves its place to what is there: whatever is asked of it
    /// later fails.
    ///
    /// - Returns: where its write-ahead log was put aside, which another file would have taken for its own; nil where
    ///   none lay there.
    func leave() -> String? {
        (statements, openWitness) = ([:], nil)
        forget()
        return connection.close()
    }

    /// Has the next transaction read everything anew.
    func forget() {
        knowledge.dataVersion = .null
        (knowledge.statements, knowledge.layouts, knowledge.schemas) = ([:], [:], [:])
    }
}
