/// Joint work.
extension RecordNames {
    static let work = projects + agreements + events

    private static let projects = [
        Table(
            "project", .init("项目", "Проект", "Project"),
            about: .init(
                "合作项目，由一个机构牵头，属于一个委员会和一个计划。",
                "Проект сотрудничества: его ведёт одна организация, он относится к комитету и программе.",
                "Cooperation project, led by an institution, of a committee and a programme."),
            columns: """
                lead | 牵头机构 | Ведущая организация | Lead institution
                status | 项目状态 | Состояние проекта | Status
                budget | 预算 | Бюджет | Budget
                currency | 货币代码 | Код валюты | Currency code
                """),
        Table(
            "project_partner", .init("项目合作方", "Партнёр проекта", "Project partner"), persons: .about,
            about: .init(
                "参与项目的机构，例如合作院校或企业。",
                "Организация, участвующая в проекте: вуз, колледж, предприятие.",
                "Institution that takes part in a project, such as a college or an enterprise.")),
        Table(
            "milestone", .init("里程碑", "Контрольная точка", "Milestone"),
            about: .init(
                "项目到某日应达到的阶段。",
                "То, чего проект должен достичь к сроку.",
                "What a project is to have reached by a day."),
            columns: """
                due | 计划日期 | Срок | Due on
                reached | 实际日期 | Достигнуто | Reached on
                """),
        Table(
            "result", .init("成果", "Результат", "Result"),
            about: .init(
                "项目的一项指标：单位、目标值与实际值。",
                "Показатель проекта: единица, план и факт.",
                "Indicator of a project: its unit, what was aimed at, and what came of it."),
            columns: """
                milestone | 里程碑 | Контрольная точка | Milestone
                indicator_zh | 中文指标 | Показатель на китайском | Indicator in Chinese
                indicator_ru | 俄文指标 | Показатель на русском | Indicator in Russian
                indicator_en | 英文指标 | Показатель на английском | Indicator in English
                indicator_local | 当地语言指标 | Показатель на местном языке | Indicator in the local language
                unit | 单位 | Единица | Unit
                target | 目标值 | План | Target
                actual | 实际值 | Факт | Actual
                as_of | 统计日期 | По состоянию на | As of
                """),
    ]

    private static let agreements = [
        Table(
            "agreement", .init("协议", "Соглашение", "Agreement"),
            about: .init(
                "两方或多方签署的协议或谅解备忘录及其有效期。",
                "Соглашение или меморандум между сторонами и срок его действия.",
                "Agreement or memorandum between parties, and for how long it holds."),
            columns: """
                number | 协议编号 | Номер соглашения | Agreement number
                signed | 签署日期 | Дата подписания | Signed on
                valid_from | 生效日期 | Действует с | Valid from
                valid_until | 有效期至 | Действует до | Valid until
                """),
        Table(
            "agreement_party", .init("协议方", "Сторона соглашения", "Agreement party"), persons: .about,
            about: .init(
                "签署协议的机构及其签字人。",
                "Организация, подписавшая соглашение, и кто подписал за неё.",
                "Institution that signed an agreement, and who signed for it."),
            columns: """
                agreement | 协议 | Соглашение | Agreement
                contact | 签字人 | Подписавший | Signatory
                signed | 签署日期 | Дата подписания | Signed on
                """),
        Table(
            "agreement_project", .init("协议项目", "Проект по соглашению", "Agreement project"),
            about: .init(
                "依据协议开展的项目。",
                "Проект, который ведётся по соглашению.",
                "Project that is carried out under an agreement."),
            columns: "agreement | 协议 | Соглашение | Agreement"),
    ]

    private static let events = [
        Table(
            "event", .init("活动", "Мероприятие", "Event"),
            about: .init(
                "会议、论坛、展览、访问等活动。",
                "Совещание, форум, выставка, визит и тому подобное.",
                "Meeting, forum, exhibition, visit and the like.")),
        Table(
            "event_participant", .init("活动参加者", "Участник мероприятия", "Event participant"), persons: .named,
            about: .init(
                "参加活动的人：登记的联系人，或仅有姓名。",
                "Кто участвовал: контактное лицо или человек, известный по имени.",
                "Whoever took part in an event: a contact, or somebody of whom the name is known."),
            columns: """
                event | 活动 | Мероприятие | Event
                \(personNames)
                """),
    ]
}
