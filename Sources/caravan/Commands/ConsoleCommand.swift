import ArgumentParser
import Foundation
import NodeConsole
import SyncNode

struct ConsoleCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "console", abstract: "Print a link that signs a browser in, once, to the console of this node.",
        discussion: """
            The console runs where `caravan serve --console HOST:PORT` does. The link works once, for ten minutes; whoever \
            opens it acts in the name of this node until they sign out.

            EXAMPLE
              caravan console --open
            """)

    @OptionGroup var node: NodeOptions
    @OptionGroup var report: ReportOptions

    @Flag(help: "Open the link in the browser, too.")
    var open = false

    func run() async throws {
        // Where there is no node that is to be said, and not how to start its console.
        _ = try await node.open()
        let link = try ConsoleLink.make(home: node.nodeHome)
        if report.json { Output.json(.object([("link", .string(link))])) } else { Output.line(Line(link)) }
        guard open else { return }
        let opener = Process()
        opener.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        #if os(macOS)
            opener.arguments = ["open", link]
        #else
            opener.arguments = ["xdg-open", link]
        #endif
        try? opener.run()
    }
}
