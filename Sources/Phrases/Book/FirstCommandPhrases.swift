/// The messages of the commands from `at` to `export`.
enum FirstCommandPhrases {
    static let text = #"""
        changesets folded
        ru: воспроизведено наборов изменений
        zh: 已重放变更集

        the version vector cannot be read: write {"<feed>": 12, …}
        ru: вектор версий не читается: пишите {"<feed>": 12, …}
        zh: 无法读取版本向量：请写成 {"<feed>": 12, …}

        {} is no time: write 2026-05-12T08:00:00Z, 2026-05-12, 7d, or a version vector in JSON
        ru: {1} — не время: пишите 2026-05-12T08:00:00Z, 2026-05-12, 7d или вектор версий в JSON
        zh: {1} 不是时间：请写 2026-05-12T08:00:00Z、2026-05-12、7d，或 JSON 格式的版本向量

        pages copied
        ru: скопировано страниц
        zh: 已复制页

        {} changesets are in {}
        en: {1} {1:changeset is|changesets are} in {2}
        ru: наборов изменений в {2}: {1}
        zh: {1} 个变更集已存入 {2}

        {} changesets are back; run `caravan sync` for what was written since
        en: {1} {1:changeset is|changesets are} back; run `caravan sync` for what was written since
        ru: восстановлено наборов изменений: {1}; то, что записано позже, принесёт `caravan sync`
        zh: 已恢复 {1} 个变更集；此后写入的内容请用 `caravan sync` 取回

        invitations that were open in the backup are withdrawn ({}): invite anew
        ru: приглашения, которые были открыты в резервной копии, отозваны ({1}): пригласите заново
        zh: 备份中尚未使用的邀请已全部撤回（{1} 个）：请重新邀请

        the replica that was here is kept as {}
        ru: реплика, которая была здесь, сохранена как {1}
        zh: 原来的副本保存为 {1}

        {} settled
        ru: разрешено: {1}
        zh: 已解决 {1} 项

        {} settled, {} left
        ru: разрешено: {1}, осталось: {2}
        zh: 已解决 {1} 项，剩余 {2} 项

        … and {} more
        ru: … и ещё {1}
        zh: ……还有 {1} 项

        nothing was written: this was --dry-run
        ru: ничего не записано: это пробный запуск (--dry-run)
        zh: 未写入任何内容：这是试运行（--dry-run）

        bytes
        ru: байтов
        zh: 字节

        bytes written
        ru: записано байтов
        zh: 已写出字节

        anyone
        ru: всех
        zh: 所有人

        , encrypted
        ru: , зашифровано
        zh: ，已加密

        {}: {} changesets, {} bytes, for {}{}
        en: {1}: {2} {2:changeset|changesets}, {3} {3:byte|bytes}, for {4}{5}
        ru: {1}: {2} {2:набор|набора|наборов} изменений, {3} {3:байт|байта|байтов}, для {4}{5}
        zh: {1}：{2} 个变更集，{3} 字节，接收者：{4}{5}

        say what to write with one of --to PEER, --since VECTOR and --all
        ru: укажите, что записать: --to PEER, --since VECTOR или --all
        zh: 请用 --to PEER、--since VECTOR 或 --all 说明要写出什么

        bytes taken
        ru: принято байтов
        zh: 已接收字节

        {} changesets taken, {} applied, {} known before, {} waiting
        en: {1} {1:changeset|changesets} taken, {2} applied, {3} known before, {4} waiting
        ru: наборов изменений: принято {1}, применено {2}, было известно {3}, ждут {4}
        zh: 变更集：接收 {1}，应用 {2}，先前已有 {3}，等待 {4}

        {} encrypted to others: kept, and passed on by `bundle exchange`
        ru: зашифровано для других: {1}; файлы сохранены, дальше их передаст `bundle exchange`
        zh: 有 {1} 个文件是为他人加密的：已保存，由 `bundle exchange` 继续转交

        from      {}
        ru: от           {1}
        zh: 来自    {1}

        for       {}
        ru: для          {1}
        zh: 接收者  {1}

        none yet
        ru: ещё нет
        zh: 尚无

        alliance  {}
        ru: альянс       {1}
        zh: 联盟    {1}

        yes
        ru: да
        zh: 是

        no
        ru: нет
        zh: 否

        encrypted {}
        ru: зашифрован   {1}
        zh: 加密    {1}

