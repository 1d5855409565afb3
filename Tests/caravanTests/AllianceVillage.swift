import Foundation

/// The beginning of tests of the alliance's own schema.
extension Village {
    /// The schema that former versions founded.
    static let fiveTables: String = {
        let key = "id TEXT NOT NULL PRIMARY KEY"
        let time = "printf('%012x', CAST(round((julianday('now') - 2440587.5) * 86400000.0) AS INTEGER))"
        let mint = """
            printf('%s-%s-7%s-%s%s-%s', substr(\(time), 1, 8), substr(\(time), 9, 4), \
            substr(lower(hex(randomblob(2))), 2), substr('89ab', 1 + abs(random() % 4), 1), \
            substr(lower(hex(randomblob(2))), 2), lower(hex(randomblob(6))))
            """
        let names = "name_zh TEXT, name_ru TEXT, name_en TEXT, name_local TEXT"
        return """
            CREATE TABLE country (\(key), \(names));
            CREATE TABLE committee (\(key), \(names));
            CREATE TABLE programme (\(key), \(names));
            CREATE TABLE institution (
                \(key) DEFAULT (\(mint)), country TEXT REFERENCES country(id), city TEXT, kind TEXT, \(names),
                website TEXT, founded INTEGER, note TEXT);
            CREATE INDEX institution_country ON institution(country);
            CREATE TABLE project (
                \(key) DEFAULT (\(mint)), programme TEXT REFERENCES programme(id),
                committee TEXT REFERENCES committee(id), lead TEXT REFERENCES institution(id),
                title_zh TEXT, title_ru TEXT, title_en TEXT, title_local TEXT, status TEXT, starts TEXT, ends TEXT,
                note TEXT);
            CREATE INDEX project_programme ON project(programme);
            """
    }()

    /// Records of nearly every table: a project with partners, an agreement, a course that somebody completed
    /// and was placed after.
    static let records = """
        INSERT INTO institution(id, name_en, name_zh, country, kind) VALUES
            ('xjau', 'Xinjiang Agricultural University', '新疆农业大学', 'CN', 'university'),
            ('tau', 'Tajik Agrarian University', NULL, 'TJ', 'university'),
            ('mill', 'Cotton mill', NULL, 'TJ', 'enterprise');
        INSERT INTO contact(id, institution, name_en) VALUES ('li', 'xjau', 'Li'), ('rahimov', 'mill', 'Rahimov');
        INSERT INTO project(id, committee, programme, lead, title_en, status) VALUES
            ('cotton', 'agriculture', 'workforce', 'xjau', 'Drip irrigation', 'running');
        INSERT INTO project_partner(project, institution, role, contact) VALUES
            ('cotton', 'tau', 'host', NULL), ('cotton', 'mill', 'enterprise', 'rahimov');
        INSERT INTO milestone(id, project, title_en, state) VALUES
            ('one', 'cotton', 'Plot laid out', 'reached'), ('two', 'cotton', 'First harvest', 'planned'),
            ('three', 'cotton', 'Second plot', 'cancelled');
        INSERT INTO result(project, milestone, indicator_en, unit, target, actual) VALUES
            ('cotton', 'two', 'Trained', 'persons', 24, 12);
        INSERT INTO agreement(id, title_en, valid_until, state) VALUES
            ('soon', 'Ends soon', date('now', 'localtime', '+30 days'), 'in force'),
            ('later', 'Ends later', date('now', 'localtime', '+200 days'), 'in force'),
            ('gone', 'Ended by hand', date('now', 'localtime', '+10 days'), 'terminated'),
            ('past', 'Ended', date('now', 'localtime', '-1 day'), 'in force');
        INSERT INTO agreement_party(agreement, institution) VALUES ('soon', 'xjau'), ('soon', 'tau');
        INSERT INTO course(id, owner, code, title_en, programme) VALUES ('drip', 'xjau', 'AG-7', 'Drip', 'industry');
        INSERT INTO offering(id, course, host, project, platform) VALUES
            ('spring', 'drip', 'tau', 'cotton', 'offline'), ('web', 'drip', 'xjau', NULL, 'online');
        INSERT INTO session(id, offering, number, held_on, starts) VALUES ('s1', 'spring', 1, '2026-03-02', '09:30');
        INSERT INTO trainee(id, name_en, country) VALUES
            ('a', 'A', 'TJ'), ('b', 'B', 'TJ'), ('c', 'C', 'CN'), ('d', 'D', 'CN');
        INSERT INTO enrolment(id, offering, trainee, state) VALUES
            ('ea', 'spring', 'a', 'completed'), ('eb', 'spring', 'b', 'enrolled'), ('ec', 'web', 'c', 'enrolled'),
            ('ed', 'web', 'd', 'refused');
        INSERT INTO attendance(session, enrolment, state) VALUES ('s1', 'ea', 'present'), ('s1', 'eb', 'late');
        INSERT INTO certificate(id, issuer, number, trainee, course, enrolment) VALUES
            ('diploma', 'xjau', '2026-1', 'a', 'drip', 'ea');
        INSERT INTO vacancy(id, institution, places) VALUES ('weaver', 'mill', 3);
        INSERT INTO placement(trainee, institution, vacancy, kind, starts, state) VALUES
            ('a', 'mill', 'weaver', 'job', '2026-06-01', 'running'),
            ('b', 'mill', NULL, 'internship', '2026-07-01', 'planned');
        INSERT INTO equipment(id, owner, inventory_number, name_en) VALUES ('pump', 'xjau', '007', 'Pump');
        INSERT INTO loan(equipment, borrower, contact) VALUES ('pump', 'tau', 'li');
        """

    /// The values of the first row, or of all rows a line each, as the `sqlite3` shell writes them; foreign keys are
    /// enforced.
    func asked(_ node: String, _ sql: String) throws -> String {
        let outcome = try sqlite(node, "PRAGMA foreign_keys = ON; " + sql)
        return (outcome.out + outcome.err).trimmingCharacters(in: .newlines)
    }
}
