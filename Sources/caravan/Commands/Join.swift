import ArgumentParser
import SyncNode

struct Join: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make a node with an invitation, and a replica in sync.",
        discussion: """
            The inviter becomes the node's first peer. A joining that broke off can be repeated with the same code.

            EXAMPLE
              caravan --home ~/dushanbe join caravan1-… --name dushanbe
            """)

    @OptionGroup var node: NodeOptions
    @OptionGroup var report: ReportOptions

    @Argument(help: "The line that `caravan invite` printed.")
    var code: String

    @Option(help: "What the node is called; the machine's name unless given.")
    var name: String?

    func run() async throws {
        let bar = ProgressBar()
        let founding = try await node.nodeHome.join(code: code, name: name, progress: { bar.show($0) })
        bar.clear()
        if report.json {
            Output.json(JSON(founding))
        } else {
            Output.line("\(founding.name) joined and is in sync; tables: \(founding.tables.joined(separator: ", ")).")
            Output.line("site      \(founding.site.short)")
            Output.line("folder    \(founding.home)")
        }
    }
}
