/// The messages of the commands from `resolve` to `verify`.
enum LastCommandPhrases {
    static let text = #"""
        --table, --kind, --merge and --dry-run are for --all only
        ru: --table, --kind, --merge и --dry-run — только для --all
        zh: --table、--kind、--merge 和 --dry-run 只用于 --all

        say which row: caravan resolve TABLE KEY …; `caravan conflicts` lists them
        ru: укажите строку: caravan resolve TABLE KEY …; список выводит `caravan conflicts`
        zh: 请指明哪一行：caravan resolve TABLE KEY …；`caravan conflicts` 会列出

        with --all say --take shown, --take SITE, or --merge, and no row
        ru: с --all укажите --take shown, --take SITE или --merge, без строки
        zh: 使用 --all 时请写 --take shown、--take SITE 或 --merge，不要指定行

        say one of --take, --value, --keep-row, --delete-row and --merge-into
        ru: укажите одно из --take, --value, --keep-row, --delete-row и --merge-into
        zh: 请写 --take、--value、--keep-row、--delete-row、--merge-into 之一

        say which column: caravan resolve TABLE KEY COLUMN --take …
        ru: укажите, какой столбец: caravan resolve TABLE KEY COLUMN --take …
        zh: 请指明哪一列：caravan resolve TABLE KEY COLUMN --take …

        a column is for --take and --value only
        ru: столбец — только для --take и --value
        zh: 列只用于 --take 和 --value

        --taking is for --merge-into only
        ru: --taking — только для --merge-into
        zh: --taking 只用于 --merge-into

        name the file with the whole schema, or say --default, and not both
        ru: укажите либо файл со всей схемой, либо --default
        zh: 请给出完整模式的文件，或写 --default，二者只能选一

        --retire and --allow-integer-key go with a file: write one, or leave them out
        ru: --retire и --allow-integer-key нужен файл схемы: укажите его или уберите их
        zh: --retire 和 --allow-integer-key 要配合文件：请写文件，或去掉它们

        would be done:
        ru: будет сделано:
        zh: 将执行：

        the schema is that already
        ru: схема уже такая
        zh: 模式已经如此

        --default shows SQL alone: leave --json out, or found a node and ask that
        ru: --default показывает только SQL: уберите --json или создайте узел и запросите схему у него
        zh: --default 只显示 SQL：请去掉 --json，或先建立节点再查询

        -- retired in {}: {}
        ru: -- выведены в {1}: {2}
        zh: -- {1} 中已停用：{2}

        there is no replicated table {}{}: check its name
        ru: нет общей таблицы {1}{2}: проверьте имя
        zh: 没有同步表 {1}{2}：请检查名称

        rebuilt {}
        ru: перестроена таблица {1}
        zh: 已重建 {1}

        made {}
        ru: создано представление {1}
        zh: 已创建视图 {1}

        the alliance does not have the tables that the views read
        ru: в альянсе нет таблиц, которые читают представления
        zh: 联盟没有这些视图所读的表

        inserted  {}
        ru: вставлено  {1}
        zh: 插入  {1}

        said that it stays
        ru: решено, что строка остаётся
        zh: 决定保留该行

        changed   {}
        ru: изменено   {1}
        zh: 更改  {1}

        deleted
        ru: удалено
        zh: 删除

        had not seen {}
        ru: не видел: {1}
        zh: 当时未见 {1}

        records
        ru: записи
        zh: 记录

        , {} free
        ru: , свободно {1}
        zh: ，剩余 {1}

        {}, {} KiB on disk{}
        ru: {1}, {2} КиБ на диске{3}
        zh: {1} 个，磁盘占用 {2} KiB{3}

        to seal
        ru: не запечатано
        zh: 待封存

        {} rows
        en: {1} {1:row|rows}
        ru: {1} {1:строка|строки|строк}
        zh: {1} 行

        unfinished
        ru: не закончено
        zh: 未完成

        a changeset of {}, {} so far{}
        ru: набор изменений узла {1}, получено {2}{3}
        zh: {1} 的变更集，已收到 {2}{3}

        waiting
        ru: ждут
        zh: 等待

        {} changesets wait for others that they build on
        en: {1} {1:changeset waits|changesets wait} for others that {1:it builds|they build} on
        ru: {1} {1:набор изменений ждёт|набора изменений ждут|наборов изменений ждут} других, на которых \#
        {1:основан|основаны|основаны}
        zh: {1} 个变更集在等待它们所依据的其他变更集

