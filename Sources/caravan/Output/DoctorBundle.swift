import Foundation
import ReplicaModel
import SyncNode

/// The document that somebody elsewhere needs who is to help with a node: no record, no key, no password.
struct DoctorBundle {
    private let members: [(String, JSON)]
    /// Whether something is wrong with the node.
    let hasFindings: Bool

    /// Gathers the facts. Where the replica cannot be opened, that is what the document says of it.
    init(of options: NodeOptions) async {
        let home = options.nodeHome.report()
        var members: [(String, JSON)] = [
            ("caravanDoctor", .integer(1)), ("time", .string(Times.rfc3339(Times.now))),
            ("software", .string(home.software)), ("sqlite", .optional(home.sqlite)),
            ("system", .string(home.system)), ("processor", .string(home.processor)),
            ("settings", .object(home.settings.map { ($0.name, .string($0.value)) })),
            ("settingsError", .optional(home.settingsError)), ("files", .array(home.files.map { JSON($0) })),
            ("diskFree", .optional(home.diskFree)),
        ]
        var count = home.settingsError == nil ? 0 : 1
        do throws(NodeError) {
            let node = try await options.open()
            members.append(("status", JSON(try await node.reports.status(digest: true))))
            let findings = try await node.reports.doctor()
            count += findings.count
            members.append(("doctor", .array(findings.map { Self.json($0) })))
        } catch {
            count += 1
            members.append(("error", .object([("error", .string(error.name)), ("message", .string(error.message))])))
        }
        members.append(("log", .array(home.log.map { .string($0) })))
        (self.members, hasFindings) = (members, count > 0)
    }

    /// Writes a finding without what was made by hand, which findings quote: what it says nobody knows.
    private static func json(_ finding: DoctorFinding) -> JSON {
        let message =
            finding.kind.hasPrefix("own-")
            ? "left out, for it quotes what somebody made by hand: `caravan doctor` shows it" : finding.message
        return .object([("kind", .string(finding.kind)), ("message", .string(message))])
    }

    /// JSON, with a member a line, and items of lists a line each.
    var text: String {
        let lines = members.map { name, value in
            guard case .array(let items) = value, !items.isEmpty else {
                return "\(JSON.string(name).text): \(value.text)"
            }
            return "\(JSON.string(name).text): [\n" + items.map { "  " + $0.text }.joined(separator: ",\n") + "\n]"
        }
        return "{\n" + lines.joined(separator: ",\n") + "\n}\n"
    }
}

extension JSON {
    fileprivate init(_ file: HomeReport.File) {
        self = .object([("name", .string(file.name)), ("bytes", .integer(file.bytes)), ("mode", .string(file.mode))])
    }
}
