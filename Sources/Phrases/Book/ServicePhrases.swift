/// The messages of a node that runs as a service, and of the file for a helper elsewhere.
enum ServicePhrases {
    static let text = #"""
        --user and --system exclude each other: write one of them
        ru: --user и --system исключают друг друга: напишите один из них
        zh: --user 与 --system 互斥：请只写一个

        a service cannot be called “{}”: letters a to z, digits, and - _ . may stand in it
        ru: служба не может называться «{1}»: в имени могут стоять буквы от a до z, цифры и - _ .
        zh: 服务不能叫“{1}”：名称中只可用字母 a 到 z、数字和 - _ .

        there is no node at {} that could be served: make one with `caravan init` or `caravan join`, or check --home
        ru: в {1} нет узла, который мог бы работать: создайте его через `caravan init` или `caravan join` либо \#
        проверьте --home
        zh: {1} 处没有可运行的节点：请用 `caravan init` 或 `caravan join` 建立，或检查 --home

        a line end or another control character is in a path, and no unit can name that: rename it
        ru: в пути есть конец строки или другой управляющий знак, а юнит такого не назовёт: переименуйте
        zh: 路径中有换行或其他控制字符，单元文件无法写出：请改名

        systemd runs no program in whose path a quotation mark or a backslash stands, as in {}: put the command \#
        elsewhere
        ru: systemd не запускает программ, в пути которых есть кавычка или обратная косая черта, как в {1}: положите \#
        команду в другое место
        zh: systemd 不运行路径中带引号或反斜杠的程序（如 {1}）：请把命令放到别处

        {} cannot be written: run this as root, or with --user
        ru: {1} нельзя записать: выполните это от имени root или с --user
        zh: 无法写入 {1}：请以 root 身份运行，或使用 --user

        {} is not there: no service of that name was installed
        ru: {1} нет: службу с таким именем не устанавливали
        zh: {1} 不存在：没有安装过这个名称的服务

        {} cannot be removed: check who owns the folder
        ru: {1} нельзя удалить: проверьте, чья это папка
        zh: 无法删除 {1}：请检查该文件夹归谁所有

        {} was not made by caravan: take it away, or call this service otherwise with --name
        ru: {1} создан не caravan: уберите его или назовите эту службу иначе через --name
        zh: {1} 不是 caravan 建立的：请移走它，或用 --name 给本服务另取名称

        {} runs the node at {}: name that one with --home, or call this service otherwise with --name
        ru: {1} запускает узел в {2}: укажите его через --home или назовите эту службу иначе через --name
        zh: {1} 运行的是 {2} 处的节点：请用 --home 指明它，或用 --name 给本服务另取名称

        the service ends when you log out: run `loginctl enable-linger {}` to have it run always
        ru: служба кончится, когда вы выйдете из системы: выполните `loginctl enable-linger {1}`, чтобы она работала \#
        всегда
        zh: 您注销后服务即停止：请运行 `loginctl enable-linger {1}` 让它一直运行

        this machine lets no user's service have a view of its own of the disk: --system confines it further
        ru: эта машина не даёт службам пользователей своего вида на диск: --system ограничит её больше
        zh: 本机不允许用户服务拥有自己的磁盘视图：--system 的限制更严

        what stands after -- is for serve: {}
        ru: то, что стоит после --, предназначено для serve: {1}
        zh: -- 之后的内容是给 serve 的：{1}

        it would be written to {}
        ru: он был бы записан в {1}
        zh: 将写入 {1}

        the unit is written: {}
        ru: юнит записан: {1}
        zh: 单元文件已写入：{1}

        the unit is removed: {}
        ru: юнит удалён: {1}
        zh: 单元文件已删除：{1}

        the unit would be removed: {}
        ru: юнит был бы удалён: {1}
        zh: 将删除单元文件：{1}

        nothing is installed
        ru: ничего не установлено
        zh: 没有安装任何服务

        done: {}
        ru: сделано: {1}
        zh: 已执行：{1}

        systemd could not be told ({}); where it runs, run:
        ru: сообщить systemd не удалось ({1}); там, где он работает, выполните:
        zh: 无法通知 systemd（{1}）；在它运行的地方请执行：

        not installed: `caravan service install`
        ru: не установлено: `caravan service install`
        zh: 未安装：`caravan service install`

        not as it would be written now: run `caravan service install` again
        ru: не такой, каким был бы записан сейчас: выполните `caravan service install` ещё раз
        zh: 与现在会写入的不同：请再运行 `caravan service install`

        systemd does not say ({})
        ru: systemd не говорит ({1})
        zh: systemd 没有说明（{1}）

        by itself
        ru: сама
        zh: 自动

        only when somebody starts it
        ru: только когда её кто-то запустит
        zh: 只在有人启动时

        unit
        ru: юнит
        zh: 单元文件

        server
        ru: сервер
        zh: 服务器

        starts
        ru: запуск
        zh: 启动

        restarts
        ru: перезапусков
        zh: 重启次数

        there is no systemctl
        ru: systemctl нет
        zh: 没有 systemctl

        left out, for it quotes what somebody made by hand: `caravan doctor` shows it
        ru: опущено, так как цитирует сделанное вручную: это показывает `caravan doctor`
        zh: 已略去，因为其中引用了手工建立的内容：`caravan doctor` 会显示

        {} is written: read it before you send it, for members are named in it
        ru: {1} записан: прочтите его, прежде чем отправить, ведь в нём названы участники
        zh: 已写入 {1}：发送前请先阅读，其中有成员的名称

        {} is there already: name another file
        ru: {1} уже есть: назовите другой файл
        zh: {1} 已存在：请另取文件名
        """#
}
