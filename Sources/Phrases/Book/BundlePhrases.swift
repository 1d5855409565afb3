/// The messages of the files that are carried, and of dialling.
enum BundlePhrases {
    static let text = #"""
        what is encrypted in it is not its writer's
        ru: зашифрованное в нём принадлежит не тому, кто его записал
        zh: 其中加密的内容不属于写出者

        --to needs a member, or a file that `bundle request` wrote
        ru: для --to нужен участник или файл, который записал `bundle request`
        zh: --to 需要一个成员，或 `bundle request` 写出的文件

        one from which nobody sees what its writer lacks
        ru: файл, из которого не видно, чего не хватает тому, кто его записал
        zh: 从中看不出写出者缺少什么的文件

        {} is this node itself: name another member
        ru: {1} — сам этот узел: укажите другого участника
        zh: {1} 就是本节点：请指定另一个成员

        {} belongs no more: name another member
        ru: {1} больше не участник: укажите другого участника
        zh: {1} 已不是成员：请指定另一个

        --encrypt needs those who are to read it: name them with --to
        ru: для --encrypt нужны получатели: укажите их через --to
        zh: --encrypt 需要读者：请用 --to 指定

        this node has no key of {} to encrypt to: import any file that it wrote, such as that of `bundle request`, \#
        or name that file with --to
        ru: у этого узла нет ключа {1} для шифрования: примите любой файл, который тот записал, например от `bundle \#
        request`, или укажите его в --to
        zh: 本节点没有用于加密给 {1} 的密钥：请导入它写出的任一文件（如 `bundle request` 的文件），或用 --to 指定该文件

        there is no feed {} here
        ru: здесь нет ленты {1}
        zh: 这里没有写入流 {1}

        {} is no name of a feed: write those of `caravan log --json` or `status --json`
        ru: {1} — не имя ленты: пишите имена, которые выводят `caravan log --json` и `status --json`
        zh: {1} 不是写入流的名称：请写 `caravan log --json` 或 `status --json` 所输出的名称

        the wish of a new node to join
        ru: просьба нового узла о приёме
        zh: 新节点的加入申请

        {} has something that no node takes: {}; what came before it in the file stays
        ru: в {1} есть то, чего не примет ни один узел: {2}; что стояло в файле раньше, остаётся
        zh: {1} 中有任何节点都不接受的内容：{2}；文件中在它之前的内容保留

        {} has more than is taken now: {}; all else in it was taken; import it again later
        ru: в {1} больше, чем можно принять сейчас: {2}; всё прочее из него принято; примите его снова позже
        zh: {1} 中的内容超过现在可接收的：{2}；其余内容已取用；请稍后再次导入

        the server was told to end before there was a node to serve
        ru: серверу велели остановиться раньше, чем появился узел
        zh: 服务器在有节点可服务之前就被要求停止

        more than {} GiB of files that were carried here wait in {}: import what they lack, or remove the \#
        oldest of them
        ru: в {2} ждёт более {1} ГиБ принесённых файлов: примите то, чего им не хватает, или удалите самые \#
        старые
        zh: {2} 中等待的携带文件超过 {1} GiB：请导入它们缺少的内容，或删除最旧的

        the folder {} cannot be made: check whose its place is
        ru: не удаётся создать папку {1}: проверьте, кому принадлежит это место
        zh: 无法创建目录 {1}：请检查该位置的所有者

        a file of a member
        ru: файл участника
        zh: 成员的文件

        one that `join --request` wrote
        ru: файл, который записал `join --request`
        zh: `join --request` 写出的文件

        the key in it is not its writer's
        ru: ключ в нём не того, кто его записал
        zh: 其中的密钥不是写出者的

        the petition of {} is refused: {}
        ru: просьба узла {1} отклонена: {2}
        zh: {1} 的申请被拒绝：{2}

        {} is not there: name another file
        ru: файла {1} нет: укажите другой
        zh: {1} 不存在：请另选文件

        {} is no file: name another one
        ru: {1} — не файл: укажите другой
        zh: {1} 不是文件：请另选一个

