import Foundation
import Phrases
import ReplicaModel
import SyncNode

/// The words of the command line.
enum Arguments {
    /// Reads the words behind the command's own name.
    ///
    /// - Throws: `usage` for a word that is not UTF-8, which the standard library would repair without a word.
    static func read() throws(NodeError) -> [String] {
        var out: [String] = []
        for index in 1..<max(Int(CommandLine.argc), 1) {
            guard let word = CommandLine.unsafeArgv[index] else { break }
            out.append(try text(word, "argument \(index)"))
        }
        if let home = getenv("CARAVAN_HOME") { _ = try text(home, "CARAVAN_HOME") }
        return out
    }

    private static func text(_ word: UnsafePointer<CChar>, _ place: String) throws(NodeError) -> String {
        let bytes = UnsafeRawBufferPointer(start: word, count: strlen(word))
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw NodeError(
                kind: .usage,
                message:
                    """
                    \(place) is not UTF-8: “\(Value.text(Array(bytes.prefix(60))).shown)”; write it in UTF-8, and use \
                    a terminal that does
                    """
            )
        }
        return text
    }

    /// Whether errors are wanted as JSON, also those of words that cannot be understood.
    static func wantJSON(_ words: [String]) -> Bool { words.prefix { $0 != "--" }.contains("--json") }

    /// Takes `--language` out of the words, wherever it stands before a `--`.
    ///
    /// - Returns: the language that it names, else that of the environment.
    /// - Throws: `usage` for a language in which nobody is spoken to here.
    static func takeLanguage(from words: inout [String]) throws(NodeError) -> Language {
        var told: String?
        let end = words.firstIndex(of: "--") ?? words.count
        while let index = words[..<min(end, words.count)].firstIndex(where: {
            $0 == "--language" || $0.hasPrefix("--language=")
        }) {
            let word = words.remove(at: index)
            if word == "--language" {
                guard index < words.count else {
                    throw NodeError(kind: .usage, message: "--language needs en, ru or zh behind it")
                }
                told = words.remove(at: index)
            } else {
                told = String(word.dropFirst("--language=".count))
            }
        }
        guard let told else { return Language(environment: Surroundings.environment) }
        guard let language = Language(locale: told) else {
            throw NodeError(kind: .usage, message: "there is no language \(told.escaped()): write en, ru or zh")
        }
        return language
    }

    /// How many words stand first that every command takes behind its name: the node's folder, and `--json`.
    private static func countOfLeading(_ words: [String]) -> Int {
        var count = 0
        while count < words.count {
            switch words[count] {
            case "--json": count += 1
            case "--home": count += 2
            case let word where word.hasPrefix("--home="): count += 1
            default: return count
            }
        }
        return count
    }

    /// Whether the words name no command, and ask for nothing: none are given, or what every command takes alone.
    static func isBare(_ words: [String]) -> Bool { countOfLeading(words) == words.count }

    /// The words as the parser reads them: what stands before the subcommand stands behind its name, where the
    /// subcommand looks for it.
    ///
    /// - Throws: `usage` for a command that there is not, and for a `--home` without its folder.
    static func ordered(_ words: [String]) throws(NodeError) -> [String] {
        let count = countOfLeading(words)
        guard count <= words.count else {
            throw NodeError(kind: .usage, message: "--home needs the node's folder behind it")
        }
        let (leading, rest) = (words.prefix(count), Array(words.dropFirst(count)))
        let path = CommandPath(rest)
        guard path.isRunnable else {
            let isHelp = path.names.isEmpty && rest.first == "help"
            let asked = isHelp ? CommandPath(Array(rest.dropFirst())) : path
            if let next = asked.words.dropFirst(asked.names.count).first, !next.hasPrefix("-") {
                let advice = Nearness.advice(for: next, among: asked.next)
                throw NodeError(
                    kind: .usage,
                    message:
                        """
                        there is no command `\((asked.names + [next]).joined(separator: " "))`\(advice): \
                        `\(asked.text) --help` lists those that there are
                        """
                )
            }
            return rest
        }
        return path.names + leading + rest.dropFirst(path.names.count)
    }
}
