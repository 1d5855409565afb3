import SyncNode

/// One line that tells how far long work is: on a terminal only, on standard error, gone at the end.
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

    func clear() { if isShown { Output.redraw("") } }

    private func draw(_ line: Line) { Output.redraw(line) }
}
