import Foundation
import Testing

@Suite("A stick with the program on it")
struct StickProgramTests {
    private func exchange(_ village: Village, _ node: String, _ words: String...) throws -> Shell.Outcome {
        try Shell.run(Shell.command, ["--home", village.home(node), "bundle", "exchange", village.stick] + words)
    }

    /// Runs a program that has nothing of this process's surroundings.
    private func bare(_ village: Village, _ words: String..., language: String = "C") throws -> Shell.Outcome {
        try Shell.run(
            "env", ["-i", "PATH=/usr/bin:/bin", "HOME=\(village.home("laptop"))", "LANG=\(language)"] + words)
    }

    private func sets(_ village: Village) throws -> [String] {
        let folder = village.onStick("caravan-program")
        return try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.contains("-linux-") }.map {
            folder + "/" + $0
        }
    }

    private func program(_ outcome: Shell.Outcome, _ village: Village) throws -> String? {
        try village.object(outcome)["program"] as? String
    }

    @Test("A laptop that has nothing joins from the stick, and has the records")
    func joins() throws {
        let village = try Village()
        try village.foundApart("a", others: [])
        try village.insert("a", "1")
        let written = try exchange(village, "a", "--with-program")
        #expect(written.status == 0, "\(written.err)")
        #expect(written.out.contains("installs it"))
        try FileManager.default.createDirectory(atPath: village.home("laptop"), withIntermediateDirectories: true)
        let installed = try bare(village, "sh", village.onStick("caravan-program/install.sh"), language: "ru_RU.UTF-8")
        #expect(installed.status == 0, "\(installed.err)")
        #expect(installed.out.contains("установлена"))
        let caravan = village.home("laptop/.local/bin/caravan")
        let (request, grant) = (village.onStick("b.request"), village.onStick("b.grant"))
        try village.done(bare(village, caravan, "join", "--request", request, "--name", "b"))
        try village.done(village.caravan("a", "invite", "--grant", request, "--output", grant))
        try village.done(bare(village, caravan, "join", "--grant", grant))
        #expect(try bare(village, caravan, "sql", "SELECT count(*) FROM t").out.contains("1"))
        let status = try bare(village, caravan, "status", "--json", "--digest")
        #expect(try village.object(status)["digest"] as? String == village.digest("a"))
        #expect(try bare(village, caravan, "bundle", "exchange", village.stick).status == 0)
    }

    @Test("The set is all that the program needs: it runs where there is no other file", .enabled(if: Village.canMount))
    func alone() throws {
        let village = try Village()
        try village.foundApart("a", others: [])
        try village.done(exchange(village, "a", "--with-program"))
        let set = try #require(try sets(village).first)
        for folder in ["/tmp", "/proc"] {
            try FileManager.default.createDirectory(atPath: set + folder, withIntermediateDirectories: true)
        }
        // A program in Swift reads its words there.
        try village.done(Shell.run("mount", ["-t", "proc", "proc", set + "/proc"]))
        village.willUnmount(set + "/proc")
        let loader = try #require(
            try FileManager.default.contentsOfDirectory(atPath: set + "/libc").first { $0.hasPrefix("ld-") })
        for file in ["caravan", "libc/\(loader)"] {
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: "\(set)/\(file)")
        }
        let words = ["--library-path", "/:/libc", "/caravan", "--home", "/tmp/n", "init", "--name", "n"]
        let outcome = try Shell.run(
            "env", ["-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "chroot", set, "/libc/\(loader)"] + words)
        #expect(outcome.status == 0, "\(outcome.err)")
        #expect(FileManager.default.fileExists(atPath: set + "/tmp/n/replica.sqlite"))
    }

    @Test("Of several that are whole the one of the highest version is installed")
    func latest() throws {
        let village = try Village()
        try village.foundApart("a", others: [])
        try village.done(exchange(village, "a", "--with-program"))
        let own = try #require(try sets(village).first)
        let system = try #require(own.split(separator: "/").last?.components(separatedBy: "-linux-").first) + "-linux-"
        for version in ["9.9.0", "9.10.0"] {
            let set = village.onStick("caravan-program/\(system)\(version)-abcdef01")
            try FileManager.default.createDirectory(atPath: set, withIntermediateDirectories: true)
            try "#!/bin/sh\necho \(version)\n".write(toFile: set + "/caravan", atomically: true, encoding: .utf8)
            try village.done(Shell.run("sh", ["-c", "cd '\(set)' && sha256sum caravan >SHA256SUMS"]))
        }
        let installed = try bare(
            village, "sh", village.onStick("caravan-program/install.sh"), village.home("laptop"))
        #expect(installed.status == 0, "\(installed.err)")
        #expect(try bare(village, village.home("laptop/bin/caravan"), "--version").out == "9.10.0\n")
    }

    @Test("A part of a program, which a stick has that was pulled out too soon, takes nobody's room")
    func part() throws {
        let village = try Village()
        try village.foundApart("a", others: [])
        let small = try exchange(village, "a", "--with-program", "--max-bytes", "1M")
        let words = try #require(small.lines.first { $0.hasPrefix("no room for the program") }).split(separator: " ")
        let bytes = try #require(words.compactMap { Int($0) }.first)
        let system = try Shell.run("sh", ["-c", "echo $(uname -m)-$(uname -s) | tr A-Z a-z"]).lines[0]
        let part = village.onStick("caravan-program/\(system)-0.0.1-abcdef01")
        try FileManager.default.createDirectory(atPath: part, withIntermediateDirectories: true)
        try Data(count: 8 << 20).write(to: URL(fileURLWithPath: part + "/caravan"))
        let written = try exchange(village, "a", "--with-program", "--max-bytes", "\(bytes + (4 << 20))", "--json")
        #expect(try program(written, village) == "written", "\(written.out)\(written.err)")
        #expect(!FileManager.default.fileExists(atPath: part))
    }

    @Test("Of a program for which the stick has no room after all, nothing stays", .enabled(if: Village.canMount))
    func full() throws {
        let village = try Village()
        // The bytes have room, and the files do not.
        #expect(try village.mount("stick", "-t", "tmpfs", "-o", "size=4g,nr_inodes=9", "tmpfs"))
        try village.foundApart("a", others: [])
        let full = try exchange(village, "a", "--with-program", "--json")
        #expect(full.status == 1, "\(full.err)")
        #expect(try program(full, village) == "no-room")
        #expect(!FileManager.default.fileExists(atPath: village.onStick("caravan-program")))
    }

    @Test("One that is damaged is not installed, and put right; a whole one is not written again; one has no room")
    func damaged() throws {
        let village = try Village()
        try village.foundApart("a", others: [])
        let small = try exchange(village, "a", "--with-program", "--max-bytes", "1M", "--json")
        #expect(small.status == 1)
        #expect(try program(small, village) == "no-room")
        #expect(!FileManager.default.fileExists(atPath: village.onStick("caravan-program")))
        #expect(try program(exchange(village, "a", "--with-program", "--json"), village) == "written")
        #expect(try program(exchange(village, "a", "--with-program", "--json"), village) == "there")
        let file = try FileHandle(forUpdating: URL(fileURLWithPath: #require(try sets(village).first) + "/caravan"))
        try file.seek(toOffset: 5_000)
        try file.write(contentsOf: Data("altered".utf8))
        try file.close()
        let refused = try bare(
            village, "sh", village.onStick("caravan-program/install.sh"), village.home("laptop"),
            language: "zh_CN.UTF-8")
        #expect(refused.status == 1)
        #expect(refused.err.contains("不完整"))
        #expect(!FileManager.default.fileExists(atPath: village.home("laptop")))
        #expect(try program(exchange(village, "a", "--with-program", "--json"), village) == "written")
        // A list that leaves files out, or names what lies beside them, makes nothing whole.
        let list = try #require(try sets(village).first) + "/SHA256SUMS"
        let sums = try String(contentsOfFile: list, encoding: .utf8).split(separator: "\n")
        for lines in [sums.dropLast(), sums + ["\(sums[0].prefix(64))  ../\(sums[0].dropFirst(66))"]] {
            try (lines.joined(separator: "\n") + "\n").write(toFile: list, atomically: true, encoding: .utf8)
            #expect(try program(exchange(village, "a", "--with-program", "--json"), village) == "written")
        }
        let readme = try String(contentsOfFile: village.onStick("caravan-program/README.txt"), encoding: .utf8)
        for word in ["中文", "Русский", "English", "sh install.sh"] { #expect(readme.contains(word)) }
    }
}
