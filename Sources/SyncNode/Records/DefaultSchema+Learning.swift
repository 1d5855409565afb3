/// Teaching and learning: courses, offerings, trainees, certificates.
extension DefaultSchema {
    static let learning = [courses, trainees].joined(separator: "\n")

    private static let courses = """
        CREATE TABLE course (
            \(minted),
            owner TEXT NOT NULL REFERENCES institution(id) ON DELETE RESTRICT,
            code TEXT,
            \(titles),
            programme TEXT REFERENCES programme(id) ON DELETE SET NULL,
            committee TEXT REFERENCES committee(id) ON DELETE SET NULL,
            field TEXT REFERENCES education_field(id) ON DELETE SET NULL,
            occupation TEXT REFERENCES occupation(id) ON DELETE SET NULL,
            \(word("level", "basic", "intermediate", "advanced", "trainers", isNeeded: false)),
            language TEXT REFERENCES language(id) ON DELETE SET NULL,
            hours INTEGER CHECK (hours > 0),
            \(word("state", "draft", "offered", "discontinued")),
            website TEXT,
            note TEXT,
            UNIQUE (owner, code)
        );
        CREATE TABLE offering (
            \(minted),
            course TEXT NOT NULL REFERENCES course(id) ON DELETE RESTRICT,
            host TEXT NOT NULL REFERENCES institution(id) ON DELETE RESTRICT,
            project TEXT REFERENCES project(id) ON DELETE SET NULL,
            contact TEXT REFERENCES contact(id) ON DELETE SET NULL,
            \(platform),
            language TEXT REFERENCES language(id) ON DELETE SET NULL,
            region TEXT REFERENCES region(id) ON DELETE SET NULL,
            city TEXT,
            place TEXT,
            utc_offset TEXT CHECK (CAST(utc_offset AS TEXT) GLOB '[-+][01][0-9]:[0-5][0-9]'),
            \(count("capacity")),
            \(days("starts", "ends")),
            \(word("state", "planned", "open", "running", "completed", "cancelled")),
            note TEXT
        );
        CREATE TABLE session (
            \(minted),
            offering TEXT NOT NULL REFERENCES offering(id) ON DELETE CASCADE,
            number INTEGER CHECK (number > 0),
            \(titles),
            \(day("held_on")),
            \(clock("starts")),
            \(clock("ends")),
            \(platform),
            place TEXT,
            trainer TEXT REFERENCES contact(id) ON DELETE SET NULL,
            \(word("state", "planned", "held", "cancelled")),
            note TEXT,
            UNIQUE (offering, number)
        );
        CREATE TABLE material (
            \(minted),
            course TEXT NOT NULL REFERENCES course(id) ON DELETE CASCADE,
            owner TEXT REFERENCES institution(id) ON DELETE SET NULL,
            \(word("kind", "textbook", "slides", "video", "exercise", "manual", "software", "other", isNeeded: false)),
            \(titles),
            language TEXT REFERENCES language(id) ON DELETE SET NULL,
            website TEXT,
            licence TEXT,
            \(day("issued")),
            note TEXT
        );
        """

    private static let trainees = """
        CREATE TABLE trainee (
            \(minted),
            \(names),
            \(day("born")),
            \(word("gender", "female", "male", isNeeded: false)),
            country TEXT REFERENCES country(id) ON DELETE RESTRICT,
            region TEXT REFERENCES region(id) ON DELETE SET NULL,
            institution TEXT REFERENCES institution(id) ON DELETE SET NULL,
            occupation TEXT REFERENCES occupation(id) ON DELETE SET NULL,
            language TEXT REFERENCES language(id) ON DELETE SET NULL,
            email TEXT,
            phone TEXT,
            \(day("consented")),
            note TEXT
        );
        CREATE TABLE enrolment (
            \(minted),
            offering TEXT NOT NULL REFERENCES offering(id) ON DELETE RESTRICT,
            trainee TEXT NOT NULL REFERENCES trainee(id) ON DELETE CASCADE,
            \(word("platform", "online", "offline", isNeeded: false)),
            \(day("enrolled")),
            \(word("state", "enrolled", "applied", "completed", "failed", "withdrawn", "refused")),
            grade TEXT,
            note TEXT,
            UNIQUE (offering, trainee)
        );
        CREATE TABLE attendance (
            session TEXT NOT NULL REFERENCES session(id) ON DELETE CASCADE,
            enrolment TEXT NOT NULL REFERENCES enrolment(id) ON DELETE CASCADE,
            \(word("state", "present", "late", "absent", "excused")),
            note TEXT,
            PRIMARY KEY (session, enrolment)
        );
        CREATE TABLE certificate (
            \(minted),
            issuer TEXT NOT NULL REFERENCES institution(id) ON DELETE RESTRICT,
            number TEXT NOT NULL,
            trainee TEXT NOT NULL REFERENCES trainee(id) ON DELETE RESTRICT,
            course TEXT REFERENCES course(id) ON DELETE RESTRICT,
            enrolment TEXT REFERENCES enrolment(id) ON DELETE SET NULL,
            \(days("issued", "valid_until")),
            \(word("state", "valid", "revoked")),
            note TEXT,
            UNIQUE (issuer, number)
        );
        """
}
