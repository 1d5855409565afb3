import ArgumentParser
import Foundation
import SyncNode

/// The options that every command takes.
struct NodeOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The node's folder.", valueName: "dir"))
    var home: String?

    @Option(
        help: ArgumentHelp(
            "The language of messages and help: en, ru or zh; else that of LC_ALL, LC_MESSAGES or LANG.",
            valueName: "language"))
    var language: String?

    func validate() throws {
        // As a shell writes a variable that is not set: another folder than the one that was meant must not be taken.
        if home == "" { throw ValidationError("--home is empty: name the node's folder, or leave --home out") }
    }

    var nodeHome: NodeHome {
        NodeHome.find(
            option: home, environment: Surroundings.environment,
            currentDirectory: FileManager.default.currentDirectoryPath)
    }

    /// A command that another person, or this one later, may run on the same node.
    var command: CommandText { CommandText(home: home.map { _ in nodeHome.path }) }

    func open() async throws(NodeError) -> Node { try await Node.open(home: nodeHome) }
}

/// The options that every command takes that reports.
struct ReportOptions: ParsableArguments {
    @Flag(help: "Print JSON for programs.")
    var json = false
}
