import Foundation
import SQLiteAccess
import Testing

@testable import ReplicaStore

@Suite("Looking at the place of a replica")
struct PlaceTests {
    @Test("takes no lock from whoever has the file open in the same process")
    func locks() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("replica.sqlite").path
        let key = folder.appendingPathComponent("key").path
        try Data("key".utf8).write(to: URL(fileURLWithPath: key))
        let held = try Connection(path: path, access: .create)
        try held.run("PRAGMA journal_mode = WAL; CREATE TABLE t (v); INSERT INTO t VALUES (1)")
        let log = FileIdentity.of(path + "-wal")
        for _ in 0..<3 {
            #expect(ReplicaPlace(replica: path, key: key, after: FormerLog(identity: log)).lack == nil)
            // One that believes itself the last deletes the write-ahead log as it ends.
            let other = Process()
            other.executableURL = URL(fileURLWithPath: "/usr/bin/sqlite3")
            other.arguments = [path, "INSERT INTO t VALUES (2)"]
            try other.run()
            other.waitUntilExit()
            #expect(other.terminationStatus == 0)
            #expect(FileIdentity.of(path + "-wal") == log)
        }
        #expect(try held.value("SELECT count(*) FROM t") == .integer(4))
    }

    @Test("says that a replica is not there, and blames no disk, where something is to lie beside it")
    func beside() throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("\(UUID()).sqlite").path
        do throws(StoreError) {
            _ = try SideFile(path: path + "-witness", on: nil)
            Issue.record("a file was made beside nothing")
        } catch {
            guard case .missing(path) = error else {
                Issue.record("\(error)")
                return
            }
        }
    }

    @Test("tells what is not there, and what is not whole")
    func lacks() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (path, key) = (folder.path + "/replica.sqlite", folder.path + "/key")
        try Data("key".utf8).write(to: URL(fileURLWithPath: key))
        func lack() -> ReplicaPlace.Lack? { ReplicaPlace(replica: path, key: key, after: .none).lack }
        #expect(lack() == .nothingThere)
        do {
            let made = try Connection(path: path, access: .create)
            try made.run("CREATE TABLE t (v); INSERT INTO t VALUES (randomblob(20000))")
        }
        #expect(lack() == nil)
        let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        for count in [0, 1, 99, 100, 4_096, bytes.count - 1] {
            try bytes.prefix(count).write(to: URL(fileURLWithPath: path))
            #expect(lack() == .notWhole)
        }
        try bytes.write(to: URL(fileURLWithPath: path))
        #expect(lack() == nil)
        try FileManager.default.removeItem(atPath: key)
        #expect(lack() == .nothingThere)
    }
}
