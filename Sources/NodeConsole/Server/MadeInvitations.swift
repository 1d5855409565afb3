import SyncNode

/// The invitations that forms made a moment ago: a code is shown once, and a form that is sent twice is one form.
actor MadeInvitations {
    /// Knowledge of a form that made one.
    enum Made: Sendable {
        /// The code, which is shown again.
        case code(String)
        /// Nothing but that it did: the code is not kept any longer.
        case before
    }

    private var made: [(form: String, code: String, at: Int64)] = []

    /// Milliseconds for which a code is kept: as long as somebody clicks twice, or loads a page again.
    private static let lasts: Int64 = 120_000
    /// Forms that are remembered.
    private static let formsMax = 64

    /// The invitation that a form made before; nil where it made none.
    ///
    /// - Parameter form: the session and the fields of the form.
    func find(_ form: String, now: Int64) -> Made? {
        sweep(now: now)
        guard let found = made.last(where: { $0.form == form }) else { return nil }
        return found.code.isEmpty ? .before : .code(found.code)
    }

    func keep(_ code: String, of form: String, now: Int64) {
        sweep(now: now)
        made.append((form, code, now))
        if made.count > Self.formsMax { made.removeFirst() }
    }

    private func sweep(now: Int64) {
        for place in made.indices where abs(now - made[place].at) > Self.lasts { made[place].code = "" }
    }
}
