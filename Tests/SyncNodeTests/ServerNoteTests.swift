import Foundation
import ReplicaModel
import SyncWire
import Testing

@testable import SyncNode

@Suite("The note of a running server")
struct ServerNoteTests {
    private let home: NodeHome

    init() throws {
        home = NodeHome(path: FileManager.default.temporaryDirectory.path + "/caravan-note-\(UUID().uuidString)")
        try FileManager.default.createDirectory(atPath: home.path, withIntermediateDirectories: true)
    }

    private func session(_ number: Int, isStanding: Bool) -> LiveSession {
        LiveSession(
            site: SigningKey().site, since: Int64(number), isDialledHere: number % 2 == 0, isStanding: isStanding)
    }

    private var files: [String] { (try? FileManager.default.contentsOfDirectory(atPath: home.path)) ?? [] }

    @Test("It says what was written last, however many sessions there were before, and goes with its server")
    func written() throws {
        defer { try? FileManager.default.removeItem(atPath: home.path) }
        do {
            let note = try #require(ServerNote(in: home, since: 5, address: "127.0.0.1:7410"))
            #expect(ServerNote.servers(in: home) == [ServerReport(since: 5, address: "127.0.0.1:7410", sessions: [])])
            for count in [3, 200, 1, 0, 2] {
                let sessions = (0..<count).map { session($0, isStanding: $0 % 3 == 0) }
                note.write(sessions)
                #expect(ServerNote.servers(in: home).map(\.sessions) == [sessions])
            }
            let second = try #require(ServerNote(in: home, since: 6, address: "[::1]:7411"))
            #expect(ServerNote.servers(in: home).map(\.address) == ["127.0.0.1:7410", "[::1]:7411"])
            withExtendedLifetime((note, second)) {}
        }
        #expect(ServerNote.servers(in: home).isEmpty)
        #expect(files.isEmpty)
    }

    @Test("That of a server that was killed counts no more, and the next server takes it away")
    func left() throws {
        defer { try? FileManager.default.removeItem(atPath: home.path) }
        let report = ServerReport(since: 5, address: "127.0.0.1:7410", sessions: [session(1, isStanding: true)])
        try ServerNote.text(report).write(toFile: home.path + "/serving-abcdef", atomically: true, encoding: .utf8)
        #expect(ServerNote.servers(in: home).isEmpty)
        let note = try #require(ServerNote(in: home, since: 6, address: "127.0.0.1:7411"))
        #expect(ServerNote.servers(in: home).map(\.since) == [6])
        #expect(files.count == 1)
        withExtendedLifetime(note) {}
    }

    @Test("A part of a note is none", arguments: 0..<8)
    func torn(kept eighths: Int) {
        let report = ServerReport(
            since: 5, address: "127.0.0.1:7410", sessions: (0..<3).map { session($0, isStanding: true) })
        let text = ServerNote.text(report)
        #expect(ServerNote.report(text) == report)
        #expect(ServerNote.report(String(text.prefix(text.count * eighths / 8))) == nil)
        #expect(ServerNote.report(text + text) == nil)
    }
}
