/// A failure that makes a run worthless.
enum Failure: Error, CustomStringConvertible {
    case command(String, status: Int32, said: String)
    case unreadable(String, said: String)
    case differ(String, found: String, expected: String)
    case unready(String, said: String)
    case endless(String)
    case silent(String)
    case noReport(String)

    var description: String {
        switch self {
        case .command(let command, let status, let said):
            "`\(command)` ended with status \(status)\(said.isEmpty ? "" : " and said: \(said)")"
        case .unreadable(let command, let said): "`\(command)` printed what is no figure: \(said)"
        case .differ(let whose, let found, let expected):
            "\(whose) holds rows of the count and hash \(found), which should be \(expected)"
        case .unready(let command, let said):
            "`\(command)` came not to listen\(said.isEmpty ? "" : " and said: \(said)")"
        case .endless(let command): "`\(command)` did not end within a minute of SIGTERM"
        case .silent(let whose): "\(whose) said nothing for a minute, or ended"
        case .noReport(let file): "\(file) is no report: give files that `--json` printed"
        }
    }
}
