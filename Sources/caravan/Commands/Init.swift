import ArgumentParser
import Foundation
import SyncNode

struct Init: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Make a node and found an alliance of which it is the admin.",
        discussion: """
            Makes the node's key, its replica and its configuration in the node's folder. Without --schema the replica \
            has the alliance's own \
            tables, with its committees, programmes, countries and regions filled in, and views over them.

            EXAMPLE
              caravan --home ~/urumqi init --name urumqi --schema tables.sql
            """)

    @OptionGroup var node: NodeOptions
    @OptionGroup var report: ReportOptions

    @Option(help: "What the node is called; config.yaml's name, else the machine's, unless given.")
    var name: String?

    @Option(help: ArgumentHelp("CREATE TABLE and CREATE INDEX statements.", valueName: "file"))
    var schema: String?

    @Option(help: ArgumentHelp("Permit this table a bare integer as its key. May be repeated.", valueName: "table"))
    var allowIntegerKey: [String] = []

    func run() async throws {
        let sql = try schema.map { path throws(NodeError) in try TextInput.file(path) }
        let founding = try await node.nodeHome.found(
            name: name, schemaSQL: sql, allowIntegerKey: allowIntegerKey)
        if report.json {
            Output.json(JSON(founding))
        } else {
            Output.line(
                "\(founding.name) founded an alliance with the tables \(founding.tables.joined(separator: ", ")).")
            Output.line("site      \(founding.site.short)")
            Output.line("folder    \(founding.home)")
        }
    }
}
