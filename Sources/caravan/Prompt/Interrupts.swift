import Foundation
import Synchronization

/// Ctrl-C while a line is read: it ends the reading rather than the program.
struct Interrupts {
    /// The thread that reads now, or 0.
    private static let reader = Atomic<pthread_t>(0)

    private var before = sigaction()
    private var mask = sigset_t()

    /// Begins; on the thread that is to read.
    init() {
        Self.reader.store(pthread_self(), ordering: .relaxed)
        var action = sigaction()
        // Any thread may get the signal, and hands it to the one that reads. Without SA_RESTART that reads no further.
        action.__sigaction_handler.sa_handler = { _ in
            let reader = Interrupts.reader.load(ordering: .relaxed)
            if reader != 0, pthread_equal(reader, pthread_self()) == 0 { pthread_kill(reader, SIGINT) }
        }
        sigaction(SIGINT, &action, &before)
        // The threads on which asynchronous functions run get no signals.
        var interrupt = sigset_t()
        sigemptyset(&interrupt)
        sigaddset(&interrupt, SIGINT)
        pthread_sigmask(SIG_UNBLOCK, &interrupt, &mask)
    }

    func end() {
        var (before, mask) = (before, mask)
        pthread_sigmask(SIG_SETMASK, &mask, nil)
        sigaction(SIGINT, &before, nil)
        Self.reader.store(0, ordering: .relaxed)
    }
}
