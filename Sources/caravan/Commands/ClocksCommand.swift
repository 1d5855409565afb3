import ArgumentParser
import ReplicaModel
import SyncNode

struct ClocksCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clocks", abstract: "How the members' clocks differ, and who keeps time.",
        discussion: """
            A clock that is off decides which of two values is shown that people wrote apart, and nothing else: no edit is \
            lost. Members go by the clock of one that keeps time, as it was at the last contact.

            EXAMPLE
              caravan clocks
              caravan clocks keep urumqi
            """,
        subcommands: [List.self, Keep.self, Leave.self], defaultSubcommand: List.self)

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List the members' clocks as they were at the last contact.",
            discussion: """
                EXAMPLE
                  caravan clocks list --json
                """)

        @OptionGroup var node: NodeOptions
        @OptionGroup var report: ReportOptions

        func run() async throws {
            let node = try await node.open()
            let clocks = try await node.clocks.all()
            if report.json { return clocks.forEach { Output.json(JSON($0)) } }
            var table = TextTable(["name", "clock", "last contact", "keeps time", "site"])
            for clock in clocks {
                let difference: Line = clock.isOwn ? "this one" : clock.skewSeconds.map(ClockText.difference) ?? "-"
                let contact: Line =
                    clock.isOwn ? "-" : clock.lastContact.map { Times.ago($0, at: Times.now) } ?? "never met"
                table.add([
                    "\(clock.name)", difference, contact, clock.keepsTime ? "yes" : "-",
                    "\(clock.site.short)",
                ])
            }
            table.lines.forEach(Output.line)
            guard let correction = try await node.clocks.correction() else { return }
            Output.line("stamped here with \(ClockText.difference(correction.seconds)), by \(correction.keeper)")
        }
    }

    struct Keep: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "keep",
            abstract: "Say that a member keeps time: the others go by its clock. Only an admin may.",
            discussion: """
                EXAMPLE
                  caravan clocks keep urumqi
                """)

        @OptionGroup var node: NodeOptions
        @Argument(help: "A member's name, or the beginning of its site id.") var member: String

        func run() async throws {
            let isNew = try await node.open().clocks.setKeepsTime(member, true)
            Output.line(isNew ? "\(member) keeps time" : "\(member) keeps time already")
        }
    }

    struct Leave: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "leave", abstract: "Say that a member keeps time no longer. Only an admin may.",
            discussion: """
                EXAMPLE
                  caravan clocks leave urumqi
                """)

        @OptionGroup var node: NodeOptions
        @Argument(help: "A member's name, or the beginning of its site id.") var member: String

        func run() async throws {
            let isNew = try await node.open().clocks.setKeepsTime(member, false)
            Output.line(isNew ? "\(member) keeps time no longer" : "\(member) did not keep time")
        }
    }
}

/// Differences of clocks, for people.
enum ClockText {
    /// The correction of this machine's clock, for people; nil where it is less than a second.
    static func correction(_ correction: ClockCorrection?) -> Line? {
        guard let correction, abs(correction.seconds) >= 1 else { return nil }
        return "\(difference(correction.seconds)) by \(correction.keeper), which keeps time"
    }

    /// A difference as `+12 min` or `-3.5 s`.
    static func difference(_ seconds: Double) -> Line {
        let (size, tenths) = (abs(seconds), Int64((abs(seconds) * 10).rounded()))
        let sign = tenths == 0 ? "" : seconds < 0 ? "-" : "+"
        let days = Int64(size / 86_400)
        if size < 120 { return "\(sign)\(tenths / 10).\(tenths % 10) s" }
        if days < 2 { return "\(sign)\(Int64(size / 60)) min" }
        return days < 730 ? "\(sign)\(days) days" : "\(sign)\(days / 365) years"
    }
}
