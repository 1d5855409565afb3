import ArgumentParser
import Foundation
import Phrases

/// Help in a language other than English, laid out as the parser lays out its own. What has no words in that language
/// stays English.
struct HelpPage {
    private let book: HelpBook
    private let cells: Int
    private var lines: [String] = []

    /// The page that stands for one of the parser's; nil where that is no help, or people are spoken to in English.
    ///
    /// - Parameters:
    ///   - words: behind the executable's name, which may begin with `help`.
    ///   - cells: of a line.
    static func text(for english: String, of words: [String], cells: Int = width) -> String? {
        guard english.hasPrefix("OVERVIEW: "), let language = Speech.book?.language, let book = HelpBook(language)
        else { return nil }
        let path = CommandPath(words.first == "help" ? Array(words.dropFirst()) : words)
        guard let command = HelpTree.read()?.command(path.names) else { return nil }
        var page = HelpPage(book: book, cells: cells)
        page.write(command, path, usage: usage(in: english))
        return page.lines.joined(separator: "\n")
    }

    /// The width as the parser has it: what COLUMNS says, else the terminal, else 80.
    private static var width: Int {
        var window = winsize()
        let told = getenv("COLUMNS").flatMap { Int(String(cString: $0)) }
        let shown = ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &window) == 0 ? Int(window.ws_col) : 0
        return max(told ?? (shown > 0 ? shown : 80), 50)
    }

    private init(book: HelpBook, cells: Int) {
        self.book = book
        self.cells = cells
    }

    /// The line with the words that a command takes, which is the same in every language.
    private static func usage(in english: String) -> String {
        let line = english.split(separator: "\n").first { $0.hasPrefix("USAGE: ") }
        return String(line?.dropFirst("USAGE: ".count) ?? "")
    }

    private func said(_ english: String, _ arguments: [String] = []) -> String {
        book.text(for: english, arguments) ?? english
    }

    private mutating func write(_ command: HelpTree, _ path: CommandPath, usage: String) {
        lines += TextFold.lines("\(said("OVERVIEW")): \(said(command.abstract ?? ""))", cells: cells) + [""]
        writeDiscussion(command.discussion ?? "")
        lines += ["\(said("USAGE")): \(usage)", ""]
        let arguments = (command.arguments ?? []).filter(\.shouldDisplay)
        writeList("ARGUMENTS", arguments.filter { $0.kind == "positional" }.map { ($0.label, about($0)) })
        writeList("OPTIONS", arguments.filter { $0.kind != "positional" }.map { ($0.label, about($0)) })
        let commands = command.shown.map { next in
            let isDefault = next.commandName == path.defaultName
            return (next.commandName + (isDefault ? " (\(said("default")))" : ""), said(next.abstract ?? ""))
        }
        guard !commands.isEmpty else { return }
        writeList("SUBCOMMANDS", commands)
        let help = (["caravan", "help"] + path.names + ["<subcommand>"]).joined(separator: " ")
        lines.append("  " + said("See {} for detailed help.", ["`\(help)`"]))
    }

    /// The paragraphs behind the abstract. What is indented stands as it is: commands to type.
    private mutating func writeDiscussion(_ discussion: String) {
        guard !discussion.isEmpty else { return }
        for line in discussion.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.isEmpty || line.hasPrefix(" ") {
                lines.append(String(line))
            } else {
                lines += TextFold.lines(said(String(line)), cells: cells)
            }
        }
        lines.append("")
    }

    private mutating func writeList(_ heading: String, _ entries: [(label: String, text: String)]) {
        guard !entries.isEmpty else { return }
        lines.append("\(said(heading)):")
        for (label, text) in entries {
            let folded = TextFold.lines(text, cells: cells - Self.indent)
            let begin = "  " + label
            if begin.cellCount < Self.indent {
                let space = String(repeating: " ", count: Self.indent - begin.cellCount)
                lines.append(begin + (folded.first.map { space + $0 } ?? ""))
                lines += folded.dropFirst().map(Self.indented)
            } else {
                lines += [begin] + folded.map(Self.indented)
            }
        }
        lines.append("")
    }

    private static let indent = 26

    private static func indented(_ line: String) -> String { String(repeating: " ", count: indent) + line }

    private func about(_ argument: HelpTree.Argument) -> String {
        var facts: [String] = []
        if let values = argument.allValues { facts.append("\(said("values")): \(values.joined(separator: ", "))") }
        if let value = argument.defaultValue, argument.kind == "option" {
            facts.append("\(said("default")): \(value)")
        }
        let text = said(argument.abstract ?? "")
        return facts.isEmpty ? text : "\(text) (\(facts.joined(separator: "; ")))"
    }
}