        {} belongs to another user, who alone may read it: that one can allow it with `chmod a+r`, or run this
        ru: {1} принадлежит другому пользователю, и читать его может только он: пусть разрешит это командой `chmod \#
        a+r` или выполнит всё сам
        zh: {1} 属于另一用户，只有该用户可以读取：可由其用 `chmod a+r` 放行，或由其运行本命令

        {}; it was deleted: whoever has what was in it writes it again
        ru: {1}; он удалён: у кого есть его содержимое, тот запишет его снова
        zh: {1}；该文件已删除：拥有其内容的节点会重新写出

        others write into {} at the same moment, again and again: run this again when they are through
        ru: в {1} снова и снова в тот же миг пишут другие: повторите, когда они закончат
        zh: 其他命令一再同时写入 {1}：请等它们结束后重新运行

        {} of {} is no number of a changeset: the highest is {}
        ru: {1} у {2} — не номер набора изменений: наибольший — {3}
        zh: {2} 的 {1} 不是变更集编号：最大为 {3}

        one change is larger than what is free, and no file has a part of one: what does not follow it was written, and \#
        it needs at least {} bytes for the files of this alliance
        en: one change is larger than what is free, and no file has a part of one: what does not follow it was written, \#
        and it needs at least {1} {1:byte|bytes} for the files of this alliance
        ru: одно изменение больше свободного места, а частями его ни один файл не несёт: что от него не зависит, \#
        записано, а для него файлам этого альянса нужно не менее {1} {1:байта|байтов|байтов}
        zh: 有一项变更大于可用空间，而文件不能只带其中一部分：与它无关的已写出；写出它时，本联盟的文件至少共需 {1} 字节

        {} could not be read to its end ({}): check that the disk is still there, and try again; nothing of the file \#
        was taken
        ru: {1} не удалось дочитать до конца ({2}): проверьте, на месте ли диск, и повторите; из файла ничего не принято
        zh: {1} 没有读完（{2}）：请检查磁盘是否还在，然后重试；文件内容均未采用

        {} is no number of bytes: write 500k, 8M or 2G
        ru: {1} — не число байтов: пишите 500k, 8M или 2G
        zh: {1} 不是字节数：请写 500k、8M 或 2G

        the file to write has no name: write one
        ru: у файла для записи нет имени: укажите его
        zh: 要写的文件没有名称：请写一个

        {} is there already, and caravan did not write it: name another file
        ru: {1} уже есть, и записала его другая программа: укажите другой файл
        zh: {1} 已存在，且不是 caravan 写的：请另选文件

        {} does not fit on its disk: free some space there, or take another
        ru: {1} не помещается на диск: освободите место или возьмите другой диск
        zh: {1} 在磁盘上放不下：请腾出空间，或换一个磁盘

        {} cannot be written: check that its folder is there, and whose it is
        ru: не удаётся записать {1}: проверьте, есть ли папка и кому она принадлежит
        zh: 无法写入 {1}：请检查其目录是否存在及所有者

        {} could not be written ({}): check that the disk is still there and not failing, and try again
        ru: не удалось записать {1} ({2}): проверьте, на месте ли диск и исправен ли он, и повторите
        zh: {1} 未能写入（{2}）：请检查磁盘是否还在、是否有故障，然后重试

        the folder {} could not be read ({}): check that the disk is still there and not failing, and whose the folder \#
        is, and try again
        ru: не удалось прочитать папку {1} ({2}): проверьте, на месте ли диск, исправен ли он и чья это папка, и повторите
        zh: 目录 {1} 未能读取（{2}）：请检查磁盘是否还在、是否有故障，以及目录的所有者，然后重试

        there is no folder {}: name the one at which the stick is mounted
        ru: папки {1} нет: укажите ту, куда подключена флешка
        zh: 没有目录 {1}：请指定U盘挂载的目录

        {} is what this alliance has on the stick: name the folder that it lies in
        ru: {1} — это то, что есть у этого альянса на флешке: укажите папку, в которой это лежит
        zh: {1} 是本联盟在U盘上的内容：请指定它所在的目录

