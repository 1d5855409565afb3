import Foundation
import Testing

@Suite("The manual")
struct ManualTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()
    private static let script = root.appendingPathComponent("Scripts/manual").path

    private func manual(_ words: String...) throws -> Shell.Outcome {
        try Shell.run("python3", [Self.script] + words, environment: ["CARAVAN_BIN": Shell.command])
    }

    @Test("The article on the command line is what the command says of itself")
    func article() throws {
        let checked = try manual("--check")
        #expect(checked.status == 0, "\(checked.err)")
    }

    @Test("The article has every option and every word that `--help` of each command shows, with its example")
    func help() throws {
        let file = Self.root.appendingPathComponent("Sources/SyncNode/Caravan.docc/CommandLine.md")
        let article = try String(contentsOf: file, encoding: .utf8)
        var sections: [String: String] = [:]
        for section in article.components(separatedBy: "\n##").dropFirst() {
            let head = section.prefix { $0 != "\n" }.drop { $0 == "#" }.trimmingCharacters(in: .whitespaces)
            sections[head] = section
        }
        let help = try Shell.run(Shell.command, ["--help"], environment: ["COLUMNS": "1000"]).out
        let listed = help.components(separatedBy: "SUBCOMMANDS:\n").last?.split(separator: "\n") ?? []
        let names = listed.filter { $0.hasPrefix("  ") && !$0.hasPrefix("   ") }.compactMap {
            $0.split(separator: " ").first.map(String.init)
        }.filter { $0 != "help" && $0 != "See" }
        #expect(names.count > 20)
        for name in names {
            let section = try #require(sections[name], "\(name)")
            let own = try Shell.run(Shell.command, [name, "--help"], environment: ["COLUMNS": "1000"]).out
            for line in own.split(separator: "\n") where line.hasPrefix("  --") && !line.hasPrefix("  --version") {
                let option = line.trimmingCharacters(in: .whitespaces).split(separator: " ")[0]
                #expect(section.contains("`\(option)"), "\(name) \(option)")
            }
            for line in own.split(separator: "\n") where line.hasPrefix("  caravan ") {
                #expect(section.contains(line.trimmingCharacters(in: .whitespaces)), "\(name)")
            }
        }
    }

    @Test("There are pages in Russian and Chinese, with no sentence left in English", arguments: ["ru", "zh"])
    func languages(_ language: String) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("caravan-man-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(try manual("--pages", folder.path, language).status == 0)
        let pages = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(pages.count > 40)
        for name in pages {
            let page = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
            for word in [" the ", " of ", " is ", ".SH NAME", "Default:"] { #expect(!page.contains(word), "\(name)") }
        }
    }

    @Test("There is a page for each command, which man shows with its options, its example and the exit status")
    func pages() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("caravan-man-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        #expect(try manual("--pages", folder.path).status == 0)
        let pages = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(pages.contains("caravan.1"))
        #expect(pages.contains("caravan-peer-add.1"))
        #expect(pages.count > 40)
        let page = try String(contentsOf: folder.appendingPathComponent("caravan-undo.1"), encoding: .utf8)
        #expect(page.hasPrefix(".TH CARAVAN-UNDO 1 "))
        #expect(page.contains("\\-\\-dry\\-run"))
        #expect(page.contains("caravan undo urumqi:12 \\-\\-dry\\-run"))
        #expect(page.contains(".SH EXIT STATUS"))
        // A line that begins with a dot is a request to troff.
        let requests: Set<Substring> = [".TH", ".SH", ".PP", ".TP", ".B", ".I", ".nh", ".hy", ".nf", ".fi", ".ad"]
        for name in pages {
            let text = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
            for line in text.split(separator: "\n") where line.hasPrefix(".") {
                #expect(requests.contains(line.prefix { $0 != " " }), "\(name): \(line)")
            }
        }
    }
}
