import Foundation
import Testing

@Suite("The peers of a node in config.yaml", .serialized)
struct PeerFileTests {
    let village: Village

    init() throws {
        village = try Village()
        try village.caravan("a", "init", "--name", "a")
    }

    private func file(_ node: String = "a") -> String { village.home(node) + "/config.yaml" }

    private func text(_ node: String = "a") throws -> String { try String(contentsOfFile: file(node), encoding: .utf8) }

    private func write(_ settings: String, at node: String = "a") throws {
        try FileManager.default.createDirectory(atPath: village.home(node), withIntermediateDirectories: true)
        try settings.write(toFile: file(node), atomically: true, encoding: .utf8)
    }

    /// The peers that are listed, a line each.
    private func listed(_ node: String = "a") throws -> [String] {
        try village.json(village.caravan(node, "peer", "list", "--json")).map { peer in
            let texts = ["addresses", "windows"].flatMap { peer[$0] as? [String] ?? [] }
            let rate = (peer["limitRate"] as? Int).map { ["\($0)"] } ?? []
            return ([peer["name"] as? String ?? ""] + texts + rate).joined(separator: " ")
        }
    }

    private static let settings = """
        # What we set.
        interval: 60 # seconds
        peers:
          # The capital.
          urumqi:
            addresses: [campus.example:7410, "[::1]:7410"]
            windows: ["22:00-06:00"]
            # After the holidays:
            # limitRate: 64k
          osh: osh.example:7410   # by the mast

          kashgar: [10.0.0.5:7410]
        budgetDay: 50M

        """

    @Test("The file says which peers there are; whoever is not there any more is dialled no more")
    func read() throws {
        try village.caravan("a", "peer", "add", "old", "old.example:1")
        try write(Self.settings)
        let whole = [
            "kashgar 10.0.0.5:7410", "osh osh.example:7410", "urumqi campus.example:7410 [::1]:7410 22:00-06:00",
        ]
        #expect(try listed() == whole)
        try write(Self.settings.replacingOccurrences(of: "    # limitRate", with: "    limitRate"))
        #expect(try listed().last == whole[2] + " 65536")
        try write("peers:\n")
        #expect(try listed() == [])
        try write("peers: {osh: {addresses: osh.example:7410, windows: 02:00-05:00}}\n")
        #expect(try listed() == ["osh osh.example:7410 02:00-05:00"])
        // Without them in the file what was known stays.
        try write("interval: 60\n")
        #expect(try listed() == ["osh osh.example:7410 02:00-05:00"])
    }

