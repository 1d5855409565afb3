/// Work with enterprises, things that are lent, and notes.
extension RecordNames {
    static let enterprises = [
        Table(
            "vacancy", .init("岗位", "Вакансия", "Vacancy"),
            about: .init(
                "企业提供的工作、实习或学徒岗位。",
                "Место работы, практики или ученичества, которое предлагает предприятие.",
                "Job, internship or apprenticeship that an enterprise offers."),
            columns: """
                institution | 企业 | Предприятие | Enterprise
                places | 岗位数 | Число вакантных мест | Places
                """),
        Table(
            "placement", .init("实习与就业", "Практика или работа", "Placement"), persons: .about,
            about: .init(
                "学员在企业的实习或就业。",
                "Слушатель на предприятии: на практике, в ученичестве или на работе.",
                "Trainee in an enterprise: as an intern, an apprentice, or at work."),
            columns: """
                institution | 企业 | Предприятие | Enterprise
                vacancy | 岗位 | Вакансия | Vacancy
                mentor | 企业导师 | Наставник | Mentor
                """),
        Table(
            "equipment", .init("设备", "Оборудование", "Equipment"),
            about: .init(
                "一件设备：归谁所有、在哪里、状态如何。",
                "Единица оборудования: чья она, где стоит, в каком состоянии.",
                "Piece of equipment: whose it is, where it stands, and how."),
            columns: """
                inventory_number | 资产编号 | Инвентарный номер | Inventory number
                serial_number | 出厂编号 | Серийный номер | Serial number
                acquired | 购置日期 | Дата приобретения | Acquired on
                """),
        Table(
            "loan", .init("借用", "Выдача", "Loan"), persons: .about,
            about: .init(
                "设备借给某机构：自何日起，应何日归还。",
                "Выдача оборудования организации: с какого дня и до какого.",
                "Lending of a piece of equipment to an institution, from when, and until when."),
            columns: """
                equipment | 设备 | Оборудование | Equipment
                borrower | 借用机构 | Кому выдано | Borrower
                due | 应还日期 | Срок возврата | Due on
                returned | 归还日期 | Дата возврата | Returned on
                """),
        Table(
            "note", .init("备注", "Заметка", "Note"), persons: .named,
            about: .init(
                "对任何记录的备注：写明表名和键；可能提到个人。",
                "Заметка к любой записи, названной таблицей и ключом; в ней может говориться о людях.",
                "Note on any record, which is named by its table and key; it may speak of persons."),
            columns: """
                record_table | 所注表 | Таблица записи | Table of the record
                record_key | 所注记录的键 | Ключ записи | Key of the record
                contact | 作者 | Автор | Author
                written | 书写日期 | Дата записи | Written on
                body | 内容 | Текст | Text
                """),
    ]
}
