import Foundation
import Testing

@Suite("The file that a helper elsewhere is sent")
struct DoctorBundleTests {
    let village: Village
    let file: String

    init() throws {
        village = try Village()
        file = village.folder.appendingPathComponent("bundle.json").path
    }

    private func bundle() throws -> (text: String, members: [String: Any]) {
        let data = try Data(contentsOf: URL(fileURLWithPath: file))
        let members = try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
        return (String(decoding: data, as: UTF8.self), members)
    }

    @Test(
        "It has versions, settings, status, findings, sizes and log, and no value of a record, no key and no password")
    func content() throws {
        _ = try village.found("a", others: ["b"])
        _ = village.stop("a")
        let secret = "Ғайрат-7f3e"
        #expect(
            try village.caravan(
                "a", "sql",
                """
                INSERT INTO institution(id, name_en, country) VALUES ('\(secret)-id', '\(secret)', 'TJ');
                INSERT INTO trainee(id, name_en) VALUES ('t-\(secret)', 'name \(secret)')
                """
            ).status == 0)
        try village.sqlite(
            "a", "CREATE INDEX own ON project(json(CASE WHEN id <> '\(secret)' THEN '{}' END)) WHERE id <> '\(secret)'")
        try "proxy: http://porter:pa%40ss77@127.0.0.1:1\ninterval: 60\n".write(
            toFile: village.home("a") + "/config.yaml", atomically: true, encoding: .utf8)
        let (process, out, _) = try Shell.start(
            Shell.command, ["--home", village.home("a"), "serve", "--listen", "127.0.0.1:0"])
        #expect(Shell.firstLine(of: out) != nil)
        kill(process.processIdentifier, SIGHUP)
        waits { FileManager.default.fileExists(atPath: village.home("a") + "/serve.log") }
        process.terminate()
        process.waitUntilExit()
        let outcome = try village.caravan("a", "doctor", "--bundle", file)
        #expect(outcome.out.contains("is written"))
        let (text, members) = try bundle()
        for name in ["software", "sqlite", "system", "settings", "status", "doctor", "files", "diskFree", "log"] {
            #expect(members[name] != nil, "\(name)")
        }
        #expect((members["status"] as? [String: Any])?["name"] as? String == "a")
        #expect((members["settings"] as? [String: Any])?["proxy"] as? String == "http://…@127.0.0.1:1")
        #expect((members["log"] as? [String])?.contains { $0.contains("was read anew") } == true)
        let key = try String(contentsOfFile: village.home("a") + "/identity.key", encoding: .utf8)
        for hidden in [secret, "porter", "pa%40ss77", "pa@ss77", key.trimmingCharacters(in: .newlines)] {
            #expect(!text.contains(hidden), "\(hidden)")
        }
        #expect(try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int == 0o600)
    }

    @Test("A file that is there is not overwritten")
    func there() throws {
        #expect(try village.foundSmall("a"))
        try "mine".write(toFile: file, atomically: true, encoding: .utf8)
        let refused = try village.caravan("a", "doctor", "--bundle", file)
        #expect(refused.status == 2)
        #expect(refused.err.contains("is there already"))
        #expect(try String(contentsOfFile: file, encoding: .utf8) == "mine")
    }

    @Test("It is written also where the replica cannot be opened, or the settings be read, and says why")
    func damaged() throws {
        #expect(try village.foundSmall("a"))
        try "no replica".write(toFile: village.home("a") + "/replica.sqlite", atomically: true, encoding: .utf8)
        try "interval: 0\n".write(toFile: village.home("a") + "/config.yaml", atomically: true, encoding: .utf8)
        #expect(try village.caravan("a", "doctor", "--bundle", file).status == 1)
        let (_, members) = try bundle()
        #expect((members["settingsError"] as? String)?.contains("line 1: interval is a number") == true)
        #expect(members["error"] != nil)
        #expect((members["files"] as? [[String: Any]])?.count ?? 0 > 2)
    }
}
