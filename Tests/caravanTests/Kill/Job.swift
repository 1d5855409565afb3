import Foundation

/// Process of the siege: a program that may be killed before it is through.
final class Job {
    /// The work that the process was for.
    enum Aim {
        case write(Write)
        case column(Int)
        case sync
        /// A command that reports, and seals first.
        case look
    }

    let aim: Aim
    let node: String
    private let process = Process()
    private let messages: URL
    private let startedAt = DispatchTime.now()
    /// Microseconds after its start at which it is killed; nil: it is let through.
    let killedAfter: Int?

    init(_ aim: Aim, at node: String, _ program: String, _ arguments: [String], killedAfter: Int?, folder: URL) throws {
        (self.aim, self.node, self.killedAfter) = (aim, node, killedAfter)
        messages = folder.appendingPathComponent("job-\(UUID().uuidString)")
        _ = FileManager.default.createFile(atPath: messages.path, contents: nil)
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = try FileHandle(forWritingTo: messages)
        process.standardInput = FileHandle.nullDevice
        try process.run()
    }

    deinit { try? FileManager.default.removeItem(at: messages) }

    var said: String { (try? String(contentsOf: messages, encoding: .utf8)) ?? "" }
    var wasKilled: Bool { process.terminationReason == .uncaughtSignal && process.terminationStatus == SIGKILL }
    var hasCrashed: Bool { process.terminationReason == .uncaughtSignal && process.terminationStatus != SIGKILL }
    var status: Int32 { process.terminationStatus }
    var command: String {
        ([process.executableURL?.lastPathComponent ?? ""] + (process.arguments ?? [])).joined(separator: " ")
    }

    /// Kills it at its instant, and waits until it has ended; false if it has not within half a minute.
    func settle() -> Bool {
        if let killedAfter {
            let passed = Int(DispatchTime.now().uptimeNanoseconds - startedAt.uptimeNanoseconds) / 1000
            if passed < killedAfter { usleep(UInt32(killedAfter - passed)) }
            if process.isRunning { kill(process.processIdentifier, SIGKILL) }
        }
        for _ in 0..<30_000 where process.isRunning { usleep(1000) }
        let isOver = !process.isRunning
        if !isOver { kill(process.processIdentifier, SIGKILL) }
        process.waitUntilExit()
        return isOver
    }
}
