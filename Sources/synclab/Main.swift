import ArgumentParser

@main
struct Synclab: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "synclab", abstract: "Tries Caravan in worlds in which everything goes wrong.",
        subcommands: [Simulate.self, Canary.self, Fuzz.self])
}