        {} cannot be made: check that the stick is not locked or full, and whose it is
        ru: не удаётся создать {1}: проверьте, не защищена ли флешка от записи, не заполнена ли она и кому принадлежит
        zh: 无法创建 {1}：请检查U盘是否写保护或已满，以及属于哪个用户

        {} is a link or a file, and a folder is to be there: delete it, and run this again
        ru: {1} — ссылка или файл, а нужна папка: удалите это и повторите команду
        zh: {1} 是链接或文件，而那里应当是目录：请删除后重新运行

        a peer has at most {} windows
        ru: у партнёра может быть не более {1} {1:окна|окон|окон}
        zh: 一个对端最多有 {1} 个时段

        {} is no window: write from when to when by the clock, such as 02:00-05:00, or 22:00-06:00 over midnight
        ru: {1} — не промежуток времени: пишите, с какого часа по какой, например 02:00-05:00 или 22:00-06:00 через \#
        полночь
        zh: {1} 不是时段：请写起止时刻，如 02:00-05:00，跨夜则 22:00-06:00

        the look at {} broke off: {}
        ru: просмотр узла {1} прервался: {2}
        zh: 查看 {1} 时中断：{2}

        {} ended the look before it was complete: try again
        ru: {1} прервал просмотр до конца: повторите
        zh: {1} 提前结束了查看：请重试

        the look at {} was refused: {}
        ru: в просмотре узла {1} отказано: {2}
        zh: 查看 {1} 被拒绝：{2}

        {} is the beginning of several site ids: write more of it
        ru: с {1} начинаются идентификаторы нескольких узлов: укажите больше знаков
        zh: {1} 是多个站点编号的开头：请多写几位

        there is no peer {}{}: `caravan peer list` shows them
        ru: партнёра {1}{2} нет: список выводит `caravan peer list`
        zh: 没有对端 {1}{2}：`caravan peer list` 会列出

        the exchange with {} broke off: {}
        ru: обмен с {1} прервался: {2}
        zh: 与 {1} 的同步中断：{2}

        {} has no address: add one with `caravan peer add`
        ru: у партнёра {1} нет адреса: добавьте его (`caravan peer add`)
        zh: {1} 没有地址：用 `caravan peer add` 添加

        {} ended the exchange before it was complete: try again
        ru: {1} прервал обмен до конца: повторите
        zh: {1} 提前结束了同步：请重试

        the exchange with {} was refused here: {}
        ru: этот узел прервал обмен с {1}: {2}
        zh: 与 {1} 的同步在本端被拒绝：{2}

        ; run `caravan verify` at {}
        ru: ; выполните `caravan verify` на {1}
        zh: ；请在 {1} 上运行 `caravan verify`

        ; run `caravan verify` here
        ru: ; выполните `caravan verify` здесь
        zh: ；请在此运行 `caravan verify`

        {} is kept by triggers ({}), which do not run when changes of other nodes are merged, so it misses \#
        those: after a sync rebuild it, for FTS5 with INSERT INTO {}({}) VALUES ('rebuild')
        ru: {1} ведётся триггерами ({2}), а они не срабатывают при слиянии изменений других узлов, и тех в нём \#
        нет: после синхронизации перестройте его, для FTS5 так: INSERT INTO {3}({4}) VALUES ('rebuild')
        zh: {1} 由触发器（{2}）维护，而合并其他节点的变更时触发器不运行，因此缺少那些内容：同步后请重建，FTS5 用 INSERT INTO {3}({4}) VALUES ('rebuild')

        {} is kept by triggers ({}), which do not run when changes of other nodes are merged, so it misses \#
        those: after a sync delete what is in it, and fill it anew from the table that they stand on
        ru: {1} ведётся триггерами ({2}), а они не срабатывают при слиянии изменений других узлов, и тех в нём \#
        нет: после синхронизации удалите его содержимое и заполните его заново из таблицы, на которой стоят триггеры
        zh: {1} 由触发器（{2}）维护，而合并其他节点的变更时触发器不运行，因此缺少那些内容：同步后请清空它，再从触发器所在的表重新填充

