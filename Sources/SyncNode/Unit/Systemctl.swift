import Foundation
import ReplicaModel

/// The owner of a service: the user, whose services run while that user is logged in or lingers, or the machine.
public enum ServiceScope: String, Sendable, CaseIterable {
    case user, system
}

/// The program that speaks with systemd.
struct Systemctl {
    struct Outcome {
        let status: Int32
        let out: String
        /// The line that systemctl said of a failure.
        let reason: String
    }

    let scope: ServiceScope

    /// The command as a person may type it.
    func line(_ arguments: [String]) -> String {
        (["systemctl"] + (scope == .user ? ["--user"] : []) + arguments).map { ShellWord.quoted($0) }
            .joined(separator: " ")
    }

    /// Runs it. Status 127 where there is none.
    func run(_ arguments: [String]) -> Outcome {
        let (process, out, err) = (Process(), Pipe(), Pipe())
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments =
            ["systemctl"] + (scope == .user ? ["--user"] : []) + ["--no-ask-password", "--no-pager"] + arguments
        process.standardOutput = out
        process.standardError = err
        process.standardInput = FileHandle.nullDevice
        do { try process.run() } catch { return Outcome(status: 127, out: "", reason: "there is no systemctl") }
        let text = String(decoding: out.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        let said = String(decoding: err.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        let first = said.split(separator: "\n").first.map(String.init) ?? "status \(process.terminationStatus)"
        let reason = process.terminationStatus == 127 ? "there is no systemctl" : first
        return Outcome(status: process.terminationStatus, out: text, reason: reason)
    }
}
