// One word for one thing, in messages and in help:
//
//     feed        лента               写入流          member      участник          成员
//     changeset   набор изменений     变更集          peer        партнёр           对端
//     chunk       кусок               数据块          site        узел              站点
//     branch      ветвь               分支            roster      список участников 名册
//     went two ways  раздвоилась      分叉            conflict    конфликт          冲突
//     incarnation воплощение          写入序列        settle      разрешить         解决
//     seal        запечатать          封存            refuse      отклонить, отказать  拒绝
//     fold        воспроизвести       重放            retire      исключить (участника), вывести (столбец)  退出, 停用
//     count       засчитываться       计入            keep time   задавать время    提供基准时间
//     replicated table  общая таблица 同步表          dial        подключаться      连接
//     listen      слушать             侦听            window      время обмена      时段
//     pending     незапечатанное      待封存          exit status код завершения    退出码

extension Entry {
    /// The texts in which the entries stand, room by room.
    static let texts = [
        FirstCommandPhrases.text,
        MiddleCommandPhrases.text,
        LastCommandPhrases.text,
        OutputPhrases.text,
        BundlePhrases.text,
        FacePhrases.text,
        NodePhrases.text,
        WirePhrases.text,
        CodecPhrases.text,
        SessionPhrases.text,
        JudgementPhrases.text,
        LogPhrases.text,
        RowPhrases.text,
        ExpressionPhrases.text,
        SchemaPhrases.text,
        FilePhrases.text,
        ForeignPhrases.text,
        SQLitePhrases.text,
        YAMLPhrases.text,
        KindPhrases.text,
        ServicePhrases.text,
    ]
}
