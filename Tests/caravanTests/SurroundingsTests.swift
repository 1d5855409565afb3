import Foundation
import Testing

@Suite("Whatever a command is started with, it ends with one sentence and a status of the table")
struct SurroundingsTests {
    let village: Village

    init() throws {
        village = try Village()
        _ = try village.caravan("a", "init", "--name", "a")
    }

    private func run(_ script: String) throws -> Shell.Outcome {
        try Shell.run(
            "bash",
            [
                "-c",
                "caravan() { '\(Shell.command)' \"$@\"; }; export CARAVAN_HOME='\(village.home("a"))'; cd '\(village.folder.path)'; \(script)",
            ])
    }

    @Test(
        "Closed, missing and wrong streams, folders and settings",
        arguments: [
            ("caravan sql <&-", 2, "standard input cannot be read"),
            ("caravan sql < .", 2, "standard input cannot be read"), ("caravan status >&-", 4, "could not be written"),
            ("caravan status --json >&- <&-", 4, "could not be written"),
            ("caravan --home '' status", 2, "--home is empty"), ("caravan status --home ''", 2, "--home is empty"),
            ("touch f; caravan --home f init", 2, "f is a file"),
            ("touch f; caravan --home f status", 4, "cannot be opened"),
            ("caravan --home none status", 4, "`caravan init`"),
            ("echo 'interval: [' > a/config.yaml; caravan status", 2, "(line 2: did not find expected node content)"),
            ("echo 'interval: soon' > a/config.yaml; caravan status", 2, "line 1: interval is a number of"),
            ("echo 'listen: [a]' > a/config.yaml; caravan status", 2, "(line 1: listen has another kind of value)"),
            (
                "printf 'listen: a\\xff\\n' > a/config.yaml; caravan status", 2,
                "config.yaml cannot be read as YAML (it is no text in UTF-8)"
            ),
            (
                "echo '{{ listen }}: x' > a/config.yaml; caravan status", 2,
                "(line 1: the name of a setting is one word)"
            ),
            (
                "printf 'interval: 5\\nbudgetDay: {[a, b]: c}\\n' > a/config.yaml; caravan status", 2,
                "(line 2: the name of a setting is one word)"
            ),
            (
                "printf 'interval: 5\\nlisten: :1\\ninterval: 6\\n' > a/config.yaml; caravan status", 2,
                "interval is set twice"
            ),
            ("echo '- interval' > a/config.yaml; caravan status", 2, "(there are no lines NAME: VALUE)"),
            (
                "echo 'intervall: 300' > a/config.yaml; caravan status", 2,
                "there is no setting intervall (did you mean interval?): there are name, listen, console, metrics, interval, valueBytesMax"
            ),
            ("caravan backup ''", 2, "has no name"), ("caravan backup none/x", 4, "cannot be written"),
            ("caravan schema apply .", 2, "cannot be read"),
        ])
    func wrong(script: String, status: Int32, sentence: String) throws {
        let outcome = try run(script)
        #expect(outcome.status == status)
        #expect(outcome.err.contains(sentence), "\(outcome.err)")
        #expect(outcome.err.filter { $0 == "\n" }.count == 1, "\(outcome.err)")
        #expect(outcome.out.isEmpty)
    }

    @Test("A command without any stream writes nothing into the files that it opens")
    func closed() throws {
        #expect(
            try run("caravan sql \"INSERT INTO project(id) VALUES ('p')\" <&- >&- 2>&-; caravan log >&- 2>&- <&-; true")
                .status == 0)
        #expect(
            try run("caravan sql 'SELECT id FROM project'; caravan verify --deep").out
                == "p\n3 changesets and 3 signatures checked: nothing is wrong\n")
        #expect(try village.sqlite("a", "PRAGMA integrity_check").out == "ok\n")
    }

    @Test(
        "Help fits terminals of every width",
        arguments: ["10", "0", "-5", "1", "x", "", "99999", "9223372036854775807", "99999999999999999999"])
    func width(columns: String) throws {
        let outcome = try run("COLUMNS='\(columns)' caravan resolve --help; COLUMNS='\(columns)' caravan status")
        #expect(outcome.status == 0)
        #expect(outcome.err.isEmpty, "\(outcome.err)")
        #expect(outcome.out.contains("--keep-row"))
    }

    @Test("Help fits a terminal of ten columns")
    func terminal() throws {
        let outcome = try run("unset COLUMNS; script -qec \"stty cols 10; '\(Shell.command)' show --help\" /dev/null")
        #expect(outcome.status == 0)
        #expect(outcome.out.contains("USAGE"))
    }

    @Test(
        "Texts are what they are in every locale, and without one",
        arguments: ["C", "POSIX", "C.UTF-8", "tr_TR.UTF-8", "nonsense"])
    func locale(name: String) throws {
        #expect(try run("LANG=\(name) LC_ALL=\(name) caravan sql \"SELECT 'ы新İi', 1.5\"").out == "ы新İi|1.5\n")
        #expect(try run("env -i '\(Shell.command)' --home a sql \"SELECT 'ы'\"").out == "ы\n")
    }
}
