import Foundation

/// A node that serves.
final class Server {
    let port: String
    private let process: Process
    private let journal: String

    /// Starts it, and waits until it listens.
    init(_ command: [String], journal: String) throws {
        self.journal = journal
        process = Process()
        process.executableURL = URL(fileURLWithPath: command[0])
        process.arguments = Array(command.dropFirst())
        process.standardInput = FileHandle.nullDevice
        process.standardError = try FileHandle(emptyFileAt: journal)
        let out = Pipe()
        process.standardOutput = out
        try process.run()
        guard let line = LineReader(out).next(), let port = line.split(separator: ":").last else {
            Foundation.kill(process.processIdentifier, SIGKILL)
            throw Failure.unready("caravan serve", said: Self.text(of: journal))
        }
        self.port = String(port)
    }

    /// Seconds of CPU of all its threads up to now.
    func cpu() -> Double {
        var (clock, time) = (clockid_t(), timespec())
        clock_getcpuclockid(process.processIdentifier, &clock)
        clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// The greatest resident memory up to now, in bytes.
    func peak() -> Double {
        let status = Self.text(of: "/proc/\(process.processIdentifier)/status")
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return (line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Double($0) } ?? 0) * 1024
    }

    /// Waits until it has done what an exchange leaves to do: until it hardly runs any more, or for a minute.
    func rests() {
        var before = cpu()
        for _ in 0..<600 {
            usleep(100_000)
            let now = cpu()
            if now - before < 0.002 { return }
            before = now
        }
    }

    /// Ends it as SIGTERM does, which is promised to take no more than some seconds.
    func stop() throws {
        process.terminate()
        for _ in 0..<6000 where process.isRunning { usleep(10_000) }
        guard !process.isRunning else {
            kill()
            throw Failure.endless("caravan serve")
        }
        guard process.terminationReason == .exit, process.terminationStatus == 0 else {
            throw Failure.command("caravan serve", status: process.terminationStatus, said: Self.text(of: journal))
        }
    }

    func kill() { Foundation.kill(process.processIdentifier, SIGKILL) }

    private static func text(of file: String) -> String {
        (try? String(contentsOfFile: file, encoding: .utf8))?.trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
    }
}
