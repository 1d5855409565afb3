/// The messages of a node that runs as a service, and of the file for a helper elsewhere.
enum ServicePhrases {
    static let text = #"""
        {} cannot be written: run this as root, or with --user
        ru: не удаётся записать {1}: выполните команду от имени root или с --user
        zh: 无法写入 {1}：请以 root 身份运行，或使用 --user

        the unit is written: {}
        ru: юнит записан: {1}
        zh: 单元文件已写入：{1}

        the unit is removed: {}
        ru: юнит удалён: {1}
        zh: 单元文件已删除：{1}

        the unit would be removed: {}
        ru: юнит был бы удалён: {1}
        zh: 将删除单元文件：{1}
        """#
}
