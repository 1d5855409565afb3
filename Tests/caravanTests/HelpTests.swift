import Foundation
import Phrases
import Testing

@testable import caravan

@Suite("Help in three languages")
struct HelpTests {
    /// Every command with its names, as the command says of itself in English.
    private static let commands: [(names: [String], command: HelpTree)] = {
        func all(_ command: HelpTree, _ names: [String]) -> [([String], HelpTree)] {
            [(names, command)] + command.shown.flatMap { all($0, names + [$0.commandName]) }
        }
        return HelpTree.read().map { all($0, []) } ?? []
    }()

    /// The texts of a command: paragraphs and descriptions, and no commands to type.
    private static func texts(of command: HelpTree) -> [String] {
        let paragraphs = (command.discussion ?? "").split(separator: "\n").map(String.init)
        let words = (command.arguments ?? []).filter(\.shouldDisplay).compactMap(\.abstract)
        return ([command.abstract ?? ""] + paragraphs + words).filter { !$0.isEmpty && !$0.hasPrefix(" ") }
    }

    private static let headings = [
        "OVERVIEW", "USAGE", "ARGUMENTS", "OPTIONS", "SUBCOMMANDS", "default", "values", "See {} for detailed help.",
    ]

    @Test("Every text of every command has its words in Russian and Chinese, and no words are left over")
    func complete() throws {
        let wanted = Set(Self.commands.flatMap { Self.texts(of: $0.command) } + Self.headings)
        #expect(wanted.count > 200)
        for language in [Language.russian, .chinese] {
            let book = try #require(HelpBook(language))
            #expect(wanted.filter { book.text(for: $0)?.isEmpty ?? true }.sorted() == [])
            #expect(book.english.filter { !wanted.contains($0) } == [])
        }
    }

    @Test(
        "Each command tells of itself in the language, by --language and by the environment, and the words are the same",
        arguments: ["ru", "zh"])
    func told(_ language: String) throws {
        let book = try #require(Language(locale: language).flatMap { HelpBook($0) })
        for (names, command) in Self.commands {
            let told = try Shell.run(Shell.command, names + ["--help", "--language", language])
            #expect(told.status == 0)
            let plain = told.out.filter { !$0.isWhitespace }
            for text in Self.texts(of: command) {
                let said = (book.text(for: text) ?? text).filter { !$0.isWhitespace }
                #expect(plain.contains(said), "\(names): \(text)")
            }
            for argument in (command.arguments ?? []).filter(\.shouldDisplay) {
                #expect(told.out.contains("  " + argument.label), "\(names): \(argument.label)")
            }
            let english = try Shell.run(Shell.command, names + ["--help"]).out
            let usage = try #require(english.split(separator: "\n").first { $0.hasPrefix("USAGE: ") }).dropFirst(6)
            #expect(told.out.contains(usage), "\(names)")
        }
        let locale = ["LC_ALL": language + ".UTF-8"]
        #expect(
            try Shell.run(Shell.command, ["help", "peer", "add"], environment: locale).out
                == Shell.run(Shell.command, ["peer", "add", "--help"], environment: locale).out)
    }

    @Test("Lines fit the terminal, and no mark that closes begins one", arguments: [50, 60, 80, 133], ["ru", "zh"])
    func folded(_ width: Int, _ language: String) throws {
        let book = try #require(Language(locale: language).flatMap { HelpBook($0) })
        for text in Self.commands.flatMap({ Self.texts(of: $0.command) }) {
            let said = book.text(for: text) ?? text
            let lines = TextFold.lines(said, cells: width)
            #expect(lines.joined().filter { $0 != " " } == said.filter { $0 != " " })
            for line in lines {
                #expect(line.cellCount <= width || !line.contains(" "), "\(line)")
                #expect(line.first.map { !"，。、；：？！）”".contains($0) } ?? false, "\(line)")
            }
        }
    }
}
