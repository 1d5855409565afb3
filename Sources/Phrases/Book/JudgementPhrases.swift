/// The messages of the replica: what is judged, captured, taken in and settled.
enum JudgementPhrases {
    static let text = #"""
        its operations cannot be read: {}
        ru: его операции не читаются: {1}
        zh: 其操作无法读取：{1}

        An admin
        ru: Администратор
        zh: 管理员

        Another admin, at its own node,
        ru: Другой администратор на своём узле
        zh: 另一位管理员在自己的节点上

        Another admin, once there is one (`caravan invite --role admin`), at its own node
        ru: Другой администратор (если его нет, сначала пригласите: `caravan invite --role admin`) на своём узле
        zh: 另一位管理员（若还没有，先邀请一位：`caravan invite --role admin`）在自己的节点上

        {} went two ways behind changeset {} of {}: {}. {} {} ends it with `caravan member retire {}`, \#
        which leaves both as they are, or with `--without BRANCH` behind it, where a branch is somebody else's; \#
        `caravan member role {} {}` then lets {} go on
        ru: {1} раздвоилась после набора изменений {2} узла {3}: {4}. {5} {6} может прекратить это: \#
        `caravan member retire {7}` оставит обе ветви, а с `--without BRANCH` исключит ветвь, которая чужая; затем \#
        `caravan member role {8} {9}` позволит узлу {10} продолжать
        zh: {1}在 {3} 的变更集 {2} 之后出现分叉：{4}。{5}由{6}结束：`caravan member retire {7}` 保持两个分支不变，若某个分支属于别人则在后面加 `--without \#
        BRANCH`；随后 `caravan member role {8} {9}` 让 {10} 继续

        it announces {} operations and has {}
        en: it announces {1} {1:operation|operations} and has {2}
        ru: объявлено операций: {1}, а есть: {2}
        zh: 声明有 {1} 个操作，实际 {2} 个

        it founds another alliance
        ru: он основывает другой альянс
        zh: 它创建的是另一个联盟

        its author was not a member by the roster that it had seen
        ru: по списку участников, который видел автор, он не был участником
        zh: 按作者当时所见的名册，他不是成员

        its author was not an admin by the roster that it had seen
        ru: по списку участников, который видел автор, он не был администратором
        zh: 按作者当时所见的名册，他不是管理员

        it founds an alliance twice
        ru: он основывает альянс дважды
        zh: 它重复创建联盟

        it releases what a site wrote that nobody had admitted
        ru: он засчитывает написанное узлом, которого никто не принимал
        zh: 它使无人接纳的站点所写的内容计入

        it ends the right of a site that nobody had admitted
        ru: он отменяет право узла, которого никто не принимал
        zh: 它终止了无人接纳的站点的权利

        this would take away what this node's own right comes from, and would count for nothing: name a later \#
        moment, or ask an admin who is nearer to the founder
        ru: это отняло бы то, на чём держится право самого этого узла, и не считалось бы: назовите более поздний \#
        момент или попросите администратора, который ближе к основателю
        zh: 这会取消本节点自身权利的来源，因而不会生效：请指定更晚的时间，或请更接近创建者的管理员来做

        its author was the last admin, and cannot end its own right
        ru: это последний администратор: сначала назначьте другого
        zh: 这是最后一位管理员：请先指定另一位

        its author had been retired by the roster that it had seen
        ru: по списку участников, который видел автор, он был исключён
        zh: 按作者当时所见的名册，他已退出

        its author was a reader, who may not write
        ru: автор был читателем, а читателям писать нельзя
        zh: 作者是只读成员，不可写入

        its scope is not known
        ru: его область неизвестна
        zh: 其范围未知

        an operation names no table
        ru: в операции не указана таблица
        zh: 某操作没有指明表

        an insert into {} lacks columns of its author's schema
        ru: вставке в {1} не хватает столбцов из схемы автора
        zh: 对 {1} 的插入缺少作者模式中的列

        it updates a row of {} that it has not seen inserted
        ru: он меняет строку таблицы {1}, вставки которой автор не видел
        zh: 它更新了 {1} 中作者未见其插入的行

        it has not seen a table {}
        ru: автор не видел таблицы {1}
        zh: 作者没有见过表 {1}

