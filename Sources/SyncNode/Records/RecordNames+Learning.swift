/// Teaching and learning.
extension RecordNames {
    static let learning = courses + trainees

    private static let courses = [
        Table(
            "course", .init("课程", "Курс", "Course"),
            about: .init(
                "可以开设的课程：领域、程度、语言和学时。",
                "То, чему можно учить: область, уровень, язык, часы.",
                "What can be taught: its field, level, language and hours."),
            columns: """
                code | 课程代码 | Код курса | Course code
                level | 程度 | Уровень | Level
                hours | 学时 | Часы | Hours
                """),
        Table(
            "offering", .init("开班", "Поток", "Offering"), persons: .about,
            about: .init(
                "课程的一次开设：平台、承办机构、地点、名额和起止日期。",
                "Один проход курса: платформа, принимающая организация, место, число мест, сроки.",
                "One run of a course: its platform, host, place, capacity, and from when until when."),
            columns: """
                contact | 负责人 | Ответственный | Person in charge
                utc_offset | 时区（与 UTC 之差） | Смещение от UTC | Offset from UTC
                capacity | 名额 | Число мест | Capacity
                """),
        Table(
            "session", .init("课次", "Занятие", "Session"), persons: .about,
            about: .init(
                "开班中的一次课，按开班所在地的时间。",
                "Одно занятие потока, по времени места.",
                "One sitting of an offering, by the time of its place."),
            columns: """
                number | 序号 | Порядковый номер | Number in the offering
                held_on | 上课日期 | День занятия | Held on
                starts | 开始时间 | Время начала | From
                ends | 结束时间 | Время окончания | Until
                trainer | 授课教师 | Преподаватель | Trainer
                """),
        Table(
            "material", .init("教学资料", "Учебный материал", "Material"),
            about: .init(
                "课程的教材、课件、视频等及其许可。",
                "Учебник, презентация, видео и тому подобное к курсу, и на каких условиях.",
                "Textbook, slides, video and the like for a course, and on what terms."),
            columns: """
                licence | 使用许可 | Лицензия | Licence
                issued | 发布日期 | Дата выпуска | Issued on
                """),
    ]

    private static let trainees = [
        Table(
            "trainee", .init("学员", "Слушатель", "Trainee"), persons: .named,
            about: .init(
                "参加学习的人，以及其同意处理个人数据的日期。",
                "Человек, который учится, и день, когда он согласился на обработку своих данных.",
                "Person who learns, and the day on which the person consented to being recorded."),
            columns: """
                \(personNames)
                born | 出生日期 | Дата рождения | Born on
                gender | 性别 | Пол | Gender
                institution | 所在机构 | Своя организация | Home institution
                consented | 同意日期 | Дата согласия | Consented on
                """),
        Table(
            "enrolment", .init("报名", "Зачисление", "Enrolment"), persons: .about,
            about: .init(
                "某学员参加某次开班；每班每人一条。",
                "Слушатель в потоке; в каждом потоке — один раз.",
                "Trainee in an offering, once in each."),
            columns: """
                enrolled | 报名日期 | Дата зачисления | Enrolled on
                grade | 成绩 | Оценка | Grade
                """),
        Table(
            "attendance", .init("考勤", "Посещение", "Attendance"), persons: .about,
            about: .init(
                "某学员是否出席某次课。",
                "Был ли слушатель на занятии.",
                "Whether somebody who is enrolled was at a session."),
            columns: "session | 课次 | Занятие | Session"),
        Table(
            "certificate", .init("证书", "Сертификат", "Certificate"), persons: .about,
            about: .init(
                "颁发给学员的证书；同一颁发机构的编号不重复。有证书的学员不能删除。",
                """
                Сертификат слушателя; номера одной организации не повторяются. Слушателя с сертификатом удалить нельзя.
                """,
                """
                Certificate of a trainee; no issuer gives a number twice. A trainee who holds one is not deleted.
                """),
            columns: """
                issuer | 颁发机构 | Кем выдан | Issuer
                number | 证书编号 | Номер сертификата | Certificate number
                issued | 颁发日期 | Дата выдачи | Issued on
                valid_until | 有效期至 | Действителен до | Valid until
                """),
    ]
}
