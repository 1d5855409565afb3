/// The course of one world: its time, its dice, what is to happen in it and what happened so far. One generator draws
/// all that the seed decides once the world runs, in one order.
final class Course {
    let scenario: Scenario
    var random: SeededGenerator
    var trace = Trace()
    /// True once nothing goes wrong any more, and everything must become the same.
    var isHealing = false
    /// Virtual milliseconds since the world began.
    private(set) var now: Int64 = 0
    /// Counts of how often each kind happened so far.
    private(set) var happened: [Kind: Int] = [:]
    private var agenda = Agenda()

    init(_ scenario: Scenario) {
        self.scenario = scenario
        random = SeededGenerator(seed: scenario.seed ^ 0x5EED)
    }

    func plan(_ event: Agenda.Event, at time: Int64) { agenda.plan(event, at: time) }

    func plan(_ event: Agenda.Event, after milliseconds: Int64) { agenda.plan(event, at: now + milliseconds) }

    /// Goes on to the next thing that happens; nil if nothing does any more.
    func goOn() -> Agenda.Event? {
        guard let (time, event) = agenda.next() else { return nil }
        now = max(now, time)
        return event
    }

    func note(_ line: @autoclosure () -> String) { trace.note(at: now, line()) }

    /// Whether the fault may strike now.
    func has(_ fault: Fault) -> Bool { scenario.faults.contains(fault) && !isHealing }

    func saw(_ kind: Kind) { happened[kind, default: 0] += 1 }

    /// Counts a fault only where the world has it: some things happen for more than one reason.
    func saw(_ fault: Fault) { if scenario.faults.contains(fault) { saw(.fault(fault)) } }
}