        the key of {} is not of these columns
        ru: ключ таблицы {1} состоит из других столбцов
        zh: {1} 的键不是由这些列组成

        table {} has no column {}
        ru: в таблице {1} нет столбца {2}
        zh: 表 {1} 没有列 {2}

        it lies beyond the end that the admin {} set to its author's right
        ru: он написан после того, как администратор {1} прекратил право автора
        zh: 超出了管理员 {1} 为作者权利设定的终点

        its author waits for an admin to admit it again
        ru: автор ждёт, пока администратор примет его снова
        zh: 作者在等待管理员重新接纳

        changeset {} of feed {} is not what its author signed any more
        ru: набор изменений {1} ленты {2} уже не тот, что подписал автор
        zh: 写入流 {2} 的变更集 {1} 已不是作者签名的内容

        its context goes back, or names again what it had named
        ru: его контекст идёт назад или повторяет уже названное
        zh: 其上下文倒退，或重复已列出的内容

        a changeset that was judged cannot be read again: {}
        ru: рассмотренный набор изменений не читается снова: {1}
        zh: 已审查的变更集无法再次读取：{1}

        its rows have values that table {} cannot hold as it is defined, or too large for others, or that it has \#
        otherwise, or of keys that may be those of several rows
        ru: в её строках есть значения, которые таблица {1} по определению не хранит, слишком большие для других, \#
        отличные от имеющихся или с ключами, которые могут принадлежать нескольким строкам
        zh: 其行含有表 {1} 按定义不能保存、对他人过大、与现有不同或其键可能属于多行的值

        this node may not write, unless an admin gives it another role
        ru: этому узлу нельзя писать, пока администратор не даст ему другую роль
        zh: 本节点不可写入，除非管理员给它另一角色

        table {} was dropped before it was sealed, so that of what was entered only keys and columns are known ({} rows)
        en: table {1} was dropped before it was sealed, so that of what was entered only keys and columns are known \#
        ({2} {2:row|rows})
        ru: таблицу {1} удалили раньше, чем её запечатали: из введённого известны только ключи и столбцы ({2} \#
        {2:строка|строки|строк})
        zh: 表 {1} 在封存前被删除，所录入内容只知道键和列（{2} 行）

        its rows had nothing else in {} than a column that a rebuild leaves out, and table {} shows there again what \#
        it had before
        ru: в {1} в её строках не было ничего, кроме того, что остаётся от столбца, пропущенного при перестройке, и \#
        таблица {2} снова показывает там прежнее
        zh: 其行的 {1} 只有重建表时被遗漏的列所具有的值，表 {2} 在该处恢复显示原有内容

        its rows had in {} what CAST makes of the values that table {} had before and shows again, and nobody saw who \#
        put that there
        ru: в {1} в её строках стояло то, что CAST делает из прежних значений таблицы {2}, которые она снова \#
        показывает, и никто не видел, кто это записал
        zh: 其行的 {1} 是由 CAST 从表 {2} 原有的值得出的结果，该表已恢复显示原值，无人知道是谁写入的

        virtual table {} was made by hand under a name that the alliance uses, and the SQLite of this node cannot \#
        rename it ({}): rename it or drop it with the program that made it
        ru: виртуальная таблица {1} создана вручную под именем, которое занято альянсом, и SQLite этого узла не может \#
        её переименовать ({2}): переименуйте или удалите её той программой, которая её создала
        zh: 虚拟表 {1} 是以联盟使用的名称手工建立的，而本节点的 SQLite 无法为其改名（{2}）：请用建立它的程序改名或删除

        virtual table {} was made by hand as {}, and a table in which it keeps its content had a name that the \#
        alliance has come to use: what feeds or reads it in this file goes on; give it a name of your own with ALTER \#
        TABLE, or drop it
        ru: виртуальная таблица {1} создана вручную как {2}, а одна из таблиц с её содержимым носила имя, которое \#
        теперь занято альянсом: то, что в этом файле её наполняет или читает, работает дальше; дайте ей своё имя \#
        через ALTER TABLE или удалите её
        zh: 虚拟表 {1} 原以 {2} 之名手工建立，其存放内容的一个表的名称现已由联盟使用：本文件中写入或读取它的对象照常工作；请用 ALTER \#
        TABLE 为它另取名称，或将其删除

