import Foundation

/// A command with what it says of itself and of its words, as the parser tells programs (`--experimental-dump-help`).
struct HelpTree: Decodable {
    let commandName: String
    let abstract: String?
    let discussion: String?
    let shouldDisplay: Bool?
    let subcommands: [HelpTree]?
    let arguments: [Argument]?

    struct Argument: Decodable {
        let kind: String
        let shouldDisplay: Bool
        let isRepeating: Bool
        let names: [Name]?
        let valueName: String?
        let abstract: String?
        let defaultValue: String?
        let allValues: [String]?

        /// The words as a person types them: `-h, --help`, `--home <dir>`, `<peer>`.
        var label: String {
            let value = valueName.map { "<\($0)>" } ?? ""
            guard let names else { return value }
            let words = names.map { ($0.kind == "long" ? "--" : "-") + $0.name }.joined(separator: ", ")
            return kind == "option" ? "\(words) \(value)" : words
        }
    }

    struct Name: Decodable {
        let kind: String
        let name: String
    }

    /// The commands below, without those that are not shown.
    var shown: [HelpTree] { (subcommands ?? []).filter { $0.shouldDisplay ?? true && $0.commandName != "help" } }

    /// The tree of the whole command; nil where the parser's words for it cannot be read.
    static func read() -> HelpTree? {
        struct Told: Decodable { let command: HelpTree }
        return try? JSONDecoder().decode(Told.self, from: Data(Caravan._dumpHelp().utf8)).command
    }

    /// The command to which names lead.
    func command(_ names: [String]) -> HelpTree? {
        guard let first = names.first else { return self }
        return subcommands?.first { $0.commandName == first }?.command(Array(names.dropFirst()))
    }
}
