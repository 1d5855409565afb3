import Foundation
import ReplicaModel
import ReplicaStore
import SyncProtocol

/// How many bytes went through the node's sockets, and how many may.
extension Node {
    /// Writes down what has gone since this was done last. What cannot be written now is written the next time.
    func noteTraffic() throws(NodeError) {
        let count = wire.take()
        guard count > 0 else { return }
        do {
            try saying { try engine.replica.addressBook.addTraffic(count, to: Self.periods(at: Date())) }
            traffic = nil
            metrics.wentThrough(bytes: count)
        } catch {
            wire.add(count)
            throw error
        }
    }

    /// The same, where a failure is told by whatever else is done.
    func noteTrafficIfPossible() { try? noteTraffic() }

    /// The bytes of this day and this month, with those that are not written down yet.
    func usedBytes() throws(NodeError) -> ByteBudget.Used {
        let (periods, now) = (Self.periods(at: Date()), Clocks.now.steady)
        // Other programs of this node write, too.
        if traffic == nil || traffic?.periods != periods || now - (traffic?.read ?? 0) > Self.trafficAgeMax {
            let written = try saying { try engine.replica.addressBook.traffic(in: periods) }
            traffic = KnownTraffic(periods: periods, read: now, written: written)
        }
        let (written, pending) = (traffic?.written ?? [], wire.pending)
        return ByteBudget.Used(day: (written.first ?? 0) + pending, month: (written.last ?? 0) + pending)
    }

    /// The period whose budget is used up; nil where none is.
    func budgetUsedUp() throws(NodeError) -> ByteBudget.Period? {
        let budget = configuration.budget
        return budget == ByteBudget() ? nil : budget.usedUp(by: try usedBytes())
    }

    func budgetReport() throws(NodeError) -> BudgetReport {
        let (used, budget) = (try usedBytes(), configuration.budget)
        return BudgetReport(dayUsed: used.day, dayMax: budget.day, monthUsed: used.month, monthMax: budget.month)
    }

    /// Milliseconds for which what was read is believed.
    private static let trafficAgeMax: Int64 = 10_000

    /// The day and the month by local time, as `2026-11-29` and `2026-11`.
    static func periods(at date: Date, in zone: TimeZone? = nil) -> [String] {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone ?? SystemZone.zone(at: Int64(date.timeIntervalSince1970 * 1000))
        let parts = calendar.dateComponents([.year, .month, .day], from: date)
        func text(_ number: Int?, _ count: Int) -> String {
            let digits = "\(number ?? 0)"
            return String(repeating: "0", count: max(0, count - digits.count)) + digits
        }
        let month = text(parts.year, 4) + "-" + text(parts.month, 2)
        return [month + "-" + text(parts.day, 2), month]
    }
}

/// The traffic of this day and this month as it was written down when it was read last.
struct KnownTraffic: Sendable {
    let periods: [String]
    /// Milliseconds of the steady clock.
    let read: Int64
    let written: [Int]
}

extension ByteBudget.Period {
    /// The words for when it is over.
    var end: String {
        switch self {
        case .day: "until midnight"
        case .month: "until the first of the month"
        }
    }

    /// The name of its setting in config.yaml.
    var setting: String {
        switch self {
        case .day: "budgetDay"
        case .month: "budgetMonth"
        }
    }
}

extension BudgetReport {
    /// A sentence if a budget is used up.
    public var warning: String? {
        let budget = ByteBudget(day: dayMax, month: monthMax)
        return budget.usedUp(by: .init(day: dayUsed, month: monthUsed)).map { period in
            """
            the byte budget of this \(period.rawValue) is used up (\(text(of: period))): `caravan serve` exchanges \
            with nobody \(period.end), unless \(period.setting) in config.yaml is raised and read anew (SIGHUP)
            """
        }
    }

    /// The bytes that are used, of those that may be.
    func text(of period: ByteBudget.Period) -> String {
        let (used, most) = period == .day ? (dayUsed, dayMax) : (monthUsed, monthMax)
        return "\(ByteCount.rounded(used)) of \(ByteCount.text(most ?? 0))"
    }
}
