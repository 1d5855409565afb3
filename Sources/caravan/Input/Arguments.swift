import Foundation
import ReplicaModel
import SyncNode

/// The words of the command line.
enum Arguments {
    /// Everything behind the command's own name.
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
            throw NodeError(kind: .usage, message: "\(place) is not UTF-8: “\(Value.text(Array(bytes.prefix(60))).shown)”; write it in UTF-8, and use a terminal that does")
        }
        return text
    }

    /// Whether errors are wanted as JSON, also those of words that cannot be understood.
    static func wantJSON(_ words: [String]) -> Bool { words.prefix { $0 != "--" }.contains("--json") }

    /// Moves a `--home` that stands before the subcommand behind it, where the subcommand looks for it.
    static func homeLast(_ arguments: [String]) -> [String] {
        guard let first = arguments.first else { return [] }
        let count = first == "--home" ? 2 : first.hasPrefix("--home=") ? 1 : 0
        guard count > 0, arguments.count > count else { return arguments }
        let rest = arguments.dropFirst(count)
        let end = rest.firstIndex(of: "--") ?? rest.endIndex
        return Array(rest[..<end]) + arguments.prefix(count) + Array(rest[end...])
    }
}