        {} is in {}, and a replica is in UTF-8: nothing is lost, and nothing is written into it; stop what uses it, \#
        write it anew with `sqlite3 {} .dump | sqlite3 {}`, and put that in its place
        ru: файл {1} в кодировке {2}, а реплика бывает только в UTF-8: ничего не потеряно, и в него ничего не \#
        пишется; остановите всё, что им пользуется, запишите его заново командой `sqlite3 {3} .dump | sqlite3 \#
        {4}` и поставьте новый файл на его место
        zh: {1} 的编码是 {2}，而副本须为 UTF-8：没有丢失任何内容，也不会向其写入；请停止使用它的程序，用 `sqlite3 {3} .dump | \#
        sqlite3 {4}` 重新写出，并以新文件取代它

        it has not the key of table {}
        ru: у неё не тот ключ, что у таблицы {1}
        zh: 它的键与表 {1} 的不同

        there is no replicated table {}{}
        ru: нет общей таблицы {1}{2}
        zh: 没有同步表 {1}{2}

        this node does not belong to the alliance yet: run `caravan sync` when a member can be reached
        ru: этот узел ещё не вступил в альянс: выполните `caravan sync`, когда будет связь с участником
        zh: 本节点尚未加入联盟：能联系到成员时请运行 `caravan sync`

        the admin who admitted this node had no right to any more: ask another admin for `caravan member role` with \#
        this node, and then run `caravan sync`
        ru: у администратора, принявшего этот узел, уже не было на это права: попросите другого администратора \#
        выполнить `caravan member role` для этого узла, затем выполните `caravan sync`
        zh: 接纳本节点的管理员当时已无权：请另一位管理员对本节点运行 `caravan member role`，然后运行 `caravan sync`

        an admin retired this node, and it may not write any more: ask an admin for a new role
        ru: администратор исключил этот узел, и писать ему больше нельзя: попросите у администратора новую роль
        zh: 管理员已令本节点退出，不可再写入：请向管理员要新的角色

        this node is a reader of the alliance and may not write: ask an admin for another role
        ru: этот узел — читатель альянса, писать ему нельзя: попросите у администратора другую роль
        zh: 本节点是联盟的只读成员，不可写入：请向管理员要另一角色

        UNIQUE constraint failed: {} (rows entered apart are equal in it already: `caravan conflicts` lists them)
        ru: нарушено UNIQUE: {1} (порознь введённые строки по нему уже совпадают: список выводит `caravan conflicts`)
        zh: 违反 UNIQUE：{1}（分别录入的行已在其中相同：`caravan conflicts` 会列出）

        a key of {} must be an integer, a text or a blob, not a real
        ru: ключ таблицы {1} — целое, текст или блоб, но не дробное
        zh: {1} 的键必须是整数、文本或二进制，而不是实数

        a key of {} has more than {} bytes: store what is long in another column
        ru: в ключе таблицы {1} больше {2} {2:байта|байтов|байтов}: длинное храните в другом столбце
        zh: {1} 的键超过 {2} 字节：长内容请存到另一列

        malformed definition of {}
        ru: испорченное определение {1}
        zh: {1} 的定义已损坏

        a row of {} may not have a row number below zero: leave it to SQLite
        ru: номер строки таблицы {1} не может быть меньше нуля: пусть его назначит SQLite
        zh: {1} 的行号不能小于零：请由 SQLite 决定行号

        a row of {} has more than {} bytes: store it in several rows
        ru: в строке таблицы {1} больше {2} {2:байта|байтов|байтов}: разделите её на несколько строк
        zh: {1} 的一行超过 {2} 字节：请分成几行保存

        a value is larger than {} bytes: store it in parts, or raise valueBytesMax on every node
        ru: значение больше {1} {1:байта|байтов|байтов}: храните его по частям или увеличьте valueBytesMax на каждом \#
        узле
        zh: 值大于 {1} 字节：请分开保存，或在每个节点上增大 valueBytesMax

        a value is larger than {} bytes, or than {} in a column that an index keeps: store it in parts
        ru: значение больше {1} {1:байта|байтов|байтов} или больше {2} в столбце с индексом: храните его по частям
        zh: 值大于 {1} 字节，或在有索引的列中大于 {2} 字节：请分开保存

