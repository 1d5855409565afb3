import Foundation
import Testing

/// Journeys by `Tests/Browser`, whose Chromium uses the console of the built command as a person does.
@Suite("The console in a real browser", .serialized)
struct BrowserTests {
    /// The Python that Debian installs for its own, wherever another one stands first.
    private static let python = "/usr/bin/python3"

    /// Runs a journey. It says of itself that it is well, or what is not.
    private func journey(_ words: String...) throws -> String {
        let program = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Browser/journeys.py").path
        let outcome = try Shell.run(
            Self.python, [program] + words,
            environment: ["PYTHONDONTWRITEBYTECODE": "1", "CARAVAN_BIN": Shell.command])
        return outcome.status == 0 ? outcome.out : outcome.out + outcome.err + "\(outcome.status)"
    }

    @Test(
        """
        A coordinator corrects a project, settles conflicts of all five kinds, takes an import back, invites, and sees \
        who is in sync
        """, arguments: ["zh", "ru", "en"])
    func coordinator(language: String) throws {
        #expect(try journey("coordinator", language) == "coordinator \(language): well\n")
    }

    @Test("Another node is met by one click and by a file, and a form says beside the field which rule it breaks")
    func exchange() throws { #expect(try journey("exchange", "ru") == "exchange ru: well\n") }

    @Test("A record is found, corrected and taken back with Tab and Enter alone, and one sees where one is")
    func keyboard() throws { #expect(try journey("keyboard") == "keyboard: well\n") }

    @Test("What another node writes shows on open pages, and nothing that is being typed is lost")
    func live() throws { #expect(try journey("live") == "live: well\n") }

    @Test(
        "Every page has its headings, labels and contrast, fits into 360 pixels, and asks nobody else for anything",
        arguments: ["zh", "ru", "en"])
    func pages(language: String) throws { #expect(try journey("pages", language) == "pages \(language): well\n") }
}
