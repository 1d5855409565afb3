import Foundation

/// Says which seed a thread was at when the process trapped: a precondition of the product that does not hold is found
/// by a seed like any rule.
enum CrashNote {
    private static let key: pthread_key_t = {
        var key = pthread_key_t()
        pthread_key_create(&key, nil)
        return key
    }()

    private static let signals = [SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGABRT]

    /// Notes that this thread begins with a seed. A seed of the greatest 64-bit number goes unsaid.
    static func begins(_ seed: UInt64) { pthread_setspecific(key, UnsafeRawPointer(bitPattern: UInt(seed &+ 1))) }

    /// Installs the note for these signals. What handled them before does so afterwards.
    static func install() {
        _ = key
        for number in signals {
            var action = sigaction()
            action.__sigaction_handler.sa_handler = { _ in CrashNote.tell() }
            action.sa_flags = Int32(bitPattern: UInt32(SA_RESETHAND))
            sigaction(number, &action, nil)
        }
    }

    /// Tells the seed in a signal handler: no memory is allocated.
    private static func tell() {
        let seed = UInt64(UInt(bitPattern: pthread_getspecific(key)))
        guard seed > 0 else { return }
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 24) { digits in
            var rest = seed - 1
            var first = digits.count
            repeat {
                first -= 1
                digits[first] = UInt8(48 + rest % 10)
                rest /= 10
            } while rest > 0
            say("the process trapped in seed ")
            write(2, digits.baseAddress.map { $0 + first }, digits.count - first)
            say("; repeat it with: synclab simulate --verbose --seed with that number\n")
        }
    }

    private static func say(_ text: StaticString) { write(2, text.utf8Start, text.utf8CodeUnitCount) }
}
