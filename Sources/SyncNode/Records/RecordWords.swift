/// Words that stand in columns of the alliance's schema for states, kinds, roles, levels and platforms, with what each
/// is called in Chinese, Russian and English.
public enum RecordWords {
    /// The words, in the order of the schema.
    public static let all = RecordNames.lines(of: text)

    /// The names of a word; nil for any other text.
    public static func texts(of word: String) -> RecordNames.Texts? { names[word] }

    private static let names = Dictionary(all.map { ($0.name, $0.texts) }, uniquingKeysWith: { first, _ in first })

    private static let text = """
        university | 大学 | университет | university
        college | 学院 | колледж | college
        institute | 研究院 | институт | institute
        academy | 科学院 | академия | academy
        school | 学校 | школа | school
        research institute | 研究所 | научно-исследовательский институт | research institute
        enterprise | 企业 | предприятие | enterprise
        government | 政府机关 | государственный орган | government body
        hospital | 医院 | больница | hospital
        non-profit | 非营利组织 | некоммерческая организация | non-profit organisation
        other | 其他 | другое | other
        lead | 牵头单位 | ведущая организация | lead
        council | 理事单位 | член совета | council member
        member | 成员 | член | member
        partner | 合作方 | партнёр | partner
        observer | 观察员 | наблюдатель | observer
        active | 有效 | действует | active
        candidate | 申请中 | кандидат | candidate
        suspended | 暂停 | приостановлено | suspended
        left | 已离开 | выбыл | left
        closed | 已关闭 | закрыто | closed
        chair | 主任 | председатель | chair
        vice-chair | 副主任 | заместитель председателя | vice-chair
        secretary | 秘书 | секретарь | secretary
        planned | 计划中 | запланировано | planned
        running | 进行中 | идёт | running
        paused | 已中止 | приостановлен | paused
        completed | 已完成 | завершено | completed
        cancelled | 已取消 | отменено | cancelled
        online | 线上 | онлайн | online
        offline | 线下 | очно | offline
        both | 线上线下结合 | онлайн и очно | both
        host | 承办方 | принимающая сторона | host
        funder | 资助方 | финансирующая сторона | funder
        associate | 协作方 | ассоциированный участник | associate
        reached | 已达成 | достигнуто | reached
        missed | 未达成 | не достигнуто | missed
        memorandum | 谅解备忘录 | меморандум о взаимопонимании | memorandum of understanding
        framework | 框架协议 | рамочное соглашение | framework agreement
        cooperation | 合作协议 | соглашение о сотрудничестве | cooperation agreement
        exchange | 交流协议 | соглашение об обмене | exchange agreement
        joint degree | 联合学位 | совместная образовательная программа | joint degree
        internship | 实习 | практика | internship
        funding | 资助 | финансирование | funding
        draft | 草稿 | черновик | draft
        agreed | 已商定 | согласовано | agreed
        in force | 生效中 | в силе | in force
        expired | 已到期 | срок истёк | expired
        terminated | 已终止 | расторгнуто | terminated
        party | 签约方 | сторона | party
        guarantor | 担保方 | гарант | guarantor
        witness | 见证方 | свидетель | witness
        meeting | 会议 | совещание | meeting
        forum | 论坛 | форум | forum
        conference | 大会 | конференция | conference
        seminar | 研讨会 | семинар | seminar
        exhibition | 展览 | выставка | exhibition
        competition | 竞赛 | конкурс | competition
        visit | 访问 | визит | visit
        cultural | 文化活动 | культурное мероприятие | cultural event
        open | 开放 | открыто | open
        participant | 参加者 | участник | participant
        speaker | 发言人 | докладчик | speaker
        organiser | 组织者 | организатор | organiser
        interpreter | 翻译 | переводчик | interpreter
        exhibitor | 参展方 | участник выставки | exhibitor
        guest | 嘉宾 | гость | guest
        invited | 已邀请 | приглашён | invited
        registered | 已登记 | зарегистрирован | registered
        attended | 已参加 | участвовал | attended
        absent | 缺席 | отсутствовал | absent
        basic | 初级 | начальный | basic
        intermediate | 中级 | средний | intermediate
        advanced | 高级 | высокий | advanced
        trainers | 师资培训 | для преподавателей | for trainers
        offered | 已开设 | предлагается | offered
        discontinued | 已停开 | больше не предлагается | discontinued
        held | 已举行 | проведено | held
        textbook | 教科书 | учебник | textbook
        slides | 课件 | презентация | slides
        video | 视频 | видео | video
        exercise | 习题 | упражнение | exercise
        manual | 手册 | руководство | manual
        software | 软件 | программа для компьютера | software
        female | 女 | женский | female
        male | 男 | мужской | male
        enrolled | 已录取 | зачислен | enrolled
        applied | 已申请 | подал заявку | applied
        withdrawn | 已退学 | отчислен | withdrawn
        failed | 未通过 | не прошёл | failed
        refused | 未录取 | отказано | refused
        present | 出席 | присутствовал | present
        late | 迟到 | опоздал | late
        excused | 请假 | отсутствовал по уважительной причине | excused
        valid | 有效证书 | действителен | valid
        revoked | 已吊销 | аннулирован | revoked
        job | 就业 | работа | job
        apprenticeship | 学徒 | ученичество | apprenticeship
        filled | 已招满 | занято | filled
        broken off | 提前结束 | прервано | broken off
        in use | 使用中 | используется | in use
        stored | 库存 | на складе | stored
        lent | 已借出 | выдано | lent
        in repair | 维修中 | в ремонте | in repair
        lost | 丢失 | утеряно | lost
        retired | 已报废 | списано | retired
        returned | 已归还 | возвращено | returned
        """
}
