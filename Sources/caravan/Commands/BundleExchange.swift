import ArgumentParser
import ReplicaModel
import SyncNode

struct BundleExchange: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "exchange",
        abstract: "What a person does with a stick at each place: take what is there, leave what others lack.",
        discussion: """
            DIR is the folder at which the stick is mounted. Each node leaves an announcement there of what it has; \
            whoever comes later writes what those lack who announced themselves before. So the first round only makes \
            everybody known, and from the second on the stick brings news. All of it lies in a folder of the \
            alliance's own; other files are left alone. Wait for the last line before you pull the stick out: \
            if it comes out before, what was there before is whole, and the command can be run again. From a stick that \
            cannot be written what is there is taken all the same, and then the command ends with what is wrong (exit 4).

            With --with-program the stick also gets this program with all that it needs, in the folder caravan-program, \
            and a page in Chinese, Russian and English that says how to install it on a laptop without any network.

            EXAMPLE
              caravan bundle exchange /media/stick
              caravan bundle exchange /media/stick --with-program
              caravan bundle exchange /media/stick --max-bytes 8M --encrypt
            """)

    @OptionGroup var node: NodeOptions
    @OptionGroup var report: ReportOptions

    @Argument(help: ArgumentHelp("Where the stick is mounted.", valueName: "dir"))
    var folder: String

    @Option(help: ArgumentHelp("What the files of this alliance may take there: 500k, 8M, 2G.", valueName: "bytes"))
    var maxBytes: String?

    @Flag(help: "What is written can be read only by the one that it is for.")
    var encrypt = false

    @Flag(help: "Also put this program there, for a laptop that has no network.")
    var withProgram = false

    func run() async throws {
        let opened = try await node.open()
        let bar = ProgressBar()
        let done = try await opened.bundles.exchange(
            with: folder, maxBytes: maxBytes, encrypt: encrypt, withProgram: withProgram,
            progress: { bar.show($0, "bytes") })
        bar.clear()
        await opened.makeViewsThatCame(isJSON: report.json)
        if report.json {
            Output.json(JSON(done))
        } else {
            let names = SiteNames(try await opened.reports.members())
            for error in done.passedOver + done.ofRetired {
                Output.error("caravan: passed over: \(Speech.said(error.message))")
            }
            BundleEnd.tellOfShelf(done.taken)
            MissingText.lines(done.taken.missing, names).forEach(Output.line)
            for site in done.left {
                let name = names.name(of: site)
                Output.line(
                    maxBytes == nil
                        ? "no room for all that \(name) lacks: free some space there"
                        : "no room for all that \(name) lacks: free some space there, or raise --max-bytes")
            }
            if done.bytesNeeded > 0 {
                Output.line(
                    """
                    one change is larger than what is free, and no file has a part of one: what does not follow it was \
                    written, and it needs at least \(done.bytesNeeded) bytes for the files of this alliance
                    """)
            }
            if done.passedOn > 0 {
                Output.line("\(done.passedOn) files that others encrypted passed on")
            }
            if let line = Self.line(of: done.program, in: folder) { Output.line(line) }
            Output.line(Self.last(of: done))
        }
        if let failure = done.failure { throw failure }
        guard done.passedOver.isEmpty, done.left.isEmpty, !BundleEnd.isAttentionNeeded(done.taken) else {
            throw ExitCode(1)
        }
        if case .noRoom = done.program { throw ExitCode(1) }
    }

    private static func last(of done: ExchangeReport) -> Line {
        let (taken, written) = (done.takenFrom.count, done.writtenFor.count)
        guard done.failure == nil else {
            return "\(taken) nodes' changes taken, \(written) written for; not all is on the stick that was to be"
        }
        return "\(taken) nodes' changes taken, \(written) written for; you may pull the stick out now"
    }

    /// The line that tells of the program.
    private static func line(of program: ExchangeReport.Program?, in folder: String) -> Line? {
        let script = ShellWord.quoted(folder + "/caravan-program/install.sh")
        switch program {
        case nil: return nil
        case .written(let bytes):
            return "the program is on the stick (\(bytes) bytes): on a laptop, `sh \(script)` installs it"
        case .there: return "the program was on the stick already: on a laptop, `sh \(script)` installs it"
        case .noRoom(let bytes):
            return "no room for the program, which has \(bytes) bytes: free some space there, or raise --max-bytes"
        }
    }
}
