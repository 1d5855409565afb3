import Foundation

/// A command that came to its end with exit status 0.
struct Finished {
    let cost: Cost
    /// The output of the command, without the end of the last line.
    let out: String

    /// Runs `command` under the measuring program; `files` begins the names of files that go between them.
    static func measuring(_ command: [String], with measurer: String, files: String) throws -> Finished {
        let (report, out, err) = (files + ".cost", files + ".out", files + ".err")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: measurer)
        process.arguments = ["measure", report] + command
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(emptyFileAt: out)
        process.standardError = try FileHandle(emptyFileAt: err)
        try process.run()
        process.waitUntilExit()
        guard process.terminationReason == .exit, process.terminationStatus == 0 else {
            let said = [try text(of: err), try text(of: out)].first { !$0.isEmpty } ?? ""
            throw Failure.command(shown(command), status: process.terminationStatus, said: said)
        }
        return Finished(cost: try cost(in: report, of: command), out: try text(of: out))
    }

    private static func cost(in report: String, of command: [String]) throws -> Cost {
        let said = try text(of: report)
        let numbers = said.split(separator: " ").compactMap { Double($0) }
        guard numbers.count == 3 else { throw Failure.unreadable(shown(command), said: said) }
        return Cost(cpu: numbers[1] / 1e6, wall: numbers[0] / 1e9, peak: numbers[2] * 1024)
    }

    private static func text(of file: String) throws -> String {
        try String(contentsOfFile: file, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// A command as a sentence names it: without the folders.
    private static func shown(_ command: [String]) -> String {
        command.map { $0.hasPrefix("/") ? URL(fileURLWithPath: $0).lastPathComponent : $0 }.joined(separator: " ")
    }
}

extension FileHandle {
    convenience init(emptyFileAt path: String) throws {
        try Data().write(to: URL(fileURLWithPath: path))
        let descriptor = open(path, O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw CocoaError(.fileWriteUnknown) }
        self.init(fileDescriptor: descriptor, closeOnDealloc: true)
    }
}
