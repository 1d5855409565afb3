import ReplicaModel
import SQLiteAccess
import Testing

@testable import ReplicaStore

@Suite("What a transaction leaves behind")
struct TransactionTests {
    private static let query = "SELECT value FROM json_each('[1, 2, 3]')"

    /// A replica of which something was read with a kept statement, up to the first row.
    private func read(_ transaction: Transaction) throws {
        let rows = try transaction.statement(Self.query)
        #expect(try rows.step())
    }

    private func first(_ replica: Replica) throws -> [Value] {
        try replica.write { transaction in
            let rows = try transaction.statement(Self.query)
            defer { rows.reset() }
            return try rows.step() ? rows.row : []
        }
    }

    @Test("A kept statement whose reader stopped begins anew in the next transaction, whether that one failed or not")
    func stopped() throws {
        let replica = try World(schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY)", skews: [0]).sites[0].replica
        #expect(throws: StoreError.self) {
            try replica.write { transaction in
                try read(transaction)
                throw StoreError.damaged("a row that nobody can read")
            }
        }
        #expect(try first(replica) == [.integer(1)])
        try replica.write { transaction in try read(transaction) }
        #expect(try first(replica) == [.integer(1)])
    }

    @Test("A part that is undone takes with it what was being read, and the transaction goes on")
    func undone() throws {
        let replica = try World(schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY)", skews: [0]).sites[0].replica
        try replica.write { transaction in
            try transaction.beginPart()
            try read(transaction)
            try transaction.undoPart()
        }
        #expect(try first(replica) == [.integer(1)])
    }
}