        table {}: a value of more than {} bytes, which an index keeps
        ru: таблица {1}: значение больше {2} {2:байта|байтов|байтов} в столбце с индексом
        zh: 表 {1}：有索引的列中的值超过 {2} 字节

        a note in {} is of a kind that this software does not know
        ru: в {1} есть запись, которой эта программа не знает
        zh: {1} 中有本软件不认识的记录

        FOREIGN KEY constraint failed: {} refers to a row that does not exist; enter that row first
        ru: нарушен внешний ключ: {1} ссылается на строку, которой нет; сначала введите её
        zh: 违反外键：{1} 引用的行不存在；请先录入那一行

        FOREIGN KEY constraint failed: another row refers to this one of {}; change that first
        ru: нарушен внешний ключ: на эту строку таблицы {1} ссылается другая; сначала измените ту
        zh: 违反外键：另一行引用了 {1} 的这一行；请先修改那一行

        a key in {} cannot be read
        ru: ключ в {1} не читается
        zh: {1} 中有键无法读取

        UNIQUE constraint failed: {}
        ru: нарушено UNIQUE: {1}
        zh: 违反 UNIQUE：{1}

        this replica was copied or put back: open it as a node's to write into its log
        ru: эту реплику скопировали или вернули к прежнему состоянию: чтобы писать в её журнал, откройте её как узел
        zh: 此副本是拷贝或恢复来的：请以节点方式打开，才能写入其日志

        {} wrote more than the {} changesets that are taken of a member in a day
        ru: {1} написал больше наборов изменений, чем принимается от участника за день: {2}
        zh: {1} 写的变更集超过每天从一个成员接收的 {2} 个

        {} wrote more than the {} MiB that are taken of a member in a day
        ru: {1} написал больше, чем принимается от участника за день: {2} МиБ
        zh: {1} 写的内容超过每天从一个成员接收的 {2} MiB

        {} has begun {} feeds, as no honest node does, and a replica takes {} of all together: an admin ends that with `caravan member retire {}`
        en: {1} has begun {2} {2:feed|feeds}, as no honest node does, and a replica takes {3} of all together: an admin ends that with `caravan member retire {4}`
        ru: узел {1} начал {2} {2:ленту|ленты|лент}, чего честный узел не делает, а реплика принимает всего {3}: администратор прекращает это командой `caravan member retire {4}`
        zh: {1} 已开 {2} 个写入流，正常节点不会如此，而一个副本总共只接受 {3} 个：请管理员运行 `caravan member retire {4}` 制止

        {} began more feeds than the {} that one site may bring in a day
        ru: узел {1} начал больше лент, чем один узел может принести за день ({2})
        zh: {1} 新开的写入流超过一个节点一天可以带来的 {2} 个

        too many changesets wait here whose authors nobody is known to have admitted
        ru: здесь ждёт слишком много наборов изменений авторов, о принятии которых неизвестно
        zh: 这里等待着太多作者未知是否被接纳的变更集

        nobody had admitted {}, by the roster that it had seen when it wrote
        ru: по списку участников, который видел автор, узел {1} никто не принимал
        zh: 按作者写入时所见的名册，{1} 无人接纳

        a replica takes at most {} feeds from its peers, and these would be more
        ru: реплика принимает от партнёров не более {1} {1:ленты|лент|лент}, а здесь их больше
        zh: 副本从对端最多接收 {1} 个写入流，而这些会超出

        feed {} went two ways, and the peer holds another than this node: the next exchange looks for the last \#
        changeset that both have
        ru: лента {1} раздвоилась, и у партнёра другая ветвь, чем здесь: следующий обмен найдёт последний общий \#
        набор изменений
        zh: 写入流 {1} 出现分叉，对端持有的分支与本节点不同：下次同步会寻找最后一个共同的变更集

        this node may not write: ask an admin for another role
        ru: этому узлу писать нельзя: попросите у администратора другую роль
        zh: 本节点不可写入：请向管理员要另一角色

        two rows have one value: merge them with --merge, or change one
        ru: у двух строк одно значение: объедините их (--merge) или измените одну
        zh: 两行的值相同：请用 --merge 合并，或修改其中一行

