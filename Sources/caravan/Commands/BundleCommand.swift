import ArgumentParser
import Foundation
import ReplicaModel
import SyncNode

struct BundleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bundle",
        abstract: "Sync by file: a USB stick, a memory card, an attachment.",
        discussion: """
            A bundle has the same signed changesets as a connection carries. It may be carried by anybody, imported twice \
            and in any order; what is missing is named.

            EXAMPLE
              caravan bundle exchange /media/stick
            """,
        subcommands: [
            BundleExportCommand.self, BundleTake.self, BundleInspect.self, BundleRequest.self, BundleExchange.self,
        ])
}

struct BundleExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write what others lack into a file.",
        discussion: """
            A PEER is a member's name, the beginning of its site id, or a file that it wrote: what it lacks is then known \
            exactly. Else it goes by what the member last said, over a connection or in a file; of one that has said \
            nothing, everything is written. What stood in FILE stays until the new one is whole.

            EXAMPLE
              caravan bundle export /media/stick/for-osh.bundle --to osh
              caravan bundle export all.bundle --all
              caravan bundle export secret.bundle --to osh --encrypt
            """)

    @OptionGroup var node: NodeOptions
    @OptionGroup var report: ReportOptions

    @Argument(help: "The file to write.")
    var file: String

    @Option(parsing: .upToNextOption, help: ArgumentHelp("Whom it is for.", valueName: "peer"))
    var to: [String] = []

    @Option(help: ArgumentHelp("A version vector, as `status --json` prints it.", valueName: "vector"))
    var since: String?

    @Flag(help: "Everything.")
    var all = false

    @Flag(help: "Only those whom --to names can read it.")
    var encrypt = false

    func run() async throws {
        let extent = try extent()
        let opened = try await node.open()
        let bar = ProgressBar()
        let written = try await opened.bundles.export(
            to: file, extent, encrypt: encrypt,
            progress: { bar.show($0, "bytes written") })
        bar.clear()
        if report.json { return Output.json(JSON(written)) }
        let names = SiteNames(try await opened.reports.members())
        let readers: Line = "\(written.recipients.map { names.name(of: $0) }.joined(separator: ", "))"
        Output.line(
            """
            \(file): \(written.changesets ?? 0) changesets, \(written.bytes) bytes, for \
            \(written.recipients.isEmpty ? "anyone" : readers)\(encrypt ? ", encrypted" : "")
            """)
    }

    private func extent() throws(NodeError) -> NodeBundles.Extent {
        guard [!to.isEmpty, since != nil, all].count(where: { $0 }) == 1 else {
            throw NodeError(
                kind: .usage, message: "say what to write with one of --to PEER, --since VECTOR and --all")
        }
        if !to.isEmpty { return .to(to) }
        guard let since else { return .all }
        guard let vector = try? JSONDecoder().decode([String: UInt64].self, from: Data(since.utf8)) else {
            throw NodeError(kind: .usage, message: "the version vector cannot be read: write {\"<feed>\": 12, …}")
        }
        return .since(vector)
    }
}

struct BundleTake: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Take what files bring.",
        discussion: """
            Each file is checked from its first byte to its last before anything of it is taken. One that is altered, cut, of \
            another alliance, of a stranger or of a retired member is refused whole (exit 3). What lacks what comes before \
            it waits in the node's folder, and what is missing is named (exit 1). It goes on waiting where it is refused \
            for a reason that may pass, and is deleted where the disk altered it; both are told (exit 1). What is \
            encrypted to others is kept, and passed on by `bundle exchange`.

            EXAMPLE
              caravan bundle import /media/stick/*.bundle
            """)

    @OptionGroup var node: NodeOptions
    @OptionGroup var report: ReportOptions

    @Argument(help: "The files, in any order.")
    var files: [String]

    func run() async throws {
        let bar = ProgressBar()
        let opened = try await node.open()
        let taken = try await opened.bundles.take(
            files, progress: { bar.show($0, "bytes taken") })
        bar.clear()
        await opened.makeViewsThatCame(isJSON: report.json)
        if report.json {
            Output.json(JSON(taken))
        } else {
            BundleEnd.tellOfShelf(taken)
        }
        if !report.json, taken.refusals.count < files.count || !taken.sites.isEmpty {
            Output.line(
                """
                \(taken.held) changesets taken, \(taken.applied) applied, \(taken.known) known before, \(taken.waiting) \
                waiting
                """)
            if taken.carried > 0 {
                Output.line("\(taken.carried) encrypted to others: kept, and passed on by `bundle exchange`")
            }
            MissingText.lines(taken.missing, SiteNames(try await opened.reports.members())).forEach(Output.line)
        }
        try BundleEnd.check(taken, isJSON: report.json)
    }
}

