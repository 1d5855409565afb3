import ReplicaModel

/// The states of the replica that pages showed, so that a form can settle what was seen and nothing else.
actor ShownStates {
    private var states: [(name: String, applied: Vector)] = []

    /// States that are kept, of all pages: who sends an older form is shown what is there now.
    private static let statesMax = 64

    /// The name that a form carries of a state.
    func name(of applied: Vector) -> String {
        if let last = states.last, last.applied == applied { return last.name }
        let name = String(Secret().text.prefix(32))
        states.append((name, applied))
        if states.count > Self.statesMax { states.removeFirst() }
        return name
    }

    /// The state of a name; nil where it is not kept any more.
    func applied(_ name: String) -> Vector? { states.last { $0.name == name }?.applied }
}
