/// The messages of the node itself: its founding, its folder, its errors.
enum NodePhrases {
    static let text = #"""
        {} is not there, is no file, or cannot be read: name a file that `caravan backup` made
        ru: файла {1} нет, или это не файл, или он не читается: укажите файл, который сделал `caravan backup`
        zh: {1} 不存在、不是文件或无法读取：请写 `caravan backup` 生成的文件

        {} cannot be copied to {}: check that the folder is yours, and that the disk has room
        ru: не удаётся скопировать {1} в {2}: проверьте, ваша ли это папка и есть ли место на диске
        zh: 无法把 {1} 复制到 {2}：请检查目录是否属于您、磁盘是否有空间

        {} holds a node already: choose another folder with --home
        ru: в {1} уже есть узел: выберите другую папку (--home)
        zh: {1} 中已有节点：请用 --home 选另一个目录

        a node's name is something that people see, without signs that only steer text
        ru: имя узла должно быть видимым, без знаков, которые только управляют текстом
        zh: 节点名称须可见，且不含仅控制文字方向或格式的符号

        a node's name has 1 to 64 bytes on one line
        ru: имя узла — от 1 до 64 байтов в одной строке
        zh: 节点名称须为一行 1 到 64 字节

        {}: choose another with --name
        ru: {1}: выберите другое (--name)
        zh: {1}：请用 --name 另取

        {} is written so that no peers can be put into it: write each of its settings on a line of its own
        ru: {1} записан так, что партнёров туда не вписать: запишите каждую настройку отдельной строкой
        zh: {1} 的写法使对端无法写入：请把每项设置各写一行

        it has another kind of value
        ru: значение не того типа
        zh: 值的类型不对

        {} did not show an alliance to which this node belongs: ask for a new invitation, and check who gave it
        ru: {1} не показал альянса, в котором состоит этот узел: попросите новое приглашение и проверьте, кто его дал
        zh: {1} 没有出示本节点所属的联盟：请索取新的邀请，并核实是谁发出的

        {} has asked to join an alliance: choose another folder with --home, or take petition.caravan away if it is to \#
        found one of its own
        ru: {1} уже просила о приёме в альянс: выберите другую папку через --home или уберите petition.caravan, если \#
        она должна основать свой
        zh: {1} 已申请加入联盟：请用 --home 另选目录；如要自建联盟，请移走 petition.caravan

        {}. {} is let in all the same: run the same line again once that is mended
        ru: {1}. Узел {2} тем не менее принят: устраните причину и повторите ту же команду
        zh: {1}。{2} 仍已被接纳：解决后请再次运行同一命令

        this folder has asked for nothing: run `caravan join --request FILE` first, and take FILE to an admin
        ru: эта папка ни о чём не просила: сначала выполните `caravan join --request FILE` и отнесите FILE \#
        администратору
        zh: 此目录没有提出过申请：请先运行 `caravan join --request FILE`，并把 FILE 交给管理员

        {} is no answer to what this node asked: name the file that `invite --grant` wrote for it
        ru: {1} — не ответ на просьбу этого узла: укажите файл, который записал для него `invite --grant`
        zh: {1} 不是对本节点申请的答复：请写 `invite --grant` 为它写出的文件

        it is another file than a moment ago
        ru: файл уже не тот, что мгновение назад
        zh: 它已不是刚才的文件

        {} is the replica itself: name a file that `caravan backup` made
        ru: {1} — сама реплика: укажите файл, который сделал `caravan backup`
        zh: {1} 就是副本本身：请写 `caravan backup` 生成的文件

        its -wal file is missing
        ru: рядом с ним нет файла -wal
        zh: 缺少它的 -wal 文件

        the file beside it that ends in -witness is later
        ru: файл рядом с ним с именем на -witness новее
        zh: 旁边以 -witness 结尾的文件更新

        {} lacks what was written last: {}
        ru: в {1} нет того, что записано последним: {2}
        zh: {1} 缺少最后写入的内容：{2}

        {} is a copy of a replica without its -wal file: what was written last may be missing in it; `caravan \#
        backup` makes whole copies
        ru: {1} — копия реплики без файла -wal: последних записей в ней может не быть; полные копии делает `caravan \#
        backup`
        zh: {1} 是没有 -wal 文件的副本拷贝：可能缺少最后写入的内容；`caravan backup` 生成的拷贝才完整

        {} is no whole backup of a replica: name another that `caravan backup` made
        ru: {1} — неполная резервная копия реплики: укажите другую, которую сделал `caravan backup`
        zh: {1} 不是完整的副本备份：请另选 `caravan backup` 生成的备份