        newer
        ru: новее
        zh: 较新

        {} changesets are of newer software: update this software to show them
        en: {1} {1:changeset is|changesets are} of newer software: update this software to show {1:it|them}
        ru: {1} {1:набор изменений сделан|набора изменений сделаны|наборов изменений сделаны} более новой версией \#
        программы: обновите программу, чтобы увидеть {1:его|их|их}
        zh: {1} 个变更集来自更新的软件：请升级本软件后查看

        failed
        ru: не вышло
        zh: 失败

        {} changesets that were written here do not count, and are in no table any more, for they lie beyond the end of \#
        this node's right: `caravan doctor` says how they count again
        en: {1} {1:changeset|changesets} that {1:was|were} written here {1:does|do} not count, and {1:is|are} in no \#
        table any more, for {1:it lies|they lie} beyond the end of this node's right: `caravan doctor` says how \#
        {1:it counts|they count} again
        ru: не действуют и убраны из таблиц записанные здесь наборы изменений: {1}, так как они сделаны после окончания \#
        прав этого узла; как вернуть их в силу, скажет `caravan doctor`
        zh: 此处写入的 {1} 个变更集不生效，也不再在任何表中，因为它们晚于本节点权限的终点：`caravan doctor` 说明如何使其重新生效

        {} changesets cannot be applied on this node: `caravan doctor` says why
        en: {1} {1:changeset|changesets} cannot be applied on this node: `caravan doctor` says why
        ru: не удаётся применить наборов изменений: {1}; почему, скажет `caravan doctor`
        zh: {1} 个变更集无法在本节点应用：`caravan doctor` 说明原因

        without effect
        ru: не засчитано
        zh: 不生效

        {} void, {} quarantined: `caravan log` says why
        ru: недействительны: {1}, в карантине: {2}; почему, скажет `caravan log`
        zh: 无效 {1} 个，隔离 {2} 个：`caravan log` 说明原因

        none
        ru: нет
        zh: 无

        {}: `caravan conflicts` lists them
        ru: {1}: список выводит `caravan conflicts`
        zh: {1}：`caravan conflicts` 会列出

        put aside
        ru: отложено
        zh: 已搁置

        {}, made by hand: `caravan doctor` says why
        ru: {1}: создано вручную; почему отложено, скажет `caravan doctor`
        zh: {1}：为手工所建；`caravan doctor` 说明原因

        refused here
        ru: отказано здесь
        zh: 在此被拒

        traffic
        ru: трафик
        zh: 流量

        does not run
        ru: не работает
        zh: 未运行

        digest
        ru: дайджест
        zh: 摘要

        nobody
        ru: ни с кем
        zh: 无人

        {} members
        en: {1} {1:member|members}
        ru: {1} {1:участником|участниками|участниками}
        zh: {1} 个成员

        since {} at {}, connected with {}
        ru: с {1} по адресу {2}, связан с {3}
        zh: 自 {1} 起，地址 {2}，已连接：{3}

        , the last of it {}
        ru: , последнее {1}
        zh: ，最近一部分 {1}

        of {}
        ru: из {1}
        zh: ／上限 {1}

        {} today, {} this month
        ru: {1} сегодня, {2} в этом месяце
        zh: 今天 {1}，本月 {2}

        {}: the budget is used up
        ru: {1}: бюджет исчерпан
        zh: {1}：额度已用完

        caravan: {}; this exchange is done all the same
        ru: caravan: {1}; этот обмен всё же выполняется
        zh: caravan: {1}；本次同步仍会进行

        {}: in sync; sent {}, received {} changesets
        en: {1}: in sync; sent {2}, received {3} {3:changeset|changesets}
        ru: {1}: синхронизирован; отправлено {2}, получено {3} {3:набор|набора|наборов} изменений
        zh: {1}：已同步；发送 {2} 个、收到 {3} 个变更集

        this node has no peer to dial: add one with `caravan peer add NAME HOST:PORT`
        ru: этому узлу не к кому подключаться: добавьте партнёра (`caravan peer add NAME HOST:PORT`)
        zh: 本节点没有可连接的对端：请用 `caravan peer add NAME HOST:PORT` 添加

        changesets read
        ru: прочитано наборов изменений
        zh: 已读取变更集

        --until names a time before --since: give the earlier one to --since
        ru: --until раньше, чем --since: более раннее время укажите в --since
        zh: --until 早于 --since：请把较早的时间写在 --since