struct BundleInspect: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Tell what a file holds, and what this node lacks of it.",
        discussion: """
            Nothing of it is taken.

            EXAMPLE
              caravan bundle inspect /media/stick/for-osh.bundle
            """)

    @OptionGroup var node: NodeOptions
    @OptionGroup var report: ReportOptions

    @Argument(help: "The file.")
    var file: String

    func run() async throws {
        let opened = try await node.open()
        let found = try await opened.bundles.inspect(file)
        if report.json { return Output.json(JSON(found)) }
        let names = SiteNames(try await opened.reports.members())
        Output.line("from      \(names.name(of: found.from))")
        let readers = found.recipients.map { names.name(of: $0) }.joined(separator: ", ")
        Output.line("for       \(found.recipients.isEmpty ? "anyone" : readers)")
        Output.line("alliance  \(found.alliance?.hex ?? "none yet")")
        Output.line("encrypted \(found.isEncrypted ? "yes" : "no")")
        Output.line("bytes     \(found.bytes)")
        guard let count = found.changesets else {
            return Output.line("holds     what its readers alone can see")
        }
        Output.line("holds     \(found.isRequest ? "what its writer has, and no changesets" : "\(count) changesets")")
        for span in found.feeds {
            let author: Line = "\(names.name(of: span.feed.site))\(span.mark)"
            Output.line("  \(span.feed.scope.name) of \(author): \(span.first) to \(span.last)")
        }
        let lacks = found.lacks.reduce(0) { $0 + $1.last - $1.first + 1 }
        Output.line("lacked    \(lacks) of them are not here")
        MissingText.lines(found.missing, names).forEach(Output.line)
    }
}

struct BundleRequest: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "request",
        abstract: "Write what this node has into a small file, from which others see what it lacks.",
        discussion: """
            Give it to whoever travels: there, `bundle export NEW --to FILE` writes exactly what this node needs.

            EXAMPLE
              caravan bundle request /media/stick/osh.request
            """)

    @OptionGroup var node: NodeOptions
    @OptionGroup var report: ReportOptions

    @Argument(help: "The file to write.")
    var file: String

    func run() async throws {
        try await node.open().bundles.request(to: file)
        if report.json { return Output.json(.object([("file", .string(file))])) }
        Output.line(
            "\(file): what this node has; on another node, `bundle export NEW --to` it writes what is missing here")
    }
}

/// The lines that name what is missing.
enum MissingText {
    static func lines(_ missing: [FeedID: UInt64], _ names: SiteNames) -> [Line] {
        missing.sorted { $0.key < $1.key }.map { feed, seq in
            let author: Line = "\(names.name(of: feed.site))\(feed.mark)"
            return """
                missing: \(feed.scope.name) of \(author) up to \(seq); `caravan bundle request FILE` writes what the \
                next carrier needs
                """
        }
    }
}

/// The end of a command that took files: refusals are told one by one, and the exit status says the worst.
enum BundleEnd {
    static func check(_ taken: BundleImport, isJSON: Bool) throws {
        var refusals = taken.refusals + [taken.failure].compactMap { $0 }
        // The one with the highest status comes last, for a command that writes JSON ends with it.
        let status = refusals.map { ErrorReport.status(of: $0.kind) }.max() ?? 0
        if let worst = refusals.lastIndex(where: { ErrorReport.status(of: $0.kind) == status }) {
            refusals.append(refusals.remove(at: worst))
        }
        for error in isJSON ? refusals.dropLast() : refusals[...] {
            if isJSON {
                _ = ErrorReport(error, isJSON: true).write()
            } else {
                Output.error("caravan: \(Speech.said(error.message))")
            }
        }
        if let last = refusals.last {
            if isJSON { throw last }
            throw ExitCode(status)
        }
        if isAttentionNeeded(taken) { throw ExitCode(1) }
    }

    /// Whether something waits that does not come by itself, or was deleted.
    static func isAttentionNeeded(_ taken: BundleImport) -> Bool {
        !(taken.missing.isEmpty && taken.putOff.isEmpty && taken.removed.isEmpty)
    }

    /// Tells of files in the node's own folder.
    static func tellOfShelf(_ taken: BundleImport) {
        for error in taken.putOff { Output.error("caravan: goes on waiting: \(Speech.said(error.message))") }
        for error in taken.removed {
            Output.error("caravan: deleted, for no node can take it: \(Speech.said(error.message))")
        }
    }
}