        {} is a backup of another node: a node is restored from its own
        ru: {1} — резервная копия другого узла: узел восстанавливают только из его собственной
        zh: {1} 是另一个节点的备份：节点只能用自己的备份恢复

        {} is damaged ({}): restore another backup, or join anew in another folder
        ru: {1} повреждён ({2}): восстановите другую копию или вступите заново в другой папке
        zh: {1} 已损坏（{2}）：请恢复另一份备份，或在另一目录重新加入

        something has {} open: stop `caravan serve` and close other programs, then try again
        ru: {1} кем-то открыт: остановите `caravan serve`, закройте другие программы и повторите
        zh: {1} 正被打开：请停止 `caravan serve` 并关闭其他程序，然后重试

        {}: there is no setting {}{}: there are {}
        ru: {1}: нет настройки {2}{3}; есть {4}
        zh: {1}：没有设置 {2}{3}；可用的有 {4}

        {}: interval is a number of seconds from 1 to 86400
        ru: {1}: interval — это число секунд от 1 до 86400
        zh: {1}：interval 应为 1 到 86400 的秒数

        {}: valueBytesMax is a number of bytes from 1024 to {}
        ru: {1}: valueBytesMax — это число байтов от 1024 до {2}
        zh: {1}：valueBytesMax 应为 1024 到 {2} 的字节数

        {}: {} is a number of bytes, such as 50M or 1G (M is 1024 × 1024), or is left out
        ru: {1}: {2} — это число байтов, например 50M или 1G (M — 1024 × 1024); настройку можно и не указывать
        zh: {1}：{2} 是字节数，如 50M 或 1G（M 为 1024 × 1024），也可不写

        (line {}: {} is set twice)
        ru: (строка {1}: {2} задано дважды)
        zh: （第 {1} 行：{2} 设置了两次）

        anchors and aliases, & and *, are not read here: write the value in each place
        ru: якоря и псевдонимы, & и *, здесь не читаются: напишите значение в каждом месте
        zh: 此处不读取锚点和别名（& 和 *）：请在每处写出值

        lists and names stand too deep in one another
        ru: списки и имена вложены слишком глубоко
        zh: 列表和名称嵌套过深

        (line {}: the name of a setting is one word)
        ru: (строка {1}: имя настройки — одно слово)
        zh: （第 {1} 行：设置的名称应为一个词）

        (it is no text in UTF-8)
        ru: (это не текст в UTF-8)
        zh: （不是 UTF-8 文本）

        (there are no lines NAME: VALUE)
        ru: (в нём нет строк ИМЯ: ЗНАЧЕНИЕ)
        zh: （没有形如 名称: 值 的行）

        ({} has another kind of value)
        ru: ({1}: значение не того типа)
        zh: （{1}：值的类型不对）

        {} cannot be written: check who owns the folder
        ru: не удаётся записать {1}: проверьте, кому принадлежит папка
        zh: 无法写入 {1}：请检查目录的所有者

        others could read {}, for its disk keeps no rights of files: choose a folder on another disk with --home
        ru: {1} могли бы прочесть другие: этот диск не хранит прав доступа к файлам; выберите папку на другом диске \#
        (--home)
        zh: 他人可能读取 {1}，因为其磁盘不保存文件权限：请用 --home 选择另一磁盘上的目录

        {} cannot be written whole: free some space and try again
        ru: {1} не удаётся записать целиком: освободите место и повторите
        zh: {1} 无法完整写入：请腾出空间后重试

        {} is missing: without its key a node cannot write or sync; restore it from a copy
        ru: нет файла {1}: без своего ключа узел не может ни писать, ни синхронизироваться; верните его из копии
        zh: 缺少 {1}：没有密钥的节点不能写入和同步；请从拷贝恢复

        others may read {}: run `chmod 600 {}`, and if others used this machine, join anew; where that changes \#
        nothing, move the folder to another disk
        ru: {1} могут прочесть другие: выполните `chmod 600 {2}`, а если этой машиной пользовался кто-то ещё, \#
        вступите заново; если это не помогает, перенесите папку на другой диск
        zh: 他人可以读取 {1}：请运行 `chmod 600 {2}`；若有别人用过本机，请重新加入；若仍无效，请把目录移到另一磁盘

        {} belongs to another user: run as that user, or change the file's owner
        ru: {1} принадлежит другому пользователю: запустите команду от его имени или смените владельца файла
        zh: {1} 属于另一用户：请以该用户运行，或更改文件所有者

        {} cannot be read: run `chmod 600 {}`
        ru: {1} не читается: выполните `chmod 600 {2}`
        zh: 无法读取 {1}：请运行 `chmod 600 {2}`