        --since and --until are for --site only
        ru: --since и --until — только для --site
        zh: --since 和 --until 只用于 --site

        say what to take back: FEED:SEQ, as `caravan log` shows it, or --site
        ru: укажите, что отменить: FEED:SEQ, как показывает `caravan log`, или --site
        zh: 请说明撤销什么：FEED:SEQ（见 `caravan log`），或 --site

        name changesets, or a site, and not both
        ru: укажите либо наборы изменений, либо узел
        zh: 请指定变更集或站点，二者只能选一

        say since when: caravan undo --site SITE --since TIME
        ru: укажите, с какого времени: caravan undo --site SITE --since TIME
        zh: 请说明从何时起：caravan undo --site SITE --since TIME

        the row
        ru: строка
        zh: 整行

        nothing is to be taken back
        ru: отменять нечего
        zh: 没有可撤销的内容

        written as {}:{}, which can be taken back itself
        ru: записано набором изменений {1}:{2}; его тоже можно отменить
        zh: 已写为变更集 {1}:{2}，它本身也可以撤销

        {}  goes
        ru: {1}  удаляется
        zh: {1}  删除

        {}  comes back
        ru: {1}  возвращается
        zh: {1}  恢复

        {}  stays
        ru: {1}  остаётся
        zh: {1}  保留

        changesets checked
        ru: проверено наборов изменений
        zh: 已检查变更集

        {} findings
        en: {1} {1:finding|findings}
        ru: найдено неполадок: {1}
        zh: 发现 {1} 处问题

        {} changesets and {} signatures checked: {}
        en: {1} {1:changeset|changesets} and {2} {2:signature|signatures} checked: {3}
        ru: проверено наборов изменений: {1}, подписей: {2}: {3}
        zh: 已检查 {1} 个变更集和 {2} 个签名：{3}

        {} is written: read it before you send it, for members are named in it
        ru: {1} записан: прочтите файл, прежде чем отправить, в нём названы участники
        zh: {1} 已写出：发送前请先阅读，其中有成员的名称

        --user and --system exclude each other: write one of them
        ru: --user и --system исключают друг друга: укажите что-то одно
        zh: --user 和 --system 不能同时使用：请写其中之一

        what stands after -- is for serve: {}
        ru: то, что стоит после --, предназначено для serve: {1}
        zh: -- 之后的内容是给 serve 的：{1}

        it would be written to {}
        ru: файл был бы записан в {1}
        zh: 将写入 {1}

        nothing is installed
        ru: ничего не установлено
        zh: 没有安装任何服务

        done: {}
        ru: сделано: {1}
        zh: 已完成：{1}

        systemd could not be told ({}); where it runs, run:
        ru: не удалось обратиться к systemd ({1}); там, где он работает, выполните:
        zh: 无法通知 systemd（{1}）；请在它运行的地方执行：

        unit
        ru: юнит
        zh: 单元

        not installed: `caravan service install`
        ru: не установлен: `caravan service install`
        zh: 未安装：`caravan service install`

        not as it would be written now: run `caravan service install` again
        ru: отличается от того, что был бы записан теперь: выполните `caravan service install` снова
        zh: 与现在应写出的不同：请再次运行 `caravan service install`

        systemd does not say ({})
        ru: systemd не ответил ({1})
        zh: systemd 没有答复（{1}）

        server
        ru: сервер
        zh: 服务器

        starts
        ru: запуск
        zh: 启动

        by itself
        ru: автоматически
        zh: 自动

        only when somebody starts it
        ru: только вручную
        zh: 仅手动启动

        restarts
        ru: перезапусков
        zh: 重启次数

        {} tables without rows
        en: {1} {1:table|tables} without rows
        ru: {1} {1:таблица|таблицы|таблиц} без строк
        zh: {1} 个表没有行

        {} rows taken back
        en: {1} {1:row|rows} taken back
        ru: отменено строк: {1}
        zh: 已撤销 {1} 行

        {} rows stay, for they were written over since
        en: {1} {1:row stays|rows stay}, for {1:it was|they were} written over since
        ru: оставлено строк, так как их потом изменили: {1}
        zh: {1} 行保留，因为此后又被改写

        {} rows cannot be put back
        en: {1} {1:row|rows} cannot be put back
        ru: не удалось вернуть строк: {1}
        zh: {1} 行无法恢复
        """#
}
