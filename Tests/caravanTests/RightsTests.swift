import Foundation
import Testing

@Suite("What a node keeps is its owner's alone, and nothing is left lying about")
struct RightsTests {
    private func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    private func names(_ village: Village, _ node: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: village.home(node)).sorted()
    }

    @Test(
        "Every file of a replica is for its owner only, in a folder that others may read, too; so is what is backed up and restored"
    )
    func files() throws {
        let village = try Village()
        for node in ["a", "b"] {
            try FileManager.default.createDirectory(
                atPath: village.home(node), withIntermediateDirectories: false, attributes: [.posixPermissions: 0o755])
        }
        let address = try village.found("a", others: ["b"])
        try village.sqlite("b", "INSERT INTO project(id) VALUES ('p')")
        #expect(try village.caravan("b", "sync", address).status == 0)
        for file in [
            "replica.sqlite", "replica.sqlite-wal", "replica.sqlite-shm", "replica.sqlite-witness", "identity.key",
        ] { #expect(try mode(village.home("a") + "/" + file) == 0o600, "\(file)") }
        for file in ["replica.sqlite", "replica.sqlite-witness"] {
            #expect(try mode(village.home("b") + "/" + file) == 0o600)
        }
        let backup = village.folder.path + "/backup"
        #expect(try village.caravan("b", "backup", backup).status == 0)
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: backup)
        #expect(try village.caravan("b", "restore", backup).status == 0)
        #expect(try mode(village.home("b") + "/replica.sqlite") == 0o600)
        #expect(try village.caravan("b", "doctor").status == 0)
    }

    @Test("A replica that others may read is named by doctor, with a command that mends it")
    func exposed() throws {
        let village = try Village()
        let home = village.home("it's a")
        try FileManager.default.createDirectory(
            atPath: home, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o755])
        #expect(try village.caravan("it's a", "init", "--name", "a").status == 0)
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: home + "/replica.sqlite")
        let message = try #require(
            village.json(village.caravan("it's a", "doctor", "--json")).first { $0["kind"] as? String == "rights" }?[
                "message"] as? String)
        let command = try #require(message.split(separator: "`").last.map(String.init))
        #expect(try Shell.run("sh", ["-c", command]).status == 0)
        #expect(try village.caravan("it's a", "doctor").status == 0)
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: home + "/replica.sqlite")
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: home)
        #expect(try village.caravan("it's a", "doctor").status == 0, "nobody comes through the folder")
        try FileManager.default.setAttributes([.posixPermissions: 0o660], ofItemAtPath: home + "/replica.sqlite")
        try FileManager.default.setAttributes([.posixPermissions: 0o750], ofItemAtPath: home)
        #expect(
            try village.json(village.caravan("it's a", "doctor", "--json")).compactMap { $0["kind"] as? String } == [
                "rights"
            ], "the group comes through")
    }

    @Test("A replica that has two names on its disk is named by doctor")
    func twoNames() throws {
        let village = try Village()
        #expect(try village.caravan("a", "init", "--name", "a").status == 0)
        let file = village.home("a") + "/replica.sqlite"
        try FileManager.default.linkItem(atPath: file, toPath: file + ".copy")
        let found = try village.json(village.caravan("a", "doctor", "--json"))
        #expect(found.compactMap { $0["kind"] as? String } == ["file"])
        #expect((found.first?["message"] as? String)?.contains("has 2 names") == true)
        try FileManager.default.removeItem(atPath: file + ".copy")
        #expect(try village.caravan("a", "doctor").status == 0)
    }

    @Test("Work on copies needs no temporary folder, and leaves nothing")
    func temporary() throws {
        let village = try Village()
        let address = try village.found("a", others: ["b"])
        try village.sqlite("a", "INSERT INTO project(id) VALUES ('p')")
        for folder in ["/no/such/folder", "/dev/full"] {
            let commands = [
                ["at", "2099-01-01", "--", "SELECT id FROM project ORDER BY title_en"], ["verify", "--deep"],
                ["sync", "--dry-run", address], ["diff", address],
                ["sql", "SELECT id FROM project ORDER BY note"],
            ]
            for words in commands {
                let outcome = try Shell.run(
                    Shell.command, ["--home", village.home("b")] + words, environment: ["TMPDIR": folder])
                #expect(outcome.status == 0, "\(words): \(outcome.err)")
            }
        }
        #expect(try names(village, "b").filter { $0.contains("scratch") } == [])
    }

    @Test("What a process leaves that is killed at work is swept away by the next, and what is in use is not")
    func swept() throws {
        let village = try Village()
        _ = try village.found("a", others: [], schema: "CREATE TABLE t (id TEXT NOT NULL PRIMARY KEY, v TEXT);")
        try village.sqlite(
            "a",
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000) INSERT INTO t SELECT i, 'v' FROM n"
        )
        let endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
        let (work, out, err) = try Shell.start(
            Shell.command,
            ["--home", village.home("a"), "at", "2099-01-01", "--", "SELECT count(*) FROM t; " + endless])
        defer { withExtendedLifetime((out, err)) {} }
        var there: [String] = []
        try waits {
            there = try names(village, "a").filter { $0.contains("scratch") }
            return !there.isEmpty
        }
        let folder = try #require(there.first)
        #expect(try mode(village.home("a") + "/" + folder) == 0o700)
        for words in [["status"], ["verify", "--deep"]] {
            #expect(try Shell.run(Shell.command, ["--home", village.home("a")] + words).status == 0)
        }
        #expect(try names(village, "a").contains(folder))
        kill(work.processIdentifier, SIGKILL)
        work.waitUntilExit()
        #expect(try names(village, "a").contains(folder))
        #expect(try village.caravan("a", "status").status == 0)
        #expect(try names(village, "a").filter { $0.contains("scratch") } == [])
    }

    /// Stands for a disk whose files all have the rights that it was mounted with.
    private static let shim = """
        #define _GNU_SOURCE
        #include <dlfcn.h>
        #include <sys/stat.h>
        int fstat(int file, struct stat *out) {
            int (*real)(int, struct stat *) = (int (*)(int, struct stat *))dlsym(RTLD_NEXT, "fstat");
            int code = real(file, out);
            if (code == 0 && S_ISREG(out->st_mode)) out->st_mode |= 0755;
            return code;
        }
        """

    private static let canCompile = (try? Shell.run("clang", ["--version"]).status) == 0

    @Test(
        "Where a disk keeps no rights of files, nothing is founded or joined, nothing stays, and another disk will do",
        .enabled(if: canCompile))
    func noRights() throws {
        let village = try Village()
        let (source, library) = (village.folder.path + "/shim.c", village.folder.path + "/shim.so")
        try Self.shim.write(toFile: source, atomically: true, encoding: .utf8)
        #expect(try Shell.run("clang", ["-shared", "-fPIC", "-o", library, source, "-ldl"]).status == 0)
        _ = try village.found("a", others: [])
        let code = try village.caravan("a", "invite").out.trimmingCharacters(in: .whitespacesAndNewlines)
        for words in [["init", "--name", "b"], ["join", code, "--name", "b"]] {
            let outcome = try Shell.run(
                Shell.command, ["--home", village.home("b")] + words + ["--json"], environment: ["LD_PRELOAD": library])
            #expect(outcome.status == 5, "\(outcome)")
            #expect(outcome.err.contains("keeps no rights"), "\(outcome)")
            #expect(!FileManager.default.fileExists(atPath: village.home("b")))
        }
        #expect(try village.caravan("b", "join", code, "--name", "b").status == 0)
    }
}
