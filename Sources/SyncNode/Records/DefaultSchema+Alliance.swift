/// Members of the alliance and its bodies: institutions, contacts, committees, programmes.
extension DefaultSchema {
    static let alliance = """
        CREATE TABLE institution (
            \(minted),
            country TEXT REFERENCES country(id),
            city TEXT,
            kind TEXT,
            \(names),
            website TEXT,
            founded INTEGER,
            note TEXT,
            region TEXT REFERENCES region(id) ON DELETE SET NULL,
            parent TEXT REFERENCES institution(id) ON DELETE SET NULL,
            acronym TEXT,
            \(word("role", "lead", "council", "member", "partner", "observer", isNeeded: false)),
            \(days("joined", "left_on")),
            \(word("state", "active", "candidate", "suspended", "left", "closed"))
        );
        CREATE INDEX institution_country ON institution(country);
        CREATE TABLE contact (
            \(minted),
            institution TEXT NOT NULL REFERENCES institution(id) ON DELETE CASCADE,
            \(names),
            position TEXT,
            email TEXT,
            phone TEXT,
            messenger TEXT,
            language TEXT REFERENCES language(id) ON DELETE SET NULL,
            \(word("state", "active", "left")),
            note TEXT
        );
        CREATE TABLE committee (
            id TEXT NOT NULL PRIMARY KEY,
            \(names),
            seat TEXT REFERENCES institution(id) ON DELETE SET NULL,
            \(day("founded")),
            \(word("state", "active", "closed")),
            note TEXT
        );
        CREATE TABLE committee_member (
            \(minted),
            committee TEXT NOT NULL REFERENCES committee(id) ON DELETE CASCADE,
            institution TEXT NOT NULL REFERENCES institution(id) ON DELETE CASCADE,
            contact TEXT REFERENCES contact(id) ON DELETE SET NULL,
            \(word("role", "member", "chair", "vice-chair", "secretary")),
            \(days("starts", "ends")),
            note TEXT,
            UNIQUE (committee, institution, starts)
        );
        CREATE TABLE programme (
            id TEXT NOT NULL PRIMARY KEY,
            \(names),
            \(days("starts", "ends")),
            \(word("state", "active", "planned", "closed")),
            note TEXT
        );
        """
}
