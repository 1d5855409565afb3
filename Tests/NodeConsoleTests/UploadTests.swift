import Foundation
import SyncNode
import Testing

@testable import NodeConsole

@Suite("Files that wait on the disk")
struct UploadTests {
    /// The uploads of a console in a folder of its own.
    private func run(_ body: (Uploads) async throws -> Void) async throws {
        let home = NodeHome(path: FileManager.default.temporaryDirectory.path + "/caravan-uploads-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(atPath: home.path) }
        try FileManager.default.createDirectory(atPath: home.path, withIntermediateDirectories: true)
        let folder = ConsoleFolder(home)
        try folder.make()
        let uploads = Uploads(folder: folder)
        try uploads.begin()
        try await body(uploads)
        uploads.end()
    }

    /// Keeps a file of so many bytes, none of which is written.
    private func keep(
        _ uploads: Uploads, _ session: String, _ kind: Upload.Kind = .sheet, name: String = "a",
        at sent: Int64 = Clock.now,
        bytes: Int64 = 1
    ) async -> Upload {
        let place = uploads.place()
        #expect(FileManager.default.createFile(atPath: place.path, contents: nil))
        truncate(place.path, Int(bytes))
        let upload = Upload(
            kind: kind, id: place.id, session: session, path: place.path, name: name, sent: sent, request: Form())
        await uploads.keep(upload)
        return upload
    }

    private func isThere(_ upload: Upload) -> Bool { FileManager.default.fileExists(atPath: upload.path) }

    @Test("a file goes an hour after it was sent, though nobody sends another")
    func hour() async throws {
        try await run { uploads in
            let old = await keep(uploads, "a")
            await uploads.sweep(now: old.sent + Uploads.lasts)
            #expect(isThere(old))
            await uploads.sweep(now: old.sent + Uploads.lasts + 1)
            #expect(!isThere(old))
            #expect(await uploads.find(old.id, .sheet, of: "a") == nil)
        }
    }

    @Test("the files of a session go with it, and those of others stay")
    func session() async throws {
        try await run { uploads in
            let (mine, other) = (await keep(uploads, "a"), await keep(uploads, "b"))
            await uploads.end(session: "a")
            #expect(!isThere(mine))
            #expect(isThere(other))
        }
    }

    @Test("however many files one session has made, another's stays, and of one name the last is there")
    func crowd() async throws {
        try await run { uploads in
            let other = await keep(uploads, "b", at: Clock.now - 60_000)
            var made: [Upload] = []
            for number in 0..<40 { made.append(await keep(uploads, "a", .download, name: "f\(number / 2)")) }
            #expect(isThere(other))
            #expect(made.filter(isThere).count == Uploads.keptMax - 1)
            #expect(made.indices.allSatisfy { $0.isMultiple(of: 2) ? !isThere(made[$0]) : true })
            #expect(isThere(made[39]))
            let late = await keep(uploads, "c")
            #expect(isThere(late))
            #expect(isThere(other))
        }
    }

    @Test("all files together have so many bytes at most, and one that is larger is there alone")
    func bytes() async throws {
        try await run { uploads in
            let half = Uploads.bytesMax / 2
            let first = await keep(uploads, "a", at: Clock.now - 2000, bytes: half)
            let second = await keep(uploads, "a", at: Clock.now - 1000, bytes: half)
            #expect(isThere(first))
            let third = await keep(uploads, "a", bytes: 1)
            #expect(!isThere(first))
            #expect(isThere(second))
            let large = await keep(uploads, "b", bytes: Uploads.bytesMax + 1)
            #expect(!isThere(third))
            #expect(isThere(large))
        }
    }

    @Test("an upload that is read otherwise stays where it is, however full it is")
    func again() async throws {
        try await run { uploads in
            var all: [Upload] = []
            for _ in 0..<Uploads.keptMax { all.append(await keep(uploads, "a")) }
            await uploads.change(all[0].id, Form([("table", "t")]))
            #expect(all.allSatisfy(isThere))
            #expect(await uploads.find(all[0].id, .sheet, of: "a")?.request["table"] == "t")
        }
    }

    @Test("who signs out leaves no file, and the console none when it ends")
    func ends() async throws {
        try await Fixture.run { (fixture) async throws in
            let (browser, other) = (fixture.browser, Browser(port: fixture.browser.port))
            let kept = { try FileManager.default.contentsOfDirectory(atPath: fixture.home.path + "/console/uploads") }
            _ = try fixture.signIn(other)
            #expect(try browser.upload("id\na\n", name: "s.csv", table: "school").status == 303)
            #expect(try other.upload("id\na\n", name: "s.csv", table: "school").status == 303)
            #expect(try kept().count == 2)
            // A second console of the same node is refused, and takes nothing of the first.
            let second = try ConsoleServer(home: fixture.home, listen: "127.0.0.1:0")
            await #expect(throws: NodeError.self) { try await second.run(log: LogOptions(level: .error)) { _ in } }
            #expect(try kept().count == 2)
            #expect(
                try browser.post("/sign-out", browser.form(on: try browser.get("/"), to: "/sign-out")).status == 303)
            #expect(try kept().count == 1)
            let list = try other.get("/sessions")
            let ended = try other.post("/sessions/end", other.form(on: list, to: "/sessions/end"))
            #expect(ended.status == 303)
            #expect(try kept().isEmpty)
            #expect(try fixture.signIn().status == 303)
            #expect(try browser.upload("id\na\n", name: "s.csv", table: "school").status == 303)
            #expect(try kept().count == 1)
        } leaving: { home in
            #expect(!FileManager.default.fileExists(atPath: home.path + "/console/uploads"))
        }
    }
}
