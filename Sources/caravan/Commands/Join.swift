import ArgumentParser
import SyncNode

struct Join: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "join", abstract: "Make a node with an invitation, and a replica in sync.",
        discussion: """
            The inviter becomes the node's first peer. A joining that broke off or was killed is repeated \
            with the same line, in the same folder, and goes on where it was.

            Without a network it takes two files: --request writes what an admin needs to know, the admin's \
            `invite --grant FILE --output ANSWER` writes the answer, and --grant takes it, and goes on \
            where it was cut off if it is run again. Nobody else can read the answer.

            EXAMPLE
              caravan --home ~/dushanbe join caravan1-… --name dushanbe
              caravan --home ~/osh join --request /media/stick/osh.request --name osh
              caravan --home ~/osh join --grant /media/stick/osh.grant
            """)

    @OptionGroup var node: NodeOptions
    @OptionGroup var report: ReportOptions

    @Argument(help: "The line that `caravan invite` printed.")
    var code: String?

    @Option(help: ArgumentHelp("Write a petition into this file, for an admin.", valueName: "file"))
    var request: String?

    @Option(help: ArgumentHelp("Take the answer to the petition.", valueName: "file"))
    var grant: String?

    @Option(help: "What the node is called; config.yaml's name, else the machine's, unless given.")
    var name: String?

    func run() async throws {
        let bar = ProgressBar()
        let founding: Founding
        switch (code, request, grant) {
        case (let code?, nil, nil):
            founding = try await node.nodeHome.join(code: code, name: name, progress: { bar.show($0) })
        case (nil, let file?, nil): return try await ask(in: file)
        case (nil, nil, let file?):
            founding = try await node.nodeHome.join(
                grant: file,
                progress: { bar.show($0, "bytes taken") })
        default:
            throw NodeError(
                kind: .usage, message: "give the code of an invitation, or one of --request FILE and --grant FILE")
        }
        bar.clear()
        if report.json {
            Output.json(JSON(founding))
        } else {
            Output.line("\(founding.name) joined and is in sync; tables: \(founding.tables.joined(separator: ", ")).")
            Output.line("site      \(founding.site.short)")
            Output.line("folder    \(founding.home)")
        }
    }

    private func ask(in file: String) async throws {
        let (name, site) = try await node.nodeHome.petition(to: file, name: name)
        if report.json {
            return Output.json(
                .object([("name", .string(name)), ("site", .string(site.hex)), ("file", .string(file))]))
        }
        Output.line(
            "\(file): take it to an admin, who runs `caravan invite --grant` with it, and bring back the answer")
        Output.line("site      \(site.short)")
    }
}
