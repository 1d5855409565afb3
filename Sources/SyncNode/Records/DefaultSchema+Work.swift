/// Joint work: projects, agreements, events.
extension DefaultSchema {
    static let work = [projects, agreements, events].joined(separator: "\n")

    private static let projects = """
        CREATE TABLE project (
            \(minted),
            programme TEXT REFERENCES programme(id),
            committee TEXT REFERENCES committee(id),
            lead TEXT REFERENCES institution(id),
            \(titles),
            status TEXT,
            starts TEXT,
            ends TEXT,
            note TEXT,
            field TEXT REFERENCES education_field(id) ON DELETE SET NULL,
            \(platform),
            budget INTEGER CHECK (budget >= 0),
            currency TEXT CHECK (CAST(currency AS TEXT) GLOB '[A-Z][A-Z][A-Z]'),
            website TEXT,
            CHECK (\(isWord("status", ["planned", "running", "paused", "completed", "cancelled"]))),
            \(isDay("starts")),
            \(isDay("ends")),
            \(isOrdered("starts", "ends"))
        );
        CREATE INDEX project_programme ON project(programme);
        CREATE TABLE project_partner (
            project TEXT NOT NULL REFERENCES project(id) ON DELETE CASCADE,
            institution TEXT NOT NULL REFERENCES institution(id) ON DELETE RESTRICT,
            \(word("role", "partner", "lead", "host", "enterprise", "funder", "associate")),
            contact TEXT REFERENCES contact(id) ON DELETE SET NULL,
            \(days("starts", "ends")),
            note TEXT,
            PRIMARY KEY (project, institution)
        );
        CREATE TABLE milestone (
            \(minted),
            project TEXT NOT NULL REFERENCES project(id) ON DELETE CASCADE,
            \(titles),
            \(day("due")),
            \(day("reached")),
            \(word("state", "planned", "running", "reached", "missed", "cancelled")),
            note TEXT
        );
        CREATE TABLE result (
            \(minted),
            project TEXT NOT NULL REFERENCES project(id) ON DELETE CASCADE,
            milestone TEXT REFERENCES milestone(id) ON DELETE SET NULL,
            \(languages(of: "indicator")),
            unit TEXT,
            target REAL,
            actual REAL,
            \(day("as_of")),
            note TEXT
        );
        """

    private static let agreements = """
        CREATE TABLE agreement (
            \(minted),
            number TEXT,
            \(word("kind", "memorandum", "framework", "cooperation", "exchange", "joint degree", "internship",
                "funding", "other", isNeeded: false)),
            \(titles),
            programme TEXT REFERENCES programme(id) ON DELETE SET NULL,
            committee TEXT REFERENCES committee(id) ON DELETE SET NULL,
            \(day("signed")),
            \(days("valid_from", "valid_until")),
            \(word("state", "draft", "agreed", "in force", "suspended", "expired", "terminated")),
            website TEXT,
            note TEXT
        );
        CREATE INDEX agreement_valid_until ON agreement(valid_until);
        CREATE TABLE agreement_party (
            agreement TEXT NOT NULL REFERENCES agreement(id) ON DELETE CASCADE,
            institution TEXT NOT NULL REFERENCES institution(id) ON DELETE RESTRICT,
            \(word("role", "party", "guarantor", "witness")),
            contact TEXT REFERENCES contact(id) ON DELETE SET NULL,
            \(day("signed")),
            note TEXT,
            PRIMARY KEY (agreement, institution)
        );
        CREATE TABLE agreement_project (
            agreement TEXT NOT NULL REFERENCES agreement(id) ON DELETE CASCADE,
            project TEXT NOT NULL REFERENCES project(id) ON DELETE CASCADE,
            note TEXT,
            PRIMARY KEY (agreement, project)
        );
        """

    private static let events = """
        CREATE TABLE event (
            \(minted),
            \(word("kind", "meeting", "forum", "conference", "seminar", "exhibition", "competition", "visit",
                "cultural", "other", isNeeded: false)),
            \(titles),
            programme TEXT REFERENCES programme(id) ON DELETE SET NULL,
            committee TEXT REFERENCES committee(id) ON DELETE SET NULL,
            project TEXT REFERENCES project(id) ON DELETE SET NULL,
            host TEXT REFERENCES institution(id) ON DELETE RESTRICT,
            \(platform),
            country TEXT REFERENCES country(id) ON DELETE RESTRICT,
            city TEXT,
            place TEXT,
            \(days("starts", "ends")),
            \(word("state", "planned", "open", "completed", "cancelled")),
            website TEXT,
            note TEXT
        );
        CREATE INDEX event_starts ON event(starts);
        CREATE TABLE event_participant (
            \(minted),
            event TEXT NOT NULL REFERENCES event(id) ON DELETE CASCADE,
            institution TEXT REFERENCES institution(id) ON DELETE SET NULL,
            contact TEXT REFERENCES contact(id) ON DELETE SET NULL,
            \(names),
            \(word("role", "participant", "speaker", "organiser", "interpreter", "exhibitor", "guest")),
            \(word("state", "invited", "registered", "attended", "absent")),
            note TEXT,
            UNIQUE (event, contact)
        );
        """

    /// The platform on which something takes place.
    static let platform = word("platform", "online", "offline", "both", isNeeded: false)
}
