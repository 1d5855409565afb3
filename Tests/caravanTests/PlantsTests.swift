import Foundation
import Testing

@Suite("The planted bugs")
struct PlantsTests {
    /// Ends with all that the script said.
    private func run(_ arguments: [String]) throws -> (status: Int32, said: String) {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", root.appendingPathComponent("Scripts/plants").path] + arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let said = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, said)
    }

    @Test("Each applies to the code as it is, and there are many, in every room")
    func apply() throws {
        let check = try run(["--check"])
        #expect(check.status == 0, "\(check.said)")
        let listed = try run(["--list"]).said.split(separator: "\n")
        #expect(listed.count >= 60)
        for room in [
            "ReplicaModel", "SyncWire", "SyncProtocol", "ReplicaStore", "SyncEngine", "SyncTransport", "SyncNode",
        ] {
            #expect(listed.contains { $0.hasPrefix(room) }, "\(room)")
        }
    }

    @Test("A name that is none of theirs is an error")
    func unknown() throws { #expect(try run(["no-such-bug", "--check"]).status == 1) }
}
