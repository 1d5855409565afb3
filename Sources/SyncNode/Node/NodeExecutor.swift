import Dispatch

/// The thread of a node: SQLite blocks, and the cooperative pool of two cores has two threads, so a node's work runs on
/// its own.
final class NodeExecutor: SerialExecutor {
    private let queue = DispatchQueue(label: "caravan.node")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }
}
