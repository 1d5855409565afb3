import ArgumentParser
import Foundation
import SyncNode

struct ServiceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "service", abstract: "Have systemd run the node, and start it again.",
        discussion: """
            EXAMPLE
              caravan service install
            """,
        subcommands: [ServiceInstall.self, ServiceUninstall.self, ServiceStatus.self])
}

/// Choices of the service and of its manager.
struct ServiceOptions: ParsableArguments {
    @Flag(help: "A service of this user: the default, but for root.")
    var user = false

    @Flag(help: "A service of the machine, which runs as the owner of the node's folder.")
    var system = false

    @Option(help: "What the service is called, where a machine has several nodes.")
    var name = "caravan"

    func validate() throws {
        if user, system { throw ValidationError("--user and --system exclude each other: write one of them") }
    }

    private var scope: ServiceScope {
        if user { return .user }
        return system || geteuid() == 0 ? .system : .user
    }

    func unit(of home: NodeHome, arguments: [String] = []) throws(NodeError) -> NodeUnit {
        try NodeUnit(
            home: home, scope: scope, name: name, arguments: arguments, executable: OwnPath.path,
            environment: Surroundings.environment)
    }
}

struct ServiceInstall: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "install", abstract: "Write a systemd unit that runs `serve`, and start it.",
        discussion: """
            The service is told to be ready only when the node listens, is watched and started again if it fails, and \
            may write in the node's folder alone. `systemctl reload` has it read config.yaml anew. What stands after -- \
            is given to `serve`. Run it again after the command was moved, or to change that. Ends with status 1 where \
            the unit was written and systemd could not be told: the commands that are left are printed.

            EXAMPLE
              caravan service install
              sudo caravan --home /var/lib/caravan service install --system -- --listen 0.0.0.0:7410
              caravan service install --dry-run
            """)

    @OptionGroup var node: NodeOptions
    @OptionGroup var service: ServiceOptions
    @OptionGroup var report: ReportOptions

    @Flag(help: "Print the unit, and write nothing.")
    var dryRun = false

    @Argument(parsing: .postTerminator, help: ArgumentHelp("Options of `serve`.", valueName: "serve-options"))
    var arguments: [String] = []

    func run() async throws {
        do { _ = try Serve.parse(arguments) } catch {
            throw ValidationError("what stands after -- is for serve: \(Serve.message(for: error))")
        }
        let unit = try service.unit(of: node.nodeHome, arguments: arguments)
        if dryRun {
            let text = try unit.text()
            if report.json {
                return Output.json(.object([("path", .string(unit.path)), ("unit", .string(text))]))
            }
            Output.error("it would be written to \(unit.path)")
            return Output.part(text)
        }
        try ServiceText.tell(try unit.install(), "the unit is written: \(unit.path)", isJSON: report.json)
    }
}

struct ServiceUninstall: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "uninstall", abstract: "Stop the service, and remove its unit; the node stays.",
        discussion: """
            EXAMPLE
              caravan service uninstall
            """)

    @OptionGroup var node: NodeOptions
    @OptionGroup var service: ServiceOptions
    @OptionGroup var report: ReportOptions

    @Flag(help: "Print what would be removed, and remove nothing.")
    var dryRun = false

    func run() async throws {
        let unit = try service.unit(of: node.nodeHome)
        if dryRun {
            let standing = unit.standing()
            if report.json { return Output.json(.object([("path", .optional(standing.path))])) }
            return Output.line(standing.path.map { "the unit would be removed: \($0)" } ?? "nothing is installed")
        }
        try ServiceText.tell(try unit.uninstall(), "the unit is removed: \(unit.path)", isJSON: report.json)
    }
}

struct ServiceStatus: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "How the service stands.",
        discussion: """
            Ends with status 1 unless it is active, and its unit is as `service install` would write it.

            EXAMPLE
              caravan service status --json
            """)

    @OptionGroup var node: NodeOptions
    @OptionGroup var service: ServiceOptions
    @OptionGroup var report: ReportOptions

    @Argument(parsing: .postTerminator, help: ArgumentHelp("Options of `serve`.", valueName: "serve-options"))
    var arguments: [String] = []

    func run() async throws {
        let standing = try service.unit(of: node.nodeHome, arguments: arguments).standing()
        if report.json {
            Output.json(
                .object([
                    ("path", .optional(standing.path)), ("isCurrent", .bool(standing.isCurrent)),
                    ("state", .optional(standing.state)), ("line", .optional(standing.line)),
                    ("isEnabled", .bool(standing.isEnabled)),
                    ("restarts", .optional(standing.restarts.map { Int64($0) })),
                ]))
        } else {
            ServiceText.lines(standing).forEach(Output.line)
        }
        if standing.state != "active" || !standing.isCurrent { throw ExitCode(1) }
    }
}

/// The outcome of an act on a service, for people and programs.
enum ServiceText {
    static func tell(_ done: NodeUnit.Report, _ sentence: Line, isJSON: Bool) throws {
        if isJSON {
            Output.json(
                .object([
                    ("path", .string(done.path)), ("done", .array(done.done.map { .string($0) })),
                    ("left", .array(done.left.map { .string($0) })), ("reason", .optional(done.reason)),
                    ("notes", .array(done.notes.map { .string($0) })),
                ]))
        } else {
            Output.line(sentence)
            for command in done.done { Output.line("done: \(command)") }
            if let reason = done.reason {
                Output.error("systemd could not be told (\(Speech.said(reason))); where it runs, run:")
                for command in done.left { Output.line("    \(command)") }
            }
            for note in done.notes { Output.error("\(Speech.said(note))") }
        }
        if done.reason != nil { throw ExitCode(1) }
    }

    static func lines(_ standing: NodeUnit.Standing) -> [Line] {
        var table = TextTable(["unit", standing.path.map { "\($0)" } ?? "not installed: `caravan service install`"])
        if standing.path != nil, !standing.isCurrent {
            table.add(["", Output.warning("not as it would be written now: run `caravan service install` again")])
        }
        table.add([
            "state", standing.state.map { "\($0)" } ?? "systemd does not say (\(Speech.said(standing.reason ?? "")))",
        ])
        if let line = standing.line { table.add(["server", "\(line)"]) }
        if standing.state != nil {
            table.add(["starts", standing.isEnabled ? "by itself" : Output.warning("only when somebody starts it")])
        }
        if let restarts = standing.restarts, restarts > 0 {
            table.add(["restarts", Output.warning("\(restarts)")])
        }
        return table.lines
    }
}
