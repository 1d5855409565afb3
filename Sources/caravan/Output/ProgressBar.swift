import SyncNode

/// The line that tells how far long work is: on a terminal only, on standard error, gone at the end.
struct ProgressBar: Sendable {
    private let isShown = Output.isErrorTerminal

    func show(_ progress: SyncProgress) {
        guard isShown else { return }
        draw(
            """
            \(progress.peer): sent \(progress.sent) of \(progress.toSend), received \(progress.received), applied \
            \(progress.applied)
            """
        )
    }

    func show(done: Int, of total: Int, _ what: Line) {
        guard isShown, done % 64 == 0 || done == total else { return }
        draw("\(done) of \(total) \(what)")
    }

    /// - Parameter share: of the whole that is done, from 0 to 1; nil where the whole is not known.
    func show(done: Int, of share: Double?, _ what: Line) {
        guard isShown, done % 1024 == 0 else { return }
        draw("\(what): \(done)" + (share.map { " (\(Int($0 * 100)) %)" } ?? ""))
    }

    func show(_ progress: CarriedProgress, _ what: Line) {
        guard isShown else { return }
        draw("\(progress.bytes) \(what) (\(Int(progress.share * 100)) %)")
    }

    func clear() { if isShown { Output.redraw("") } }

    private func draw(_ line: Line) { Output.redraw(line) }
}