        {} does not hold a key: restore it from a copy
        ru: в {1} нет ключа: верните его из копии
        zh: {1} 中没有密钥：请从拷贝恢复

        the folder {} cannot be made: choose another with --home
        ru: не удаётся создать папку {1}: выберите другую (--home)
        zh: 无法创建目录 {1}：请用 --home 另选

        {} is a file, and a node lives in a folder: choose another with --home
        ru: {1} — файл, а узлу нужна папка: выберите другую (--home)
        zh: {1} 是文件，而节点放在目录中：请用 --home 另选

        the SQL has a NUL character in it: write char(0) where one is meant
        ru: в SQL есть символ NUL: если он нужен, пишите char(0)
        zh: SQL 中有 NUL 字符：需要时请写 char(0)

        the SQL
        ru: SQL
        zh: SQL

        {}. All that {} wrote is kept, and is sealed by whatever is run next
        ru: {1}. Всё, что {2?the SQL:записал SQL|the import:записал импорт|the console:записала консоль}, сохранено и \#
        будет запечатано следующей командой
        zh: {1}。{2?the SQL:SQL |the import:导入|the console:控制台}写入的内容均已保存，由下一个命令封存

        {} holds a node already, which has joined by such a file: `caravan status` says how it stands
        ru: в {1} уже есть узел, и он присоединён по такому файлу: `caravan status` покажет, в каком он состоянии
        zh: {1} 中已有节点，且已用这类文件加入：`caravan status` 可查看其状态

        {} is not the key of this replica: restore the right one from a copy; or where the file of another node was \#
        put in the place of the replica, put a backup of this node's back with `caravan restore`
        ru: {1} — ключ не от этой реплики: верните верный из копии; а если на место реплики положен файл другого узла, \#
        верните резервную копию этого командой `caravan restore`
        zh: {1} 不是此副本的密钥：请从备份恢复正确的密钥；若副本被换成了其他节点的文件，请用 `caravan restore` 放回本节点的备份

        SQLite refused with code {}: {} (in: {})
        ru: SQLite вернула ошибку с кодом {1}: {2} (в: {3})
        zh: SQLite 报错，代码 {1}：{2}（位于：{3}）

        the replica was locked by another program for more than 5 seconds: let it finish, or close it
        ru: другая программа занимала реплику дольше 5 секунд: дайте ей закончить или закройте её
        zh: 副本被另一程序占用超过 5 秒：请等它完成，或关闭它

        {} cannot be written: check who owns the file and its folder
        ru: не удаётся записать {1}: проверьте, кому принадлежат файл и его папка
        zh: 无法写入 {1}：请检查文件及其目录的所有者

        the disk of {} is full: free some space and try again
        ru: диск, где лежит {1}, заполнен: освободите место и повторите
        zh: {1} 所在磁盘已满：请腾出空间后重试

        the disk of {} gave an error ({}): check that it is not full or failing, and try again
        ru: ошибка диска, где лежит {1} ({2}): проверьте, не заполнен ли диск и исправен ли он, и повторите
        zh: {1} 所在磁盘出错（{2}）：请检查是否已满或有故障，然后重试

        somebody dropped table {} of the replica
        ru: таблица {1} реплики кем-то удалена
        zh: 副本的表 {1} 已被人删除

        the replica is damaged ({}): {}
        ru: реплика повреждена ({1}): {2}
        zh: 副本已损坏（{1}）：{2}

        {}, for the disk altered it: {}
        ru: {1}: повреждено на диске; {2}
        zh: {1}：已在磁盘上损坏；{2}

        {} is not a replica: check --home, or make a node with `caravan init`
        ru: {1} — не реплика: проверьте --home или создайте узел (`caravan init`)
        zh: {1} 不是副本：请检查 --home，或用 `caravan init` 建立节点

        the replica has format {} and this software knows up to {}: update the software
        ru: формат реплики — {1}, а эта программа знает форматы до {2}: обновите программу
        zh: 副本的格式为 {1}，本软件只支持到 {2}：请升级软件

        {} cannot be opened: make a node with `caravan init` or `caravan join`, or check --home
        ru: {1} не открывается: создайте узел (`caravan init` или `caravan join`) или проверьте --home
        zh: 无法打开 {1}：请用 `caravan init` 或 `caravan join` 建立节点，或检查 --home

        the view {} cannot be read ({}): make it again with `caravan schema views`, or drop it
        ru: представление {1} не читается ({2}): создайте его заново (`caravan schema views`) или удалите
        zh: 视图 {1} 无法读取（{2}）：请用 `caravan schema views` 重建，或删除它

