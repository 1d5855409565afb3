import ReplicaModel

/// The states of the replica that pages showed, so that a form can settle what was seen and nothing else.
actor ShownStates {
    private var states: [(name: String, applied: Vector)] = []
    /// Feeds in all states together.
    private var feeds = 0

    /// Feeds in all the states that are kept, some megabytes: of an alliance of seventy sites hundreds of states, so
    /// that one outlasts a person's thinking while much comes in. Who sends an older form is shown what is there now.
    private static let feedsMax = 50_000
    /// The newest states are kept however many feeds there are.
    private static let statesMin = 8

    /// The name that a form carries of a state.
    func name(of applied: Vector) -> String {
        if let last = states.last, last.applied == applied { return last.name }
        let name = String(Secret().text.prefix(32))
        states.append((name, applied))
        feeds += applied.count
        while feeds > Self.feedsMax, states.count > Self.statesMin { feeds -= states.removeFirst().applied.count }
        return name
    }

    /// The state of a name; nil where it is not kept any more.
    func applied(_ name: String) -> Vector? { states.last { $0.name == name }?.applied }
}