        bytes     {}
        ru: байтов       {1}
        zh: 字节    {1}

        holds     what its readers alone can see
        ru: содержит     то, что видят только получатели
        zh: 内容    只有接收者能看到

        what its writer has, and no changesets
        ru: только перечень того, что есть у написавшего, без наборов изменений
        zh: 只有写出者已有内容的清单，没有变更集

        {} changesets
        en: {1} {1:changeset|changesets}
        ru: {1} {1:набор|набора|наборов} изменений
        zh: {1} 个变更集

        holds     {}
        ru: содержит     {1}
        zh: 内容    {1}

        {} of {}: {} to {}
        ru: {1}, {2}: с {3} по {4}
        zh: {2} 的 {1}：{3} 至 {4}

        lacked    {} of them are not here
        en: lacked    {1} of them {1:is|are} not here
        ru: не хватает   {1}
        zh: 缺少    {1}

        {}: what this node has; on another node, `bundle export NEW --to` it writes what is missing here
        ru: {1}: перечень того, что есть у этого узла; на другом узле `bundle export NEW --to` с этим файлом запишет \#
        то, чего здесь не хватает
        zh: {1}：本节点已有内容的清单；在另一节点上用 `bundle export NEW --to` 加此文件，即可写出这里缺少的内容

        missing: {} of {} up to {}; `caravan bundle request FILE` writes what the next carrier needs
        ru: не хватает: {1} узла {2} до {3}; `caravan bundle request FILE` запишет, что привезти в следующий раз
        zh: 缺少：{2} 的 {1}，直到 {3}；`caravan bundle request FILE` 可写出下一位携带者需要的清单

        changesets
        ru: наборов изменений
        zh: 变更集

        caravan: passed over: {}
        ru: caravan: пропущено: {1}
        zh: caravan: 已跳过：{1}

        caravan: goes on waiting: {}
        ru: caravan: по-прежнему ждёт: {1}
        zh: caravan: 继续等待：{1}

        caravan: deleted, for no node can take it: {}
        ru: caravan: удалено, так как принять это не может ни один узел: {1}
        zh: caravan: 已删除，因为任何节点都无法接收：{1}

        no room for all that {} lacks: free some space there
        ru: не хватает места для всего, чего нет у {1}: освободите место на носителе
        zh: 空间不足，放不下 {1} 所缺的全部内容：请在该处腾出空间

        no room for all that {} lacks: free some space there, or raise --max-bytes
        ru: не хватает места для всего, что нужно узлу {1}: освободите место на флешке или увеличьте --max-bytes
        zh: {1} 所缺的内容放不下：请在那里腾出空间，或增大 --max-bytes

        name
        ru: имя
        zh: 名称

        clock
        ru: часы
        zh: 时钟

        last contact
        ru: последняя связь
        zh: 最近联系

        keeps time
        ru: задаёт время
        zh: 基准时钟

        site
        ru: узел
        zh: 站点

        this one
        ru: этот
        zh: 本节点

        never met
        ru: не встречались
        zh: 从未联系

        stamped here with {}, by {}
        ru: записи здесь помечаются с поправкой {1} по часам узла {2}
        zh: 此处写入的时间按 {2} 的时钟校正 {1}

        {} keeps time
        ru: {1} задаёт время альянса
        zh: 联盟现以 {1} 的时钟为准

        {} keeps time already
        ru: {1} уже задаёт время альянса
        zh: 联盟已经以 {1} 的时钟为准

        {} keeps time no longer
        ru: {1} больше не задаёт время альянса
        zh: 联盟不再以 {1} 的时钟为准

        {} did not keep time
        ru: {1} и раньше не задавал время альянса
        zh: 联盟本来就不以 {1} 的时钟为准

        {} by {}, which keeps time
        ru: {1} по часам узла {2}, который задаёт время альянса
        zh: {1}，以提供基准时间的 {2} 为准

        {}{} days
        ru: {1}{2} дн.
        zh: {1}{2} 天

        {}{} years
        ru: {1}{2} г.
        zh: {1}{2} 年

        {}{} min
        ru: {1}{2} мин
        zh: {1}{2} 分钟

        no conflicts
        ru: конфликтов нет
        zh: 没有冲突

        --limit is a number from 1
        ru: --limit — это число не меньше 1
        zh: --limit 是不小于 1 的整数

        shown
        ru: видно
        zh: 显示