        {} is not there: it is opened once it is, with identity.key beside it
        ru: файла {1} нет: реплика откроется, как только он появится вместе с identity.key
        zh: {1} 不存在：等它和旁边的 identity.key 出现后即打开

        {} is not whole yet: it is opened once it is
        ru: {1} ещё не скопирована целиком: реплика откроется, когда будет целой
        zh: {1} 尚不完整：完整后即打开

        this node began to join and was never in sync since: run the same `caravan join` line again, or `caravan sync`
        ru: этот узел начал вступать, но ещё ни разу не синхронизировался: выполните ту же команду `caravan join` \#
        ещё раз или `caravan sync`
        zh: 本节点已开始加入，但还从未完成同步：请再次运行同一行 `caravan join`，或运行 `caravan sync`

        this node began to join and has not taken all of the answer to its petition: run `caravan join --grant \#
        FILE` again with the same file
        ru: этот узел начал вступать и принял ответ на свою просьбу не целиком: выполните `caravan join --grant \#
        FILE` ещё раз с тем же файлом
        zh: 本节点开始加入，但尚未读完对其申请的答复：请用同一文件再次运行 `caravan join --grant FILE`

        {} was beside the replica when another was put in its place, and is kept apart from that one, which it \#
        would have damaged: delete it once nobody misses anything
        ru: {1} лежал рядом с репликой, когда на её место положили другую, и отложен, чтобы не испортить эту: \#
        удалите его, когда убедитесь, что ничего не пропало
        zh: 副本被另一个替换时 {1} 还在旁边；为避免损坏新副本已另行保存：确认没有缺失后请删除

        {} is all that this node had when its replica was moved without its write-ahead log and another program \#
        wrote into it at once: what was sealed comes back from the peers that have it; enter with `caravan sql` what \#
        is missing then, and delete the copy
        ru: {1} — всё, что было у этого узла, когда его реплику перенесли без журнала упреждающей записи и в неё \#
        сразу записала другая программа: запечатанное вернётся от партнёров, у которых оно есть; недостающее введите \#
        через `caravan sql`, затем удалите эту копию
        zh: {1} 是副本在没有预写日志的情况下被移走、又立即被其他程序写入时本节点的全部内容：已封存的会从拥有它的对端取回；之后请用 `caravan sql` 补录缺少的，并删除该拷贝

        {} was left beside a link when the replica was moved, and others have written another: what was sealed and \#
        stands in it comes back from the peers that have it; delete it once nobody misses anything
        ru: {1} остался рядом со ссылкой, когда реплику перенесли, а другие уже пишут новый: запечатанное, что в нём \#
        есть, вернётся от партнёров, у которых оно есть; удалите его, когда убедитесь, что ничего не пропало
        zh: 副本被移走时 {1} 留在了链接旁边，而其他程序已另写了一个：其中已封存的内容会从拥有它的对端取回；确认没有缺失后请删除

        {} is a link to {}, and the write-ahead log, with what was written last, still lies beside the link: where \#
        `caravan serve` runs, try again in some seconds; else end what uses the replica, and run `{}`
        ru: {1} — ссылка на {2}, а журнал упреждающей записи с последними изменениями всё ещё лежит рядом со ссылкой: \#
        если работает `caravan serve`, повторите через несколько секунд; иначе завершите всё, что использует реплику, \#
        и выполните `{3}`
        zh: {1} 是指向 {2} 的链接，而带有最近写入内容的预写日志仍在链接旁边：如果 `caravan serve` 正在运行，请过几秒重试；否则请结束使用副本的程序，再运行 `{3}`

        {} was moved away or replaced while the node ran: start it again
        ru: {1} убрали или заменили во время работы узла: запустите его снова
        zh: 节点运行时 {1} 被移走或替换：请重新启动

        the node stopped: {}
        ru: узел остановился: {1}
        zh: 节点已停止：{1}

        this node has used up its byte budget of this {}, and exchanges with nobody {} unless somebody syncs by hand \#
        there
        ru: этот узел исчерпал лимит трафика на {1?day:этот день|month:этот месяц} и не обменивается ни с кем {2}, \#
        если там не синхронизируют вручную
        zh: 该节点本{1?day:日|month:月}的流量额度已用完，{2}不与任何节点同步，除非有人在那里手动同步

        this node's replica cannot be used now ({}): try again later
        ru: реплику этого узла сейчас нельзя использовать ({1}): повторите позже
        zh: 该节点的副本现在无法使用（{1}）：请稍后再试

