import Foundation
import Testing

@testable import SyncNode

@Suite("The home of a node")
struct HomeTests {
    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
        "caravan-home-\(UUID().uuidString)"
    ).path

    private func inFolder(_ body: () throws -> Void) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body()
    }

    @Test(
        "The option comes first, then CARAVAN_HOME, then the nearest folder upward with a replica, then the user's own")
    func finding() throws {
        try inFolder {
            let below = folder + "/a/b"
            try FileManager.default.createDirectory(atPath: below, withIntermediateDirectories: true)
            let environment = ["CARAVAN_HOME": "/named", "HOME": "/home/user"]
            #expect(NodeHome.find(option: "x", environment: environment, currentDirectory: below).path == below + "/x")
            #expect(NodeHome.find(option: nil, environment: environment, currentDirectory: below).path == "/named")
            let plain = ["HOME": "/home/user"]
            #expect(
                NodeHome.find(option: nil, environment: plain, currentDirectory: below).path
                    == "/home/user/.local/share/caravan")
            try Data().write(to: URL(fileURLWithPath: folder + "/a/replica.sqlite"))
            #expect(NodeHome.find(option: nil, environment: plain, currentDirectory: below).path == folder + "/a")
        }
    }

    @Test(
        "A key is made once, readable by its owner only, and read back; one that others may read, or that is none, is refused"
    )
    func identity() throws {
        try inFolder {
            let file = IdentityFile(path: folder + "/identity.key")
            let key = try file.make()
            #expect(try file.read().site == key.site)
            #expect(try file.make().site == key.site)
            #expect(try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int == 0o600)
            try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: file.path)
            #expect { try file.read() } throws: { ($0 as? NodeError)?.kind == .exposedKey }
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
            try "not a key".write(toFile: file.path, atomically: false, encoding: .utf8)
            #expect { try file.read() } throws: { ($0 as? NodeError)?.kind == .damaged }
            try FileManager.default.removeItem(atPath: file.path)
            #expect { try file.read() } throws: { ($0 as? NodeError)?.kind == .missing }
        }
    }

    @Test("A key that a killed program left half written, or empty, is made anew, and nothing is left beside it")
    func halfIdentity() throws {
        try inFolder {
            let file = IdentityFile(path: folder + "/identity.key")
            try "0123".write(toFile: file.path + ".part", atomically: false, encoding: .utf8)
            try "".write(toFile: file.path, atomically: false, encoding: .utf8)
            let key = try file.make()
            #expect(try file.read().site == key.site)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["identity.key"])
        }
    }

    @Test(
        "A configuration that is missing or only comments leaves the defaults; what cannot be meant is refused with what may be"
    )
    func configuration() throws {
        try inFolder {
            let path = folder + "/config.yaml"
            #expect(try Configuration.read(path).listen == nil)
            try Configuration.writeInitial(path)
            #expect(try Configuration.read(path).interval == nil)
            try "listen: 0.0.0.0:7410\ninterval: 60\n".write(toFile: path, atomically: true, encoding: .utf8)
            #expect(try Configuration.read(path).listen == "0.0.0.0:7410")
            #expect(try Configuration.read(path).interval == 60)
            for wrong in [
                "interval: 0", "interval: often", "valueBytesMax: 3", "- a\n- b", "listen: [", "x: {", "intervall: 60",
                "interval: 60\n7: a",
            ] {
                try wrong.write(toFile: path, atomically: true, encoding: .utf8)
                #expect { try Configuration.read(path) } throws: { ($0 as? NodeError)?.kind == .usage }
            }
        }
    }

    private func refusal(of text: String) -> String? {
        do throws(NodeError) {
            _ = try SettingsText(text, path: "config.yaml")
            return nil
        } catch { return error.message }
    }

    @Test("A few aliases that stand for more than can be read are refused at once, with the line of the first anchor")
    func aliases() {
        for (head, item) in [("", "- "), ("? ", ""), ("--- ", "")] {
            let levels = (1...40).map { "&a\($0) [*a\($0 - 1), *a\($0 - 1)]" }
            let text = "# '\n" + ([head + "&a0 [x, x]"] + levels).map { item + $0 }.joined(separator: "\n") + "\n"
            #expect(refusal(of: text)?.contains("(line 2: anchors and aliases") == true, "\(text.prefix(40))")
        }
        for (text, line) in [
            ("name: x\npeers: &p {a: *p}", 2), ("name: *x", 1), ("x: 'it''s'\ny: [a, *b]", 2), ("{\"a\":*b}", 1),
            ("name: |\n  *x\n  '\ny:\n  <<: *x", 5), ("- a: |\n    '\n  b: *x", 3), ("name: !!str &x y", 1),
            ("x: \"\\\"\"\ny: &a b", 2),
        ] {
            #expect(refusal(of: text)?.contains("(line \(line): anchors and aliases") == true, "\(text)")
        }
    }

    @Test("Signs of anchors and aliases within a text or a comment are none")
    func noAliases() {
        for text in [
            "name: R&D", "name: a & b *c", "name: '*x'", "name: \"&x\"", "# &x *y\nname: x", "name: x # *y",
            "name: |\n  * one\n  & two\ninterval: 5", "peers:\n  a: [\"*:7\", b*]", "name: it's *x, &y 'z",
            "name: >\n\n  &x\n", "name: a - *b",
        ] {
            #expect(refusal(of: text) == nil, "\(text)")
        }
    }

    @Test("What is wrong is named with its line: a name that is set twice with the second")
    func places() {
        for (text, line, what) in [
            ("name: x\ninterval: 5\nname: y\n", 3, "name is set twice"),
            ("peers:\n  a: h:1\n\n  # again\n  'a' : h:2\n", 5, "a is set twice"),
            ("name: x\n# \u{1}\n", 2, "control characters"),
            ("name: " + String(repeating: "[", count: 20_000), 1, "lists and names stand too deep"),
        ] {
            let told = refusal(of: text)
            #expect(told?.contains("(line \(line): \(what)") == true, "\(told ?? "nothing")")
        }
    }

    @Test("A home that holds a node is not founded or joined over, and a name is one line")
    func existing() async throws {
        let home = NodeHome(path: folder)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let founding = try await home.found(name: "first", schemaSQL: nil, allowIntegerKey: [])
        #expect(founding.name == "first")
        #expect(founding.tables.contains("institution"))
        await #expect {
            _ = try await home.found(name: "again", schemaSQL: nil, allowIntegerKey: [])
        } throws: {
            ($0 as? NodeError)?.kind == .usage
        }
        await #expect {
            _ = try await NodeHome(path: folder + "/b").found(
                name: "a\nb", schemaSQL: nil, allowIntegerKey: [])
        } throws: {
            ($0 as? NodeError)?.kind == .usage
        }
        await #expect {
            _ = try await NodeHome(path: folder + "/c").join(
                code: "caravan1-x", name: nil, progress: { _ in })
        } throws: {
            ($0 as? NodeError)?.kind == .usage
        }
    }
}
