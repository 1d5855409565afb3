import ReplicaModel
import ReplicaSchema
import SQLiteAccess

/// The work of a node's admin on its replica.
package struct ReplicaAdmin {
    let replica: Replica

    /// Founds an alliance in an empty replica: one control changeset with this node as admin and the schema, whose hash
    /// is the alliance's id. The context of everything that follows has it.
    ///
    /// - Parameters:
    ///   - nonce: 16 random bytes, so that two alliances of one founder differ.
    ///   - records: rows that every founding of this schema begins with, sealed as the founder's first changeset.
    package func found(
        name: String, schema: Schema, nonce: [UInt8], records: [RowOperation], now: Int64
    ) throws(StoreError) {
        try replica.write {
            try $0.founding.found(name: name, schema: schema, nonce: nonce, records: records, now: now)
        }
    }

    /// The replicated schema as this replica has it.
    package func schema() throws(StoreError) -> Schema {
        try replica.read().state.schema
    }

    /// Finds the operations by which `sql` adds to the schema. Nothing is written.
    ///
    /// - Parameters:
    ///   - sql: the whole schema as it is to be: CREATE TABLE and CREATE INDEX.
    ///   - retiring: columns that may be missing in it, as `TABLE.COLUMN`.
    /// - Throws: `schema` or `wrongSQL`, with what to write instead.
    package func difference(
        to sql: String, retiring: [String], allowIntegerKey: Set<Identifier>
    ) throws(StoreError) -> [ControlOperation] {
        try replica.read().schemaKeeper.difference(to: sql, retiring: retiring, allowIntegerKey: allowIntegerKey)
    }

    /// Seals what `sql` adds to the schema, found in the same transaction, and makes the tables follow: another process
    /// of this node may apply a schema at the same moment.
    ///
    /// - Parameters: as those of `difference`.
    /// - Returns: what was added.
    /// - Throws: as `difference` does; `notAllowed` unless this node is an admin; `schema` where rows that are here
    ///   stand against it.
    @discardableResult
    package func apply(
        _ sql: String, retiring: [String], allowIntegerKey: Set<Identifier>, now: Int64
    ) throws(StoreError) -> [ControlOperation] {
        try replica.write {
            try $0.schemaKeeper.apply(sql, retiring: retiring, allowIntegerKey: allowIntegerKey, now: now)
        }
    }

    /// Seals operations that are found already, and makes the tables follow, as `apply` does.
    package func define(_ operations: [ControlOperation], now: Int64) throws(StoreError) {
        try replica.write { try $0.schemaKeeper.define(operations, now: now) }
    }

    /// Makes a table anew with its columns in the order of the definition, and what was added by hand behind them.
    /// Nothing else changes.
    ///
    /// - Throws: `schema` where no replicated table has that name.
    package func reorder(_ name: Identifier) throws(StoreError) {
        try replica.write { try $0.schemaKeeper.reorder(name) }
    }

    /// Columns that are retired, by table.
    package func retiredColumns() throws(StoreError) -> [Identifier: [Identifier]] {
        try replica.read().schemaKeeper.retiredColumns()
    }

    /// Columns that somebody added by hand, by table: they are on this node only until `schema apply` shares them.
    package func ownColumns() throws(StoreError) -> [Identifier: [Identifier]] {
        try replica.read().repair.ownColumns()
    }

    /// Makes good at once what somebody did to the schema by hand.
    package func repair() throws(StoreError) {
        if try replica.read().repair.isSchemaChanged() { try replica.write { _ in } }
    }

    /// Folds tables anew from the log and puts right what differs, also what somebody did to the schema by hand.
    ///
    /// - Parameters:
    ///   - names: replicated tables; nil for all.
    ///   - progress: changesets done and in all.
    /// - Returns: of each table, in the order of the names, what was done.
    package func repair(tables names: [Identifier]?, progress: (Int, Int) -> Void) throws(StoreError) -> [RepairReport]
    {
        try replica.write { try $0.unseenWrites.repair(tables: names, progress: progress) }
    }

    /// Keeps the hash of a secret that can be redeemed once, until `expires` (milliseconds since 1970).
    ///
    /// - Throws: `notAllowed` unless this node is an admin.
    package func addInvitation(secret: [UInt8], role: Role, expires: Int64) throws(StoreError) {
        try replica.write { try $0.invitations.addInvitation(secret: secret, role: role, expires: expires) }
    }

    /// Invitations that this node gave and did not withdraw, the first to expire first.
    package func invitations() throws(StoreError) -> [GivenInvitation] { try replica.read().invitations.given() }

    /// Takes an invitation back that nobody has used, by the hash of its secret.
    ///
    /// - Parameter now: milliseconds since 1970.
    /// - Returns: whether there was such a one.
    package func withdrawInvitation(_ hash: Bytes32, now: Int64) throws(StoreError) -> Bool {
        try replica.write { try $0.invitations.withdraw(hash, now: now) }
    }

    /// Gives a site another right, or ends it.
    ///
    /// - Parameters: as those of `RosterKeeper.setRole`.
    package func setRole(
        of site: SiteID, to role: Role?, since: Int64?, without branch: String? = nil, now: Int64
    ) throws(StoreError) -> Int? {
        try replica.write {
            try $0.rosterKeeper.setRole(of: site, to: role, since: since, without: branch, now: now)
        }
    }

    /// Lets what a site wrote count again that cuts took away.
    ///
    /// - Parameters: as those of `RosterKeeper.release`.
    package func release(_ site: SiteID, until: Int64?, now: Int64) throws(StoreError) -> Int? {
        try replica.write { try $0.rosterKeeper.release(site, until: until, now: now) }
    }

    /// Whether the file that is open is the one that stands in the replica's place: somebody may have moved it away, or
    /// put another there. What is written into it then nobody sees.
    package var isInPlace: Bool { FileIdentity.of(replica.path) == replica.file.identity && !hasLostLog }

    /// Whether the file that is open is in its place without the write-ahead log that is open: somebody moved it to
    /// another folder and left a link to it. What stands in the log others do not see.
    package var hasLostLog: Bool { replica.connection.hasLostLog }

    /// The end of the names of copies that are kept where two logs were written.
    package static var copyEnd: String { Connection.copyEnd }

    /// The write-ahead log that is open.
    package var openLog: FormerLog { FormerLog(identity: replica.connection.logIdentity) }

    /// Closes the replica for good; where it was moved away or replaced, leaves its place to what is there.
    ///
    /// - Returns: as `ReplicaFile.leave`.
    package func close() -> String? { replica.file.leave() }
}
