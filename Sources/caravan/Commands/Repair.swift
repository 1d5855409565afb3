import ArgumentParser
import ReplicaModel
import SyncNode

struct Repair: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "repair", abstract: "Fold tables anew from the log, and keep what they had otherwise as edits.",
        discussion: """
            For what was written while triggers were off, which nobody noted; `caravan verify --deep` finds it. Rows \
            that are missing come back. Rows \
            and values that the log has not are sealed as edits of this node, so that everybody gets them. Nothing \
            that was entered is lost. A row that \
            was deleted unseen comes back too: delete it again with triggers on. What the definition of its table does \
            not permit is kept in TABLE__local, and \
            `caravan doctor` names that. What the disk made of who wrote a row is put right too. Takes as long as \
            folding the whole log.

            EXAMPLE
              caravan repair project
            """)

    @OptionGroup var node: NodeOptions
    @OptionGroup var report: ReportOptions

    @Argument(help: "Replicated tables; all of them if none is named.")
    var tables: [String] = []

    func run() async throws {
        let bar = ProgressBar()
        let names = tables.isEmpty ? nil : tables
        let reports = try await node.open().admin.repair(
            tables: names, progress: { bar.show(done: $0, of: $1, "changesets folded") })
        bar.clear()
        for report in reports {
            if self.report.json {
                Output.json(
                    JSON.object([
                        ("table", .string(report.table.text)), ("restored", .integer(Int64(report.restored))),
                        ("offered", .integer(Int64(report.offered))),
                        ("clocks", .integer(Int64(report.clocks))),
                    ]))
            } else {
                let clocks: Line = report.clocks > 0 ? ", who wrote \(report.clocks) rows put right" : ""
                Output.line(
                    report.mayWrite || report.offered == 0
                        ? "\(report.table): \(report.restored) rows put back, \(report.offered) rows kept as edits\(clocks)"
                        : "\(report.table): \(report.restored) rows put back, \(report.offered) rows kept in \(report.aside), for this node may not write\(clocks)"
                )
            }
        }
    }
}
