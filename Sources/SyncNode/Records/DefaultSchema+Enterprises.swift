/// Work with enterprises, things that are lent, and notes.
extension DefaultSchema {
    static let enterprises = """
        CREATE TABLE vacancy (
            \(minted),
            institution TEXT NOT NULL REFERENCES institution(id) ON DELETE CASCADE,
            project TEXT REFERENCES project(id) ON DELETE SET NULL,
            occupation TEXT REFERENCES occupation(id) ON DELETE SET NULL,
            \(titles),
            \(word("kind", "job", "internship", "apprenticeship", isNeeded: false)),
            language TEXT REFERENCES language(id) ON DELETE SET NULL,
            region TEXT REFERENCES region(id) ON DELETE SET NULL,
            city TEXT,
            \(count("places")),
            \(days("starts", "ends")),
            \(word("state", "open", "filled", "closed")),
            website TEXT,
            note TEXT
        );
        CREATE TABLE placement (
            \(minted),
            trainee TEXT NOT NULL REFERENCES trainee(id) ON DELETE CASCADE,
            institution TEXT NOT NULL REFERENCES institution(id) ON DELETE RESTRICT,
            vacancy TEXT REFERENCES vacancy(id) ON DELETE SET NULL,
            project TEXT REFERENCES project(id) ON DELETE SET NULL,
            occupation TEXT REFERENCES occupation(id) ON DELETE SET NULL,
            mentor TEXT REFERENCES contact(id) ON DELETE SET NULL,
            \(word("kind", "internship", "apprenticeship", "job", isNeeded: false)),
            \(days("starts", "ends")),
            \(word("state", "planned", "running", "completed", "broken off", "cancelled")),
            note TEXT,
            UNIQUE (trainee, institution, starts)
        );
        CREATE TABLE equipment (
            \(minted),
            owner TEXT NOT NULL REFERENCES institution(id) ON DELETE RESTRICT,
            inventory_number TEXT,
            \(names),
            serial_number TEXT,
            project TEXT REFERENCES project(id) ON DELETE SET NULL,
            place TEXT,
            \(day("acquired")),
            \(word("state", "in use", "stored", "lent", "in repair", "lost", "retired")),
            note TEXT,
            UNIQUE (owner, inventory_number)
        );
        CREATE TABLE loan (
            \(minted),
            equipment TEXT NOT NULL REFERENCES equipment(id) ON DELETE CASCADE,
            borrower TEXT NOT NULL REFERENCES institution(id) ON DELETE RESTRICT,
            contact TEXT REFERENCES contact(id) ON DELETE SET NULL,
            offering TEXT REFERENCES offering(id) ON DELETE SET NULL,
            \(days("starts", "due")),
            \(day("returned")),
            \(word("state", "agreed", "lent", "returned", "lost")),
            note TEXT
        );
        CREATE TABLE note (
            \(minted),
            record_table TEXT NOT NULL,
            record_key TEXT NOT NULL,
            contact TEXT REFERENCES contact(id) ON DELETE SET NULL,
            \(day("written")),
            language TEXT REFERENCES language(id) ON DELETE SET NULL,
            body TEXT NOT NULL
        );
        CREATE INDEX note_record ON note(record_table, record_key);
        """
}
