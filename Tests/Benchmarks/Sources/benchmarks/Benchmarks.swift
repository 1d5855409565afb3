import ArgumentParser
import Foundation

@main
struct Benchmarks: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "benchmarks",
        abstract: "Measures the built command against a C loop over plain SQLite.",
        discussion: """
            Each figure is a ratio to the same work on plain SQLite in the same run: the median of all runs, the \
            least and the greatest. The article Performance says what each is. At the end stands the hash of the \
            table that the receiving node holds, which is that of the plain file.

            EXAMPLES
              benchmarks --caravan .build/release/caravan insert seal --rows 20000
              benchmarks --plot monday.json tuesday.json > history.svg
            """)

    @Argument(help: ArgumentHelp("Which figures; all if none is named.", valueName: "name")) var names: [Figure] = []
    @Option(help: "How many rows are inserted and exchanged.") var rows = 200_000
    @Option(help: "How many times everything is done.") var runs = 5
    @Option(help: ArgumentHelp("The built command; CARAVAN_BIN unless given.", valueName: "file")) var caravan: String?
    @Option(help: "The cache of plain SQLite in KiB: 16000 is the node's own, 2000 what SQLite takes by itself.")
    var cache = 16_000
    @Flag(help: "Print JSON for programs.") var json = false
    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "Measure nothing; print what these reports of --json say, in their order, as SVG.", valueName: "file"))
    var plot: [String] = []

    func validate() throws {
        guard (1...10_000_000).contains(rows) else { throw ValidationError("--rows is from 1 to 10000000") }
        guard cache >= 1 else { throw ValidationError("--cache is at least 1") }
        guard runs >= 1 else { throw ValidationError("--runs is at least 1") }
    }

    func run() throws {
        guard plot.isEmpty else { return print(try Plot(files: plot).svg) }
        guard let command = caravan ?? ProcessInfo.processInfo.environment["CARAVAN_BIN"] else {
            throw ValidationError("name the built command by --caravan or CARAVAN_BIN")
        }
        let figures = names.isEmpty ? Set(Figure.allCases) : Set(names)
        var outcomes: [Outcome] = []
        for number in 1...runs {
            let scene = try Scene(caravan: command, rows: rows, cache: cache) { step in
                FileHandle.standardError.write(Data("benchmarks: run \(number) of \(runs): \(step)\n".utf8))
            }
            defer { scene.clear() }
            outcomes.append(try Course(scene: scene, figures: figures).run())
        }
        let report = try Report(outcomes, rows: rows, cache: cache)
        print(json ? try report.json() : report.table)
    }
}