        a frame has no bytes, or more than {}
        ru: в кадре нет байтов или их больше {1}
        zh: 帧为空，或超过 {1} 字节

        until midnight
        ru: до полуночи
        zh: 到午夜为止

        until the first of the month
        ru: до первого числа следующего месяца
        zh: 到下月一日为止

        the byte budget of this {} is used up ({}): `caravan serve` exchanges with nobody {}, unless {} in \#
        config.yaml is raised and read anew (SIGHUP)
        ru: лимит трафика на {1?day:этот день|month:этот месяц} исчерпан ({2}): `caravan serve` не обменивается ни с \#
        кем {3}, если не увеличить {4} в config.yaml и не перечитать его (SIGHUP)
        zh: 本{1?day:日|month:月}的流量额度已用完（{2}）：`caravan serve` {3}不与任何节点同步，除非在 config.yaml 中增大 {4} 并重新读取（SIGHUP）

        this node exchanges with you only at {} by its clock: try again then
        ru: этот узел обменивается с вами только в {1} по своим часам: повторите в это время
        zh: 该节点只在它的时钟 {1} 与您同步：请到时再试

        the import
        ru: импорт
        zh: 导入

        {}: consoleCertificate and consoleKey are given both, or neither
        ru: {1}: consoleCertificate и consoleKey указывают вместе или не указывают вовсе
        zh: {1}：consoleCertificate 和 consoleKey 要么都写，要么都不写

        {} is there already: name another file
        ru: {1} уже есть: укажите другой файл
        zh: {1} 已存在：请另选文件

        the console
        ru: консоль
        zh: 控制台

        a service cannot be called “{}”: letters a to z, digits, and - _ . may stand in it
        ru: службу нельзя назвать «{1}»: в имени бывают буквы a–z, цифры и - _ .
        zh: 服务不能叫“{1}”：其中可用字母 a 到 z、数字和 - _ .

        there is no node at {} that could be served: make one with `caravan init` or `caravan join`, or check --home
        ru: в {1} нет узла, который можно запустить: создайте его (`caravan init` или `caravan join`) или проверьте \#
        --home
        zh: {1} 中没有可运行的节点：请用 `caravan init` 或 `caravan join` 建立，或检查 --home

        a line end or another control character is in a path, and no unit can name that: rename it
        ru: в пути есть конец строки или другой управляющий символ, а в юните его не записать: переименуйте
        zh: 路径中有换行或其他控制字符，单元文件无法表示：请改名

        systemd runs no program in whose path a quotation mark or a backslash stands, as in {}: put the command \#
        elsewhere
        ru: systemd не запускает программы, в пути к которым есть кавычка или обратная косая черта, как в {1}: \#
        переместите программу
        zh: systemd 不运行路径中含引号或反斜杠的程序，如 {1}：请把命令放到别处

        the service ends when you log out: run `loginctl enable-linger {}` to have it run always
        ru: служба остановится, когда вы выйдете из системы: чтобы она работала всегда, выполните `loginctl \#
        enable-linger {1}`
        zh: 您注销时服务会结束：要一直运行请执行 `loginctl enable-linger {1}`

        this machine lets no user's service have a view of its own of the disk: --system confines it further
        ru: на этой машине нельзя изолировать службу пользователя от диска: --system ограничит её строже
        zh: 本机不允许用户服务使用独立的文件系统视图：用 --system 可限制得更严

        {} is not there: no service of that name was installed
        ru: файла {1} нет: службу с таким именем не устанавливали
        zh: {1} 不存在：没有安装过这个名称的服务

        {} cannot be removed: check who owns the folder
        ru: не удаётся удалить {1}: проверьте, кому принадлежит папка
        zh: 无法删除 {1}：请检查目录的所有者

        {} was not made by caravan: take it away, or call this service otherwise with --name
        ru: {1} создан не программой caravan: уберите его или дайте службе другое имя (--name)
        zh: {1} 不是 caravan 生成的：请移走它，或用 --name 另取服务名称

        {} runs the node at {}: name that one with --home, or call this service otherwise with --name
        ru: {1} запускает узел в {2}: укажите его через --home или дайте службе другое имя (--name)
        zh: {1} 运行的是 {2} 的节点：请用 --home 指定它，或用 --name 另取服务名称

        there is no systemctl
        ru: systemctl нет
        zh: 没有 systemctl

        {} cannot be read as YAML{}: correct it, or take the file away (the settings are {})
        ru: {1} не читается как YAML{2}: исправьте или уберите файл (настройки: {3})
        zh: {1} 不是有效的 YAML{2}：请改正或移走（可用的设置：{3}）
        """#
}