    @Test("What is added, replaced and removed is in the file, whose other lines and comments stay as they are")
    func edited() throws {
        try write(Self.settings)
        chmod(file(), 0o640)
        #expect(try village.caravan("a", "peer", "add", "naryn", "n.example:1", "--limit-rate", "32k").status == 0)
        let added = """
              kashgar: [10.0.0.5:7410]
              naryn:
                addresses: ["n.example:1"]
                limitRate: 32k
            budgetDay: 50M
            """
        let indented = added.split(separator: "\n").joined(separator: "\n")
        #expect(try text().contains(indented))
        #expect(
            try text().replacingOccurrences(
                of: "  naryn:\n    addresses: [\"n.example:1\"]\n    limitRate: 32k\n", with: "") == Self.settings)
        #expect(try village.caravan("a", "peer", "add", "urumqi", "new.example:7410").status == 0)
        #expect(
            try text().contains(
                """
                  # The capital.
                  urumqi:
                    addresses: ["new.example:7410"]
                    # After the holidays:
                    # limitRate: 64k
                  osh: osh.example:7410   # by the mast
                """))
        #expect(try village.caravan("a", "peer", "remove", "osh").status == 0)
        #expect(try village.caravan("a", "peer", "remove", "naryn").status == 0)
        #expect(try !text().contains("osh"))
        for words in ["# What we set.", "interval: 60 # seconds", "# The capital.", "budgetDay: 50M"] {
            #expect(try text().contains(words))
        }
        #expect(try listed() == ["kashgar 10.0.0.5:7410", "urumqi new.example:7410"])
        #expect(try FileManager.default.attributesOfItem(atPath: file())[.posixPermissions] as? Int == 0o640)
        #expect(try village.caravan("a", "peer", "remove", "nobody").status == 2)
        for name in ["kashgar", "urumqi"] { #expect(try village.caravan("a", "peer", "remove", name).status == 0) }
        #expect(try text().contains("peers:\n"))
        #expect(try listed() == [])
    }

    @Test("A file without peers gets all that are known; a link stays one, and what is behind it is written")
    func created() throws {
        let known = try text()
        try village.sqlite("a", "INSERT INTO caravan_peer VALUES ('old', NULL, 'old.example:1', NULL)")
        try FileManager.default.moveItem(atPath: file(), toPath: village.folder.path + "/ours.yaml")
        try FileManager.default.createSymbolicLink(atPath: file(), withDestinationPath: "../ours.yaml")
        #expect(try village.caravan("a", "peer", "add", "osh", "[::1]:7410", "--window", "02:00-05:00").status == 0)
        let block = """

            peers:
              old:
                addresses: ["old.example:1"]
              osh:
                addresses: ["[::1]:7410"]
                windows: ["02:00-05:00"]

            """
        #expect(try String(contentsOfFile: village.folder.path + "/ours.yaml", encoding: .utf8) == known + block)
        #expect(try FileManager.default.destinationOfSymbolicLink(atPath: file()) == "../ours.yaml")
        #expect(try listed() == ["old old.example:1", "osh [::1]:7410 02:00-05:00"])
    }

    @Test(
        "What is written in another way than line by line is written anew, and where that cannot be it is refused",
        arguments: [
            ("peers: {osh: 'o.example:1'} # ours\ninterval: 60\n", 0), ("peers: {}", 0), ("peers: ~\n", 0),
            ("peers:\r\n  osh: o.example:1\r\ninterval: 60\r\n", 0), ("interval: 60", 0), ("---\ninterval: 60\n", 0),
            ("  interval: 60\n  peers:\n    osh: o.example:1\n", 0), ("peers:\n  ? osh\n  : o.example:1\n", 0),
            ("{interval: 60}\n", 2), ("{peers: {osh: 'o.example:1'}, interval: 60}\n", 2),
        ])
    func otherwise(settings: String, status: Int32) throws {
        try write(settings)
        let before = try listed()
        let added = try village.caravan("a", "peer", "add", "zürich нет", "z.example:1")
        #expect(added.status == status, "\(added.err)")
        guard status == 0 else {
            #expect(added.err.contains("is written so that no peers can be put into it"), "\(added.err)")
            #expect(try text() == settings)
            return
        }
        #expect(try listed() == before + ["zürich нет z.example:1"])
        #expect(try text().contains("interval: 60") == settings.contains("interval: 60"))
        #expect(try village.caravan("a", "peer", "remove", "zürich нет").status == 0)
        #expect(try listed() == before)
    }

    @Test(
        "A mistake is said with its line, by every command",
        arguments: [
            ("peers:\n  osh: o.example\n", "line 2: o.example is not an address: write HOST:PORT"),
            ("peers:\n  osh:\n    addresses:\n      - o:1\n      - o\n", "line 5: o is not an address"),
            ("peers:\n  osh:\n    windows: [2-5]\n", "line 3: 2-5 is no window: write from when to when"),
            ("peers:\n  osh:\n    limitRate: fast\n", "line 3: fast is no rate: write bytes a second"),
            ("peers:\n  osh:\n    limitRate: 1k\n", "line 3: a rate of 1k is out of bounds"),
            ("peers:\n  osh:\n    adresses: o:1\n", "line 3: there is no setting adresses (did you mean addresses?)"),
            ("peers:\n  osh:\n", "line 2: a peer needs an address: HOST:PORT"),
            ("\npeers:\n  o.example:7410: {}\n", "line 3: a peer's name is one line without a colon"),
            ("peers:\n  osh: o:1\n  osh: o:2\n", "(line 3: osh is set twice)"),
            ("peers:\n  osh: &here [o.example:1]\n  naryn: *here\n", "(line 2: anchors and aliases, & and *, are not"),
            ("peers:\n  7: o:1\n  '7': o:2\n", "(line 3: 7 is set twice)"),
            ("peers: osh\n", "(line 1: peers has another kind of value)"),
            ("peers:\n  - osh\n", "(line 2: peers has another kind of value)"),
            ("peers:\n  osh: [[o:1]]\n", "(line 2: osh has another kind of value)"),
        ])
    func mistakes(settings: String, sentence: String) throws {
        try write(settings)
        for arguments in [["status"], ["peer", "add", "x", "x.example:1"], ["peer", "list"]] {
            let refused = try Shell.run(Shell.command, ["--home", village.home("a")] + arguments)
            #expect(refused.status == 2)
            #expect(refused.err.contains("config.yaml"))
            #expect(refused.err.contains(sentence), "\(refused.err)")
        }
        #expect(try text() == settings)
    }

    @Test("Where the file cannot be written nothing is changed, and that is one sentence")
    func unwritable() throws {
        // Root may write everywhere; a folder in the place of what is written meanwhile stops it, too.
        try FileManager.default.createDirectory(atPath: file() + ".part/x", withIntermediateDirectories: true)
        let before = try text()
        let refused = try village.caravan("a", "peer", "add", "osh", "o.example:1")
        #expect(refused.status == 4)
        #expect(refused.err.filter { $0 == "\n" }.count == 1, "\(refused.err)")
        #expect(refused.err.contains("config.yaml"))
        #expect(try text() == before)
        #expect(try listed() == [])
    }

    @Test("Of commands that add peers at the same time none loses what another has added")
    func concurrent() throws {
        let names = (0..<10).map { "p\($0)" }
        let running = try names.map { name in
            try Shell.start(
                Shell.command, ["--home", village.home("a"), "peer", "add", name, "\(name).example:1"])
        }
        for (process, _, err) in running {
            process.waitUntilExit()
            let said = String(decoding: err.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            #expect(process.terminationStatus == 0, "\(said)")
        }
        #expect(try listed() == names.map { "\($0) \($0).example:1" })
        for name in names { #expect(try text().contains("  \(name):\n")) }
    }

    @Test("A backup that is restored brings no peers back that the file does not name")
    func restored() throws {
        try village.caravan("a", "peer", "add", "old", "old.example:1")
        let backup = village.folder.path + "/backup.sqlite"
        #expect(try village.caravan("a", "backup", backup).status == 0)
        try village.caravan("a", "peer", "remove", "old")
        try village.caravan("a", "peer", "add", "osh", "o.example:1")
        #expect(try village.caravan("a", "restore", backup).status == 0)
        #expect(try listed() == ["osh o.example:1"])
    }

    @Test(
        "A command that only reads writes nothing while the book says what the file does, and works where it cannot be")
    func reading() throws {
        try write(Self.settings)
        _ = try listed()
        let count = { try self.village.sqlite("a", "PRAGMA data_version; SELECT sum(rowid) FROM caravan_peer").out }
        let before = try count()
        _ = try listed()
        _ = try village.caravan("a", "status")
        #expect(try count() == before)
        try write("peers: {}\n")
        let (holder, out, _) = try Shell.start(
            "python3",
            [
                "-c",
                """
                import sqlite3, sys, time
                held = sqlite3.connect(sys.argv[1], isolation_level=None)
                held.execute("BEGIN IMMEDIATE")
                print("held", flush=True)
                time.sleep(60)
                """, village.home("a") + "/replica.sqlite",
            ])
        #expect(Shell.firstLine(of: out) == "held")
        #expect(try village.caravan("a", "sql", "SELECT 1").out == "1\n")
        #expect(try listed().count == 3)
        kill(holder.processIdentifier, SIGKILL)
        holder.waitUntilExit()
        #expect(try listed() == [])
    }
}

@Suite("The peers in config.yaml of nodes that join and serve", .serialized)
struct PeerFileServingTests {
    let village: Village
    let address: String

    init() throws {
        village = try Village()
        address = try village.found(
            "hub", others: [], schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, x TEXT);")
    }

    private func text(_ node: String) throws -> String {
        try String(contentsOfFile: village.home(node) + "/config.yaml", encoding: .utf8)
    }

    private func invite() throws -> String {
        try village.caravan("hub", "invite", "--address", address).out.trimmingCharacters(in: .newlines)
    }

    private func join(_ node: String) throws -> Shell.Outcome {
        try village.caravan(node, "join", invite(), "--name", node)
    }

    @Test("Whoever joins has the inviter in its file, beside peers that stood there before, and syncs by it")
    func joined() throws {
        #expect(try join("a").status == 0)
        #expect(try text("a").hasSuffix("\npeers:\n  hub:\n    addresses: [\"\(address)\"]\n"))
        try FileManager.default.createDirectory(atPath: village.home("b"), withIntermediateDirectories: true)
        try "peers: # ours\n  osh: o.example:1 # far\n".write(
            toFile: village.home("b") + "/config.yaml", atomically: true, encoding: .utf8)
        let joined = try join("b")
        #expect(joined.status == 0, "\(joined.err)")
        #expect(
            try text("b") == "peers: # ours\n  osh: o.example:1 # far\n  hub:\n    addresses: [\"\(address)\"]\n")
        try village.sqlite("hub", "INSERT INTO t VALUES ('1', 'x')")
        #expect(try village.caravan("b", "sync", "hub").status == 0)
        #expect(try village.sqlite("b", "SELECT id FROM t").out == "1\n")
        // A replica that lost its peers has them from the file.
        try village.sqlite("a", "DELETE FROM caravan_peer")
        #expect(try village.json(village.caravan("a", "peer", "list", "--json")).first?["site"] is String)
        #expect(try village.caravan("a", "sync", "hub").status == 0)
        #expect(try village.sqlite("a", "SELECT id FROM t").out == "1\n")
    }

    @Test("A joining that lets nobody in leaves no file behind, and one that is begun anew not the former inviter")
    func refused() throws {
        let (late, early) = (try invite(), try invite())
        #expect(village.stop("hub") == 0)
        #expect(try village.caravan("c", "join", early, "--name", "c").status == 3)
        #expect(try text("c").contains("  hub:\n"))
        _ = try village.serve("hub", listen: address)
        try village.caravan("hub", "invite", "withdraw", late)
        #expect(try village.caravan("c", "join", late, "--name", "c").status == 3)
        #expect(!FileManager.default.fileExists(atPath: village.home("c")))
        // What was written there by somebody stays.
        try FileManager.default.createDirectory(atPath: village.home("d"), withIntermediateDirectories: true)
        try "interval: 60\n".write(toFile: village.home("d") + "/config.yaml", atomically: true, encoding: .utf8)
        #expect(try village.caravan("d", "join", late, "--name", "d").status == 3)
        #expect(try text("d").hasPrefix("interval: 60\n"))
    }

    @Test("A server takes up peers that were added to its file and removed from it when it reads the file anew")
    func reloaded() throws {
        #expect(try join("a").status == 0)
        let (file, manager) = (village.home("a") + "/config.yaml", try ManagerSocket(in: village.folder))
        try "interval: 1\nlisten: 127.0.0.1:0\npeers:\n".write(toFile: file, atomically: true, encoding: .utf8)
        let (process, _, _) = try Shell.start(
            Shell.command, ["--home", village.home("a"), "serve"], environment: ["NOTIFY_SOCKET": manager.name])
        #expect(manager.message(with: "READY=1") != nil)
        try "interval: 1\nlisten: 127.0.0.1:0\npeers: {main: \"\(address)\"}\n".write(
            toFile: file, atomically: true, encoding: .utf8)
        kill(process.processIdentifier, SIGHUP)
        #expect(manager.message(with: "READY=1") != nil)
        try village.sqlite("hub", "INSERT INTO t VALUES ('1', 'x')")
        var found = ""
        for _ in 0..<600 where found.isEmpty {
            usleep(50_000)
            found = try village.sqlite("a", "SELECT id FROM t").out
        }
        #expect(found == "1\n")
        #expect(try village.sqlite("a", "SELECT name FROM caravan_peer").out == "main\n")
        try "interval: 1\nlisten: 127.0.0.1:0\npeers:\n  main: x\n".write(
            toFile: file, atomically: true, encoding: .utf8)
        kill(process.processIdentifier, SIGHUP)
        #expect(manager.message(with: "READY=1")?.contains("config.yaml, line 4: x is not an address") == true)
        #expect(try village.sqlite("a", "SELECT name FROM caravan_peer").out == "main\n")
        try "interval: 1\nlisten: 127.0.0.1:0\npeers:\n".write(toFile: file, atomically: true, encoding: .utf8)
        kill(process.processIdentifier, SIGHUP)
        #expect(manager.message(with: "READY=1") != nil)
        #expect(try village.sqlite("a", "SELECT name FROM caravan_peer").out == "")
        process.terminate()
        process.waitUntilExit()
        let log = try String(contentsOfFile: village.home("a") + "/serve.log", encoding: .utf8)
        #expect(log.contains("config.yaml was read anew: peers changed"))
    }
}