        kept
        ru: сохранено
        zh: 保留

        was deleted and edited apart; it stays
        ru: строку порознь удалили и изменили; она остаётся
        zh: 该行被一方删除、另一方修改；予以保留

        deleted by {}
        ru: кто удалил: {1}
        zh: 删除者：{1}

        is deleted, and stays while others refer to it
        ru: строка удалена, но остаётся, пока на неё ссылаются другие
        zh: 该行已删除，但仍被其他行引用，因此保留

        referred to by {} {}
        ru: на неё ссылается {1} {2}
        zh: 被 {1} {2} 引用

        shows what does not count, for its author had no right to write it any more
        ru: показывает то, что не засчитывается: у автора уже не было права это писать
        zh: 显示的内容不计入，因为作者写入时已无权限

        fails the check {}
        ru: нарушена проверка {1}
        zh: 不符合检查约束 {1}

        {} rows are equal in a UNIQUE
        en: {1} {1:row is|rows are} equal in a UNIQUE
        ru: {1} {1:строка совпадает|строки совпадают|строк совпадают} по UNIQUE
        zh: {1} 行在 UNIQUE 约束上重复

        look at it: {}
        ru: посмотреть: {1}
        zh: 查看：{1}

        settle it: {}
        ru: разрешить: {1}
        zh: 解决：{1}

        this node lacks
        ru: не хватает этому узлу
        zh: 本节点缺少

        {} lacks
        ru: не хватает {1}
        zh: {1} 缺少

        nothing
        ru: ничего
        zh: 无

        {}: {} changesets would come in, {} would be sent
        en: {1}: {2} {2:changeset|changesets} would come in, {3} would be sent
        ru: {1}: будет получено наборов изменений: {2}, отправлено: {3}
        zh: {1}：将收到 {2} 个变更集，将发送 {3} 个

        would be listed:
        ru: попадёт в список конфликтов:
        zh: 将列为冲突：

        would be settled:
        ru: будет разрешено:
        zh: 将得到解决：

        new     {}
        ru: новая    {1}
        zh: 新增  {1}

        gone    {}
        ru: исчезла  {1}
        zh: 消失  {1}

        changed {}  {}
        ru: изменена {1}  {2}
        zh: 更改  {1}  {2}

        nothing is wrong
        ru: всё в порядке
        zh: 一切正常

        --header takes the number of a line, and the first is 1
        ru: для --header укажите номер строки; первая — 1
        zh: --header 需要行号，第一行是 1

        export takes either --table or --query
        ru: для export укажите либо --table, либо --query
        zh: export 需要 --table 或 --query 之一

        a workbook goes into a file: name it with --output FILE.xlsx
        ru: книга записывается в файл: укажите его (--output FILE.xlsx)
        zh: 工作簿只能写入文件：请用 --output FILE.xlsx 指定

        rows written
        ru: записано строк
        zh: 已写出行

        caravan: {} rows are in {}
        en: caravan: {1} {1:row is|rows are} in {2}
        ru: caravan: записано строк в {2}: {1}
        zh: caravan: {1} 行已存入 {2}

        no more conflicts
        ru: больше конфликтов нет
        zh: 没有更多冲突

        more: {}
        ru: дальше: {1}
        zh: 继续：{1}

        used
        ru: использовано
        zh: 已使用

        expired
        ru: истекло
        zh: 已过期

        {} files that others encrypted passed on
        en: {1} {1:file|files} that others encrypted passed on
        ru: передано дальше файлов, зашифрованных другими: {1}
        zh: 已转交 {1} 个他人加密的文件

        {} nodes' changes taken, {} written for; you may pull the stick out now
        en: {1} {1:node's|nodes'} changes taken, {2} written for; you may pull the stick out now
        ru: изменения приняты от узлов: {1}, записаны для узлов: {2}; флешку можно вынуть
        zh: 已接收 {1} 个节点的变更，已为 {2} 个节点写出；现在可以拔出U盘

        {} nodes' changes taken, {} written for; not all is on the stick that was to be
        en: {1} {1:node's|nodes'} changes taken, {2} written for; not all is on the stick that was to be
        ru: изменения приняты от узлов: {1}, записаны для узлов: {2}; на флешку записано не всё, что нужно
        zh: 已接收 {1} 个节点的变更，已为 {2} 个节点写出；应写入U盘的内容没有全部写入
        """#
}
