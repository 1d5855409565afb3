/// The alliance's own schema: what `init` founds unless told otherwise. The article Records describes every table.
///
/// Names stand in Chinese, Russian, English and the local language, each its own column, so that each merges alone.
/// What the world has given a key already (a country, a field of education, a session and whoever attended it) has that
/// key; keys of what sites enter are UUIDs of version 7 (RFC 9562), minted in plain SQL wherever the row is entered.
/// The first five tables of former versions are in it with the columns they had, so that `schema apply` leads there.
public enum DefaultSchema {
    /// The schema as SQL: CREATE TABLE and CREATE INDEX statements, the tables by topic.
    public static let sql = [reference, alliance, work, learning, enterprises].joined(separator: "\n")

    /// A UUID of version 7: 48 bits of milliseconds, the version, 12 random bits, the variant, 62 random bits.
    static let mint = """
        printf('%s-%s-7%s-%s%s-%s', substr(\(time), 1, 8), substr(\(time), 9, 4), \
        substr(lower(hex(randomblob(2))), 2), substr('89ab', 1 + abs(random() % 4), 1), \
        substr(lower(hex(randomblob(2))), 2), lower(hex(randomblob(6))))
        """

    private static let time = "printf('%012x', CAST(round((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER))"
}

/// Parts of which the tables are written.
extension DefaultSchema {
    /// A key that is minted where the row is entered.
    static let minted = "id TEXT NOT NULL PRIMARY KEY DEFAULT (\(mint))"

    static let names = languages(of: "name")
    static let titles = languages(of: "title")

    /// Four columns, of which each holds the same in another language.
    static func languages(of column: String) -> String {
        ["zh", "ru", "en", "local"].map { "\(column)_\($0) TEXT" }.joined(separator: ", ")
    }

    /// A column that holds one of the words. The first is the default of one that is never empty.
    static func word(_ column: String, _ words: String..., isNeeded: Bool = true) -> String {
        let need = isNeeded ? " NOT NULL DEFAULT '\(words[0])'" : ""
        return "\(column) TEXT\(need) CHECK (\(isWord(column, words)))"
    }

    static func isWord(_ column: String, _ words: [String]) -> String {
        "\(column) IN (\(words.map { "'\($0)'" }.joined(separator: ", ")))"
    }

    /// A column that holds a day, such as 2026-11-29.
    static func day(_ column: String) -> String { "\(column) TEXT \(isDay(column))" }

    /// The check of a day: ISO 8601, with a month and a day that a calendar may have.
    static func isDay(_ column: String) -> String {
        """
        CONSTRAINT \(column)_is_a_day_yyyy_mm_dd CHECK (\
        CAST(\(column) AS TEXT) GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]' \
        AND substr(\(column), 6, 2) BETWEEN '01' AND '12' AND substr(\(column), 9, 2) BETWEEN '01' AND '31')
        """
    }

    /// A first and a last day.
    static func days(_ first: String, _ last: String) -> String {
        "\(day(first)), \(day(last)) \(isOrdered(first, last))"
    }

    /// The check of a first and a last day: that does not come before this.
    static func isOrdered(_ first: String, _ last: String) -> String {
        "CONSTRAINT \(last)_is_not_before_\(first) CHECK (\(last) >= \(first))"
    }

    /// A column that holds a time of day, such as 09:30.
    static func clock(_ column: String) -> String {
        """
        \(column) TEXT CONSTRAINT \(column)_is_a_time_hh_mm \
        CHECK (CAST(\(column) AS TEXT) GLOB '[0-2][0-9]:[0-5][0-9]' AND \(column) < '24:00')
        """
    }

    /// A column that holds a number of things.
    static func count(_ column: String) -> String { "\(column) INTEGER CHECK (\(column) >= 0)" }
}
