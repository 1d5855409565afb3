extension Connection {
    /// An empty database in memory for texts that people or peers wrote. A word in double quotes that names nothing is
    /// an error in it, and no string: a SQLite that is built otherwise could not read the schema.
    package static func scratch() throws(StoreError) -> Connection {
        let connection = try Connection(path: "", access: .create)
        try connection.configure(.stringsInDoubleQuotesInDefinitions, on: false)
        try connection.configure(.stringsInDoubleQuotes, on: false)
        return connection
    }
}
