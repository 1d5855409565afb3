import ArgumentParser
import SyncNode

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Everything that is wrong or soon will be, each with what to do.",
        discussion: """
            Ends with status 1 if there is something. Rows that came or went while triggers were off are counted by \
            table; values that were changed so only \
            `caravan verify --deep` finds, which folds the whole log.

            With --bundle what it finds goes into one new file, for somebody elsewhere who is to help: with versions, \
            settings without passwords, status, sizes of files, and the last lines of the log of `serve`. There are \
            names and addresses of members in it, and no records, keys or invitations. It can be read with any editor.

            EXAMPLE
              caravan doctor --json
              caravan doctor --bundle caravan-doctor.json
            """)

    @OptionGroup var node: NodeOptions
    @OptionGroup var report: ReportOptions

    @Option(
        help: ArgumentHelp(
            "Write all that a helper elsewhere needs into this file, which must not be there yet.", valueName: "file"))
    var bundle: String?

    func run() async throws {
        if let bundle { return try await write(to: bundle) }
        let findings = try await node.open().reports.doctor()
        for finding in findings {
            if report.json {
                Output.json(JSON.object([("kind", .string(finding.kind)), ("message", .string(finding.message))]))
            } else {
                Output.line("\(Speech.word(finding.kind)): \(Speech.said(finding.message))")
            }
        }
        if findings.isEmpty, !report.json { Output.line("nothing is wrong") }
        if !findings.isEmpty { throw ExitCode(1) }
    }

    private func write(to file: String) async throws {
        let bundle = await DoctorBundle(of: node)
        try node.nodeHome.write(bundle.text, toNew: file)
        if report.json {
            Output.json(.object([("file", .string(file)), ("isWell", .bool(!bundle.hasFindings))]))
        } else {
            Output.line("\(file) is written: read it before you send it, for members are named in it")
        }
        if bundle.hasFindings { throw ExitCode(1) }
    }
}
