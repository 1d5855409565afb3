import Foundation
import Testing

@Suite("What each folder knows")
struct RoomTests {
    private static let tablesOfLog = ["feed", "branch", "knows", "changeset", "chunk", "staged", "arrival", "spoilt"]

    /// The folders of sources in which statements on replicas are written.
    private static let rooms = ["ReplicaStore", "SyncEngine", "SyncNode", "NodeConsole", "caravan"]

    /// The one file outside that names the tables: it makes them.
    private static let format = "ReplicaStore/Replica/ReplicaFormat.swift"

    @Test("No statement outside the folder Log names a table of the log", arguments: rooms)
    func log(room: String) throws {
        let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Sources")
        let all = FileManager.default.enumerator(atPath: sources.appendingPathComponent(room).path)
        let files = (all?.compactMap { $0 as? String } ?? []).filter { $0.hasSuffix(".swift") }.map { "\(room)/\($0)" }
        #expect(files.count > 10)
        var found: [String] = []
        for file in files where !file.hasPrefix("ReplicaStore/Log/") && file != Self.format {
            let text = try String(contentsOf: sources.appendingPathComponent(file), encoding: .utf8)
            let words = Set(text.split { !$0.isLetter && !$0.isNumber && $0 != "_" }.map(String.init))
            found += Self.tablesOfLog.map { "caravan_" + $0 }.filter(words.contains).map { "\(file): \($0)" }
        }
        #expect(found == [])
    }
}