        it was written into since it was shown: look at it once more
        ru: с тех пор как это показали, сюда писали: посмотрите ещё раз
        zh: 显示之后又有人写入：请再看一次

        what is shown is not valid: write another value
        ru: показанное значение недопустимо: напишите другое
        zh: 显示的值无效：请写另一个值

        there is no value of a site to take
        ru: нет значения, которое написал бы узел
        zh: 没有哪个站点的值可取

        that site wrote several of its values: choose one
        ru: этот узел написал несколько значений: выберите одно
        zh: 该站点写了其中多个值：请选择一个

        that site wrote none of its values
        ru: этот узел не писал ни одного из значений
        zh: 这些值都不是该站点写的

        it is no duplicate
        ru: это не дубликат
        zh: 它不是重复行

        the rows differ in {}: take one with --merge-into
        ru: строки различаются в столбцах {1}: выберите одну (--merge-into)
        zh: 两行在 {1} 上不同：请用 --merge-into 取其一

        only an admin may invite; ask one, or have an admin change this node's role
        ru: приглашать может только администратор: попросите его пригласить или сменить роль этого узла
        zh: 只有管理员可以邀请；请找管理员邀请，或请其更改本节点的角色

        the list of invitations in {} cannot be read
        ru: список приглашений в {1} не читается
        zh: {1} 中的邀请列表无法读取

        the invitation was withdrawn: ask for a new one
        ru: приглашение отозвано: попросите новое
        zh: 邀请已撤回：请索取新的

        this node made no such invitation: ask for a new one
        ru: этот узел не выдавал такого приглашения: попросите новое
        zh: 本节点没有发出过这个邀请：请索取新的

        the invitation was used by another node: ask for a new one
        ru: приглашение использовал другой узел: попросите новое
        zh: 邀请已被另一节点使用：请索取新的

        an admin ended the right that this invitation gave: ask for a new one
        ru: администратор отменил право по этому приглашению: попросите новое
        zh: 管理员已终止该邀请给的权利：请索取新的

        the invitation has expired: ask for a new one
        ru: приглашение истекло: попросите новое
        zh: 邀请已过期：请索取新的

        the node that made the invitation is no admin any more
        ru: узел, выдавший приглашение, больше не администратор
        zh: 发出邀请的节点已不是管理员

        a TEMP trigger can keep the node from seeing what is written: make it without TEMP
        ru: триггер TEMP может скрыть от узла записанное: создайте его без TEMP
        zh: TEMP 触发器可能使节点看不到所写内容：请不要用 TEMP

        {} is the node's own, and is for the node alone to write: use tables of your own, and commands such as \#
        `caravan repair`
        ru: {1} — служебная таблица узла, и пишет в неё только он: пользуйтесь своими таблицами и командами вроде \#
        `caravan repair`
        zh: {1} 属于节点自身，只能由节点写入：请使用自己的表，以及 `caravan repair` 之类的命令

        only an admin of the alliance may say who keeps time
        ru: чьи часы задают время альянса, решает только администратор
        zh: 只有联盟的管理员可以指定以谁的时钟为准

        {} is no member
        ru: {1} — не участник
        zh: {1} 不是成员

        there is no table {}
        ru: нет таблицы {1}
        zh: 没有表 {1}

        table {} has no row {}
        ru: в таблице {1} нет строки {2}
        zh: 表 {1} 没有行 {2}

        table {} has no column {}{} beside its key
        ru: в таблице {1} нет столбца {2}{3}, не входящего в ключ
        zh: 表 {1} 除键以外没有列 {2}{3}

        the key of {} has {} columns: write a JSON array of them
        ru: в ключе таблицы {1} {2} {2:столбец|столбца|столбцов}: пишите массив JSON
        zh: {1} 的键有 {2} 列：请写成它们的 JSON 数组

        column {} has no value of that site to take: `caravan conflicts` shows those that it has
        ru: в столбце {1} нет значения этого узла: имеющиеся показывает `caravan conflicts`
        zh: 列 {1} 没有该站点的值可取：`caravan conflicts` 显示现有的

