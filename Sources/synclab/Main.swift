import ArgumentParser

@main
struct Synclab: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "synclab", abstract: "Tries Caravan in worlds in which everything goes wrong.", subcommands: [Fuzz.self])
}
