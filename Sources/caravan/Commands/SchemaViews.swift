import ArgumentParser
import SyncNode

extension SchemaCommand {
    struct Views: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "views", abstract: "Make the views of the alliance's own schema on this node.",
            discussion: """
                They are made with the tables, by whatever brings those: `init`, `join`, `schema apply --default`, a sync \
                or a bundle; `serve` makes them within the hour. This makes them again as they come with the software. \
                Views are each node's own: nothing is sent, and you may drop one, or write another under its name. A \
                table that you made under the name of one stays.

                EXAMPLE
                  caravan schema views
                  caravan sql "SELECT * FROM agreements_ending"
                """)

        @OptionGroup var node: NodeOptions
        @OptionGroup var report: ReportOptions

        func run() async throws {
            let made = try await node.open().admin.makeViews(anew: true)
            if report.json {
                return Output.json(JSON.object([("views", .array(made.map { .string($0) }))]))
            }
            for name in made { Output.line("made \(name)") }
            if made.isEmpty { Output.line("the alliance does not have the tables that the views read") }
        }
    }
}

extension Node {
    /// Makes the views whose tables came with an exchange, and says so. The exchange is done, whether or not this is.
    func makeViewsThatCame(isJSON: Bool) async {
        guard let made = try? await admin.makeNewViews(), !isJSON else { return }
        for name in made { Output.line("made \(name)") }
    }
}