        column {} has several values of that site, none of which is meant by its name: write the one that is with --value, or choose it with `caravan resolve` alone
        ru: в столбце {1} несколько значений этого узла, и по имени узла не понять, о котором речь: запишите нужное с --value или выберите его командой `caravan resolve` без остального
        zh: 列 {1} 有该站点的多个值，仅凭站点名称无法确定是哪一个：请用 --value 写入所需的值，或单独运行 `caravan resolve` 选择

        nobody has deleted the row: there is nothing to keep it from
        ru: строку никто не удалял: оставлять нечего
        zh: 没有人删除该行：无需保留

        a row cannot be merged into itself
        ru: строку нельзя заменить ею же самой
        zh: 一行不能并入自身

        rows {} and {} of {} would then be equal in a UNIQUE: merge those first, by `caravan resolve` with --merge-into
        ru: тогда строки {1} и {2} таблицы {3} совпадут в UNIQUE: сначала объедините их через `caravan resolve` с \#
        --merge-into
        zh: 那样 {3} 的行 {1} 与 {2} 会在 UNIQUE 中相等：请先用 `caravan resolve` 加 --merge-into 合并它们

        table {} has no row {} to merge into
        ru: в таблице {1} нет строки {2}, на которую заменить
        zh: 表 {1} 没有可并入的行 {2}

        a right that stays whole has no end: leave out --since, or name a lesser role
        ru: если право не уменьшается, у него нет конца: уберите --since или укажите меньшую роль
        zh: 权限不降低就没有终点：请去掉 --since，或写较低的角色

        several branches
        ru: несколько ветвей
        zh: 多个分支

        no branch
        ru: ни одна ветвь
        zh: 没有分支

        {} of a feed of {} begin with {}: `caravan doctor` names them
        ru: с {3} {1?several branches:начинается несколько ветвей|no branch:не начинается ни одна ветвь} ленты узла \#
        {2}: их показывает `caravan doctor`
        zh: {2} 的写入流中{1?several branches:有多个分支|no branch:没有分支}以 {3} 开头：`caravan doctor` 会列出

        only an admin may change who belongs; ask one
        ru: принимать и исключать может только администратор: попросите его
        zh: 只有管理员可以增减成员；请找管理员

        this cannot be: {}
        ru: нельзя: {1}
        zh: 不能这样做：{1}

        “{}” is no SQL literal: write a number, NULL, X'00FF', or a text in single quotes such as 'Dushanbe'
        ru: «{1}» — не литерал SQL: пишите число, NULL, X'00FF' или текст в одинарных кавычках, например 'Dushanbe'
        zh: “{1}” 不是 SQL 字面量：请写数字、NULL、X'00FF'，或单引号中的文本，如 'Dushanbe'

        {} is beyond what a number can be: write one of up to 1.7e308, or a text in single quotes
        ru: {1} больше, чем может быть число: пишите до 1.7e308 или текст в одинарных кавычках
        zh: {1} 超出数字的范围：请写不超过 1.7e308 的数，或单引号中的文本

        `caravan sql` loads no extensions: use the sqlite3 shell for what needs one
        ru: `caravan sql` не загружает расширений: если они нужны, берите оболочку sqlite3
        zh: `caravan sql` 不加载扩展：需要时请用 sqlite3 命令行

        `caravan sql` opens no other file: use `caravan backup FILE` for a copy, and the sqlite3 shell for \#
        ATTACH
        ru: `caravan sql` не открывает других файлов: для копии берите `caravan backup FILE`, для ATTACH — \#
        оболочку sqlite3
        zh: `caravan sql` 不打开其他文件：要拷贝请用 `caravan backup FILE`，要 ATTACH 请用 sqlite3 命令行

        PRAGMA {} is not set by `caravan sql`: the node depends on how it is
        ru: PRAGMA {1} нельзя менять через `caravan sql`: от неё зависит работа узла
        zh: `caravan sql` 不能设置 PRAGMA {1}：节点的运行依赖它

        the SQL left a transaction open, so what it wrote was rolled back: end it with COMMIT
        ru: SQL не завершил транзакцию, и записанное отменено: завершайте её командой COMMIT
        zh: 该 SQL 没有结束事务，所写内容已回滚：请用 COMMIT 结束

        there is no table {}{}
        ru: нет таблицы {1}{2}
        zh: 没有表 {1}{2}
        """#
}
