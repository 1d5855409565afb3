import ArgumentParser

/// The command that words name, such as `peer add`.
struct CommandPath {
    /// The words from which it was read.
    let words: [String]
    /// The names of the commands, without the executable's own.
    private(set) var names: [String] = []
    private var command: any ParsableCommand.Type = Caravan.self

    init(_ words: [String]) {
        self.words = words
        for word in words {
            guard let next = command.configuration.subcommands.first(where: { $0._commandName == word }) else { return }
            names.append(word)
            command = next
        }
    }

    /// Whether it does something of its own, and is not only the name of a group.
    var isRunnable: Bool { command.configuration.subcommands.isEmpty || command.configuration.defaultSubcommand != nil }

    /// The command that runs where none of those below is named.
    var defaultName: String? { command.configuration.defaultSubcommand?._commandName }

    /// The commands that may stand behind it, which help names.
    var next: [String] {
        command.configuration.subcommands.filter { $0.configuration.shouldDisplay }.map { $0._commandName }
    }

    /// The path as a person types it.
    var text: String { (["caravan"] + names).joined(separator: " ") }
}
