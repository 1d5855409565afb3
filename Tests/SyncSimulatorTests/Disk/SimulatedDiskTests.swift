import ReplicaModel
import SQLiteAccess
import Testing

@testable import ReplicaStore
@testable import SyncSimulator

@Suite("The simulated disk")
struct SimulatedDiskTests {
    private static let path = "/replica.sqlite"

    private func opened(_ disk: MountedDisk) throws -> Connection {
        let connection = try Connection(path: Self.path, access: .create, on: disk)
        try connection.run("PRAGMA journal_mode = WAL")
        return connection
    }

    private func count(_ disk: MountedDisk) throws -> Int64? {
        let connection = try Connection(path: Self.path, access: .readWrite, on: disk)
        #expect(try connection.value("PRAGMA integrity_check") == .text("ok"))
        guard case .integer(let count)? = try connection.value("SELECT count(*) FROM t") else { return nil }
        return count
    }

    @Test("What SQLite committed is there after any crash, and what it had not is not", arguments: 0..<200)
    func commits(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let disk = SimulatedDisk()
        let mounted = MountedDisk(disk)
        var committed: Int64 = 0
        do {
            let connection = try opened(mounted)
            try connection.run("CREATE TABLE t (a, b)")
            disk.crash(afterWrites: 1 + random.below(60))
            do {
                for _ in 0..<20 {
                    try connection.run(
                        "BEGIN; INSERT INTO t VALUES (1, randomblob(3000)); INSERT INTO t VALUES (2, 'x'); COMMIT")
                    committed += 2
                    if random.chance(10) { try connection.run("PRAGMA wal_checkpoint(TRUNCATE)") }
                }
            } catch { #expect(disk.hasCrashed) }
            disk.stop()
        }
        disk.restart(losing: random.pick(CrashLoss.allCases), using: &random)
        // The commit in which it stopped may be there, whole.
        let found = try count(mounted)
        #expect(found == committed || found == committed + 2)
    }

    @Test("A disk that lies about syncing loses what was committed")
    func lies() throws {
        var random = SeededGenerator(seed: 1)
        let disk = SimulatedDisk()
        let mounted = MountedDisk(disk)
        do {
            let connection = try opened(mounted)
            try connection.run("CREATE TABLE t (a, b); PRAGMA wal_checkpoint(TRUNCATE)")
            disk.isLyingAboutSync = true
            try connection.run("INSERT INTO t VALUES (1, 1)")
            disk.stop()
        }
        disk.restart(losing: .everything, using: &random)
        #expect(try count(mounted) == 0)
    }

    @Test("A disk that is full for a while fails a commit, and keeps what was there")
    func full() throws {
        let disk = SimulatedDisk()
        let mounted = MountedDisk(disk)
        let connection = try opened(mounted)
        try connection.run("CREATE TABLE t (a, b)")
        disk.fail(.full, afterWrites: 0, lasting: 1)
        #expect { try connection.run("INSERT INTO t VALUES (1, 1)") } throws: {
            if case StoreError.diskFull = $0 { true } else { false }
        }
        try connection.run("INSERT INTO t VALUES (2, 2)")
        #expect(try count(mounted) == 1)
    }

    @Test("Two connections see each other's locks")
    func locks() throws {
        let mounted = MountedDisk(SimulatedDisk())
        let one = try opened(mounted)
        try one.run("CREATE TABLE t (a, b); BEGIN IMMEDIATE; INSERT INTO t VALUES (1, 1)")
        let other = try opened(mounted)
        #expect { try other.run("BEGIN IMMEDIATE") } throws: { if case StoreError.locked = $0 { true } else { false } }
        #expect(try other.value("SELECT count(*) FROM t") == .integer(0))
        try one.run("COMMIT")
        #expect(try other.value("SELECT count(*) FROM t") == .integer(1))
    }

    @Test("SQL has the disk's own clock")
    func clock() throws {
        let disk = SimulatedDisk()
        disk.wallClock = 1_800_000_000_123
        let connection = try opened(MountedDisk(disk))
        #expect(try connection.value("SELECT unixepoch()") == .integer(1_800_000_000))
        disk.wallClock += 1000
        #expect(try connection.value("SELECT unixepoch()") == .integer(1_800_000_001))
    }
}
