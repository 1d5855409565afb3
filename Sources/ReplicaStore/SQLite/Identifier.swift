extension String {
    /// The identifier as SQL writes it: in double quotes, those inside doubled.
    var quoted: String { "\"" + replacing("\"", with: "\"\"") + "\"" }

    /// The string as an SQL literal.
    var literal: String { "'" + replacing("'", with: "''") + "'" }
}
