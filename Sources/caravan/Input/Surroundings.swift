import CMalloc
import Foundation

/// The surroundings that a process is started with, put so that nothing later stumbles over them. To be called before
/// anything else.
enum Surroundings {
    /// The environment variables as the process was started with them. Each reading makes all of them anew, and a
    /// command asks for some before it does anything.
    static let environment = ProcessInfo.processInfo.environment

    static func prepare() {
        keepOneHeap()
        closeGaps()
        boundWidth()
        // A reader that has seen enough, such as head, ends the output and not the program.
        signal(SIGPIPE, SIG_IGN)
        // A limit on the size of files is an error of writing, with its sentence, and no reason to die.
        signal(SIGXFSZ, SIG_IGN)
    }

    /// Has all threads allocate from one heap, before there is a second thread. The C library grows each thread's own
    /// by one page at a time, with a system call for each, which was a fifth of what a short command costs; and those
    /// of threads that only wait keep memory from the others.
    private static func keepOneHeap() { caravan_keep_one_heap() }

    /// Fills the places of standard input, output and error where they are closed: the next file that is opened would
    /// have their numbers, and messages would be written into it. What stands there instead can be neither read nor
    /// written, so that using it is an error as before.
    private static func closeGaps() {
        for (number, way) in [(STDIN_FILENO, O_WRONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_WRONLY)]
        where fcntl(number, F_GETFD) == -1 {
            _ = open("/dev/null", way)
        }
    }

    /// Help is broken into lines by what COLUMNS says, else by what the terminal does, and the parser ends the program
    /// where that is less than the indent of its texts.
    private static func boundWidth() {
        let limits = 50...1000
        var window = winsize()
        let told = getenv("COLUMNS").flatMap { Int(String(cString: $0)) }
        guard let width = told ?? (ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &window) == 0 ? Int(window.ws_col) : nil),
            !limits.contains(width)
        else { return }
        setenv("COLUMNS", String(min(max(width, limits.lowerBound), limits.upperBound)), 1)
    }
}
