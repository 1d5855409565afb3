import ReplicaModel

/// A view that a coordinator opens first. It is no part of the schema: each node makes its own, over the tables that
/// the alliance shares, and its person may drop it or write another in its place.
public struct RecordView: Sendable {
    /// The name of the view in SQL.
    public let name: Identifier
    /// A sentence on what a row of it is.
    public let about: RecordNames.Texts
    /// The SELECT that it stands for.
    let select: String

    /// The statement that makes it.
    var sql: String { "CREATE VIEW \(name) AS \(select)" }

    /// The views of the alliance's schema.
    public static let all = [projectsByCommittee, traineesByProgramme, agreementsEnding, placementsByEnterprise]

    private static let projectsByCommittee = RecordView(
        name: "projects_by_committee",
        about: .init(
            "各委员会的项目及其牵头机构、合作方、里程碑和成果。",
            "Проекты комитетов: кто ведёт, кто участвует, контрольные точки и результаты.",
            "Projects of the committees, with who leads them, their partners, milestones and results."),
        select: """
            SELECT p.committee, c.name_zh AS committee_zh, c.name_ru AS committee_ru, c.name_en AS committee_en,
                p.id AS project, p.title_zh, p.title_ru, p.title_en, p.title_local, p.programme, p.status, p.starts,
                p.ends, (SELECT \(name("l")) FROM institution AS l WHERE l.id = p.lead) AS lead,
                (SELECT group_concat(partner, '; ') FROM (
                    SELECT \(name("i")) || ' (' || q.role || ')' AS partner
                    FROM project_partner AS q JOIN institution AS i ON i.id = q.institution
                    WHERE q.project = p.id ORDER BY 1)) AS partners,
                (SELECT sum(m.state = 'reached') || '/' || count(*) FROM milestone AS m
                    WHERE m.project = p.id AND m.state <> 'cancelled' HAVING count(*) > 0) AS milestones_reached,
                (SELECT group_concat(line, '; ') FROM (
                    SELECT coalesce(r.indicator_en, r.indicator_ru, r.indicator_zh, r.indicator_local, r.id) || ': ' ||
                        iif(r.actual IS NULL, '-', printf('%.10g', r.actual)) ||
                        iif(r.target IS NULL, '', ' / ' || printf('%.10g', r.target)) || coalesce(' ' || r.unit, '')
                        AS line
                    FROM result AS r WHERE r.project = p.id ORDER BY 1)) AS results
            FROM project AS p LEFT JOIN committee AS c ON c.id = p.committee
            ORDER BY p.committee, p.starts, p.id
            """)

    private static let traineesByProgramme = RecordView(
        name: "trainees_by_programme",
        about: .init(
            "按计划、国家和平台统计的学员、报名、结业人数和证书数。",
            "Слушатели по программам, странам и платформам: сколько человек, зачислений, окончивших, сертификатов.",
            "Trainees by programme, country and platform: persons, enrolments, completions and certificates."),
        select: """
            SELECT coalesce(p.programme, c.programme) AS programme, g.name_zh AS programme_zh,
                g.name_ru AS programme_ru, g.name_en AS programme_en, t.country, k.name_zh AS country_zh,
                k.name_ru AS country_ru, k.name_en AS country_en, coalesce(e.platform, o.platform) AS platform,
                count(DISTINCT e.trainee) AS trainees, count(*) AS enrolments,
                sum(e.state = 'completed') AS completed,
                sum((SELECT count(*) FROM certificate AS z WHERE z.enrolment = e.id AND z.state = 'valid'))
                    AS certificates
            FROM enrolment AS e JOIN offering AS o ON o.id = e.offering JOIN course AS c ON c.id = o.course
            JOIN trainee AS t ON t.id = e.trainee LEFT JOIN project AS p ON p.id = o.project
            LEFT JOIN programme AS g ON g.id = coalesce(p.programme, c.programme)
            LEFT JOIN country AS k ON k.id = t.country
            WHERE e.state IN ('enrolled', 'completed', 'failed', 'withdrawn')
            GROUP BY coalesce(p.programme, c.programme), t.country, coalesce(e.platform, o.platform)
            """)

    private static let agreementsEnding = RecordView(
        name: "agreements_ending",
        about: .init(
            "90 天内到期的协议及其各方。",
            "Соглашения, которые кончаются в ближайшие 90 дней, и их стороны.",
            "Agreements that end within 90 days, with their parties."),
        select: """
            SELECT a.id AS agreement, a.number, a.kind, a.title_zh, a.title_ru, a.title_en, a.title_local, a.state,
                a.valid_until,
                CAST(julianday(a.valid_until) - julianday(date('now', 'localtime')) AS INTEGER) AS days_left,
                (SELECT group_concat(party, '; ') FROM (
                    SELECT \(name("i")) AS party FROM agreement_party AS q JOIN institution AS i ON i.id = q.institution
                    WHERE q.agreement = a.id ORDER BY 1)) AS parties
            FROM agreement AS a
            WHERE a.valid_until BETWEEN date('now', 'localtime') AND date('now', 'localtime', '+90 days')
                AND a.state NOT IN ('expired', 'terminated')
            ORDER BY a.valid_until, a.id
            """)

    private static let placementsByEnterprise = RecordView(
        name: "placements_by_enterprise",
        about: .init(
            "各企业的实习与就业人数，以及仍空缺的岗位。",
            "Предприятия: сколько слушателей на практике и на работе, и сколько мест ещё открыто.",
            "Enterprises with the trainees placed there, and the places that are still open."),
        select: """
            SELECT i.id AS enterprise, i.name_zh, i.name_ru, i.name_en, i.name_local, i.country, i.city,
                count(p.id) AS placements, count(DISTINCT p.trainee) AS trainees,
                coalesce(sum(p.state = 'planned'), 0) AS planned, coalesce(sum(p.state = 'running'), 0) AS running,
                coalesce(sum(p.state = 'completed'), 0) AS completed,
                coalesce(sum(p.state = 'broken off'), 0) AS broken_off,
                coalesce(sum(p.kind = 'job' AND p.state IN ('running', 'completed')), 0) AS jobs,
                (SELECT coalesce(sum(v.places), 0) FROM vacancy AS v
                    WHERE v.institution = i.id AND v.state = 'open') AS places_open
            FROM institution AS i LEFT JOIN placement AS p ON p.institution = i.id
            WHERE i.id IN (SELECT institution FROM placement UNION SELECT institution FROM vacancy)
            GROUP BY i.id ORDER BY placements DESC, i.id
            """)

    /// The name of an institution for a list of many: the first that there is.
    private static func name(_ alias: String) -> String {
        let columns = ["name_en", "name_ru", "name_zh", "name_local", "id"].map { "\(alias).\($0)" }
        return "coalesce(\(columns.joined(separator: ", ")))"
    }
}