        column {} of table {} was defined apart (by {}) and refers to each of {}: a value must be the key of a row \#
        in all of them, or it cannot be entered; {}
        ru: столбец {1} таблицы {2} определён порознь ({3}) и ссылается сразу на {4}: значение должно быть ключом \#
        строки в каждой из этих таблиц, иначе его не ввести; {5}
        zh: 表 {2} 的列 {1} 由多人分别定义（{3}），同时引用 {4}：值必须在所有这些表中都是某行的键，否则无法录入；{5}

        define a table of another name, and let it refer to one of them
        ru: определите таблицу под другим именем, и пусть она ссылается на одну из них
        zh: 请用另一个名称定义表，并让它只引用其中之一

        retire it with `caravan schema apply --retire {} FILE`, in which another column refers to one of them
        ru: выведите его из употребления: `caravan schema apply --retire {1} ФАЙЛ`, где на одну из них ссылается \#
        другой столбец
        zh: 请用 `caravan schema apply --retire {1} FILE` 停用它，并在该文件中让另一列引用其中之一

        {} references of table {} name rows that are not there, the first of {} (`PRAGMA foreign_key_check({})` \#
        lists them), as a program may enter that has foreign keys off: every node shows them as they are; enter the \#
        rows that they name, or change or delete the rows that name them
        en: {1} {1:reference|references} of table {2} {1:names|name} rows that are not there, the first of {3} \#
        (`PRAGMA foreign_key_check({4})` lists them), as a program may enter that has foreign keys off: every node \#
        shows them as they are; enter the rows that they name, or change or delete the rows that name them
        ru: {1} {1:ссылка|ссылки|ссылок} таблицы {2} {1:ведёт|ведут|ведут} на строки, которых нет, первая — из {3} \#
        (список выводит `PRAGMA foreign_key_check({4})`); так бывает, когда пишет программа с выключенными внешними \#
        ключами; каждый узел показывает их как есть: введите недостающие строки или измените либо удалите те, что на \#
        них ссылаются
        zh: 表 {2} 有 {1} 个引用所指的行不存在，第一个出自 {3}（`PRAGMA foreign_key_check({4})` \#
        会列出），可能由关闭外键的程序录入；每个节点都照原样显示：请录入被引用的行，或修改、删除引用它们的行

        the columns of table {} stand in another order than elsewhere: name the columns in INSERT and SELECT, \#
        or run `{}`
        ru: столбцы таблицы {1} стоят в ином порядке, чем у других: называйте столбцы в INSERT и SELECT или \#
        выполните `{2}`
        zh: 表 {1} 的列顺序与别处不同：请在 INSERT 和 SELECT 中写明列名，或运行 `{2}`

        the program is on the stick ({} bytes): on a laptop, `sh {}` installs it
        ru: программа на флешке (байтов: {1}): на ноутбуке её установит `sh {2}`
        zh: 程序已在U盘上（{1} 字节）：在笔记本上用 `sh {2}` 安装

        the program was on the stick already: on a laptop, `sh {}` installs it
        ru: программа уже была на флешке: на ноутбуке её установит `sh {1}`
        zh: 程序已经在U盘上：在笔记本上用 `sh {1}` 安装

        no room for the program, which has {} bytes: free some space there, or raise --max-bytes
        ru: не хватает места для программы (байтов: {1}): освободите место или увеличьте --max-bytes
        zh: 没有空间存放程序（{1} 字节）：请腾出空间，或增大 --max-bytes

        this system does not tell of which files its programs consist: leave --with-program out
        ru: эта система не говорит, из каких файлов состоят её программы: уберите --with-program
        zh: 本系统不说明程序由哪些文件组成：请去掉 --with-program

        the program was replaced since this command began: run it again
        ru: программу заменили, пока шла эта команда: выполните её снова
        zh: 本命令开始后程序已被替换：请重新运行
        """#
}
