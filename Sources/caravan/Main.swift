import ArgumentParser
import Foundation
import SyncNode

/// The command. Parses, calls the node, prints, and ends with one of the documented exit statuses.
struct Caravan: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "caravan",
        abstract: "Keeps the records of an alliance the same on every institution's own SQLite file.",
        discussion: """
            Every command takes --home DIR, before or after its name: the folder of the node. Without it CARAVAN_HOME, \
            else the nearest folder \
            upward that holds a replica, else ~/.local/share/caravan.

            EXAMPLE
              caravan init --name urumqi
              caravan serve --listen 0.0.0.0:7410
            """,
        version: Node.version,
        subcommands: [
            Init.self, Invite.self, Join.self, PeerCommand.self, MemberCommand.self, Serve.self, ConsoleCommand.self,
            ServiceCommand.self, Sync.self, Diff.self,
            SQL.self, ImportCommand.self, ExportCommand.self, Status.self, ClocksCommand.self, Log.self,
            Undo.self, Conflicts.self, Resolve.self, Show.self, History.self, At.self, SchemaCommand.self, Verify.self,
            Repair.self, DoctorCommand.self,
            BundleCommand.self, BackupCommand.self, Restore.self, Overview.self,
        ])
}

@main
enum Main {
    static func main() async {
        Surroundings.prepare()
        var isJSON = CommandLine.arguments.contains("--json")
        var arguments: [String] = []
        do {
            arguments = try Arguments.read()
            isJSON = Arguments.wantJSON(arguments)
            let language = try Arguments.takeLanguage(from: &arguments)
            // What programs read is the same everywhere.
            if !isJSON { Speech.speak(language) }
            // What a person is told in one screen programs are told by `status`.
            let usual = isJSON ? "status" : "overview"
            arguments = try Arguments.ordered(Arguments.isBare(arguments) ? [usual] + arguments : arguments)
            var command = try Caravan.parseAsRoot(arguments)
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
            try Output.flush()
        } catch {
            try? Output.flush()
            exit(ErrorReport(error, isJSON: isJSON, of: CommandPath(arguments)).write())
        }
    }
}
